(frameworksOwn) => {
  const shown = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== "hidden";
  const own = (e) => !e.closest(frameworksOwn);
  const box = (e) => e.getBoundingClientRect();
  const clipped = (e) => box(e).width <= 1 || box(e).height <= 1 || box(e).right <= 0;
  const written = (e) => [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.nodeValue.trim());
  const name = (e) => `${e.tagName} ${e.className} ${(e.textContent || "").trim().slice(0, 60)}`;
  const sized = (list) => list.map((e) => [parseFloat(getComputedStyle(e).fontSize), name(e)]);
  const all = [...document.querySelectorAll("body *")].filter(shown);
  const texts = all.filter((e) => own(e) && written(e) && !clipped(e) && !["STYLE", "SCRIPT"].includes(e.tagName));
  const pressed = "a[href], button, input, select, textarea, summary, [role=button]";
  const controls = all
    .filter((e) => own(e) && e.matches(pressed) && !clipped(e))
    .filter((e) => getComputedStyle(e).display !== "inline" && getComputedStyle(e).opacity !== "0");
  const frame = (e) => e.closest("[data-testid=stTextInputRootElement], .react-aria-ComboBox") || e;
  const reporting = ["entry", "review", "completeness", "justification", "justifications", "unit", "target", "origin"]
    .concat(["comparison"]).map((key) => `.st-key-${key}`).join();
  const boxes = "[data-testid=stTextInputRootElement], [data-testid=stRadioOption], textarea, .task-link";
  return {
    lang: document.documentElement.lang,
    title: document.title,
    h1: document.querySelectorAll("h1").length,
    levels: [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(shown).map((e) => Number(e.tagName[1])),
    mains: document.querySelectorAll("main, [role=main]").length,
    navs: [...document.querySelectorAll("nav, [role=navigation]")].map((e) => e.getAttribute("aria-label") || ""),
    words: [
      document.body.innerText,
      ...[...document.querySelectorAll("svg text")].map((e) => e.textContent),
      ...all.flatMap((e) => [e.getAttribute("aria-label"), e.getAttribute("title"), e.getAttribute("placeholder")]),
    ].filter(Boolean),
    letters: sized(texts.filter((e) => !e.closest("svg, .ends"))),
    drawnLetters: sized(texts.filter((e) => e.closest("svg.marks, .ends"))),
    targets: controls.filter((e) => !e.matches("[type=radio], [type=checkbox], [type=file]")).map((e) => [Math.round(Math.min(box(e).width, box(e).height)), name(e)]),
    heights: all
      .filter((e) => own(e) && !clipped(e) && getComputedStyle(e).opacity !== "0")
      .filter((e) => e.matches("button, input[type=text], select, textarea, [data-testid=stRadioOption], .task-link"))
      .map((e) => [Math.round(box(frame(e)).height), name(e)]),
    chips: [...document.querySelectorAll(".chip")].filter(shown)
      .map((e) => [Boolean(e.querySelector("svg.mark")), e.textContent.trim()]),
    charts: [...document.querySelectorAll("[data-testid=stVegaLiteChart]")].map((e) => ({
      alt: (e.querySelector("svg.marks") && e.getAttribute("aria-label")) || "",
      rows: e.closest('[class*="st-key-chart-"]')?.querySelectorAll(".points tbody tr").length || 0,
    })),
    low: all
      .filter((e) => e.closest(reporting) && e.matches(`[data-testid=stButton] button, ${boxes}`) && box(e).height < 44)
      .map((e) => e.outerHTML.slice(0, 200)),
    width: document.documentElement.scrollWidth,
  };
}
