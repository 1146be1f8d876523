(() => {
  if (window.slideShow) return;
  window.slideShow = true;
  const PAGE = "trang", TYPED = "present-typed", CHECK_MS = 5000, PATIENCE_MS = 15000;
  const root = document.documentElement;
  const slides = () => [...document.querySelectorAll(".slides > .slide")];
  const clock = () => document.querySelector(".wall-clock");
  const asked = () => parseInt(new URLSearchParams(location.search).get(PAGE), 10) || 1;

  const show = (number) => {
    const all = slides();
    if (!all.length) return;
    const at = Math.min(Math.max(number, 1), all.length);
    all.forEach((slide, place) => slide.classList.toggle("current", place === at - 1));
    root.dataset.slide = all[at - 1].classList.contains("conclusions") ? "conclusions" : "other";
    if (at !== asked() || !location.search.includes(`${PAGE}=`)) {
      const address = new URL(location.href);
      address.searchParams.set(PAGE, at);
      history.replaceState(history.state, "", address);
    }
  };
  const steps = {
    next: () => show(asked() + 1),
    back: () => show(asked() - 1),
    first: () => show(1),
    last: () => show(slides().length),
    full: () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()),
    end: () => isConnected() && document.querySelector(".bar .end")?.click(),
  };
  const keys = {
    PageDown: "next", ArrowRight: "next", " ": "next", PageUp: "back", ArrowLeft: "back",
    Home: "first", End: "last", f: "full", F: "full", Escape: "end",
  };
  const isTyping = (place) => place.closest('input, textarea, select, [role="combobox"], [role="listbox"], [contenteditable="true"]');
  document.addEventListener("keydown", (event) => {
    if (!slides().length || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const step = keys[event.key];
    if (!step || (event.key === " " && event.target.closest("button, a"))) return;
    event.preventDefault();
    event.stopPropagation();
    steps[step]();
  }, true);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-go]");
    if (button) steps[button.dataset.go]();
  });

  let online = navigator.onLine;
  let lostSince = 0;
  const socketState = () => document.querySelector("[data-test-connection-state]")?.dataset.testConnectionState;
  const isConnected = () => online && socketState() === "CONNECTED";
  const tellConnection = () => {
    if (!slides().length) return;
    root.dataset.connection = isConnected() ? "held" : "lost";
    lostSince = isConnected() ? 0 : lostSince || Date.now();
  };
  addEventListener("online", () => { online = true; tellConnection(); });
  addEventListener("offline", () => { online = false; tellConnection(); });

  // What is typed for a piece of work outlives a reload of the page in this window.
  const boxes = () => [...document.querySelectorAll(".st-key-present-form input[type=text]:not([role=combobox])")];
  const keep = () => sessionStorage.setItem(TYPED, JSON.stringify(boxes().map((box) => box.value)));
  const putBack = () => {
    const kept = JSON.parse(sessionStorage.getItem(TYPED) || "[]");
    const all = boxes();
    if (!all.length || all[0].dataset.kept) return;
    all.forEach((box) => { box.dataset.kept = "yes"; });
    if (all.length !== kept.length || all.some((box) => box.value)) return;
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
    all.forEach((box, place) => {
      if (!kept[place]) return;
      set.call(box, kept[place]);
      box.dispatchEvent(new Event("input", { bubbles: true }));
    });
  };
  document.addEventListener("input", (event) => event.target.closest(".st-key-present-form") && keep());

  // The wall: moves on by itself, tells time and age, and comes back when the server does.
  let moved = Date.now();
  const hours = new Intl.DateTimeFormat("vi", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Ho_Chi_Minh" });
  const fill = (place, text) => { if (place && place.textContent !== text) place.textContent = text; };
  const tick = () => {
    const wall = clock();
    if (!wall) return;
    const now = new Date();
    fill(wall.querySelector("time"), hours.format(now));
    const minutes = Math.max(0, Math.floor((now - new Date(wall.dataset.read)) / 60000));
    fill(wall.querySelector(".age"), wall.dataset.age.replace("{minutes}", minutes));
    if (now - moved >= wall.dataset.seconds * 1000) {
      moved = Date.now();
      show(asked() >= slides().length ? 1 : asked() + 1);
    }
  };
  const comeBack = async () => {
    tellConnection();
    if (!clock() || !lostSince || Date.now() - lostSince < PATIENCE_MS) return;
    const answer = await fetch("/suc-khoe", { cache: "no-store" }).catch(() => null);
    if (answer && answer.ok) location.reload();
  };
  setInterval(tick, 1000);
  setInterval(comeBack, CHECK_MS);

  let last = null;
  const settle = () => {
    const box = document.querySelector(".slides");
    root.toggleAttribute("data-slides", Boolean(box));
    if (box && !box.querySelector(":scope > .current")) show(asked());
    if (box) putBack();
    const state = socketState();
    if (state !== last) { last = state; tellConnection(); }
    if (document.querySelector(".meeting-told.done") && boxes().every((one) => !one.value)) sessionStorage.removeItem(TYPED);
  };
  new MutationObserver(settle).observe(document.body, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["data-test-connection-state"],
  });
  settle();
})();
