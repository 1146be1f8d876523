(() => {
  if (window.entryBoxes) return;
  window.entryBoxes = true;
  const places = '[class*="st-key-entry-"][class*="-place"]';
  const keyOf = (place) =>
    [...place.classList].find((name) => name.startsWith("st-key-entry-")).slice("st-key-".length, -"-place".length);
  const describe = (place) => {
    const input = place.querySelector("input[type=text], textarea");
    if (!input) return;
    const key = keyOf(place);
    const notes = ["error", "hint"].map((kind) => `${key}-${kind}`).filter((id) => document.getElementById(id));
    input.setAttribute("aria-describedby", notes.join(" "));
    input.setAttribute("aria-invalid", String(notes.includes(`${key}-error`)));
    input.setAttribute("spellcheck", "false");
    if (input.closest('[class*="-number"]')) input.setAttribute("inputmode", "decimal");
  };
  const dropPlaces = '[data-testid="stFileUploaderDropzone"][role="presentation"]'; // named, so it must have a role
  const focusCorrections = (node) => {
    const box = node.matches(".entry-corrections") ? node : node.querySelector(".entry-corrections");
    if (box) box.focus();
  };
  let step = "";
  const startAtTop = () => {
    const heading = document.querySelector(".st-key-entry h1")?.textContent || "";
    if (heading && step && heading !== step) document.querySelector(".stMain").scrollTo(0, 0);
    step = heading || step;
  };
  new MutationObserver((changes) => {
    startAtTop();
    document.querySelectorAll(places).forEach(describe);
    document.querySelectorAll(dropPlaces).forEach((place) => place.setAttribute("role", "group"));
    for (const change of changes)
      change.addedNodes.forEach((node) => node.nodeType === Node.ELEMENT_NODE && focusCorrections(node));
  }).observe(document.body, { childList: true, characterData: true, subtree: true });
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#entry-"]');
    if (!link) return;
    event.preventDefault();
    const place = document.querySelector(`.st-key-${link.hash.slice(1)}-place`);
    const wanted = ["input[type=text]", "textarea", "input:checked", "[role=radio]"];
    const input = wanted.map((one) => place.querySelector(one)).find(Boolean);
    input.scrollIntoView({ block: "center" });
    input.focus();
  });
})();
