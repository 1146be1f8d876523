(() => {
  const key = "scorecard-theme";
  const darkness = "(prefers-color-scheme: dark)";
  const native = window.matchMedia.bind(window);
  const device = native(darkness);
  const listeners = new Set();
  const chosen = () => {
    try {
      return localStorage.getItem(key) || "device";
    } catch {
      return "device"; // a browser that keeps nothing
    }
  };
  const keep = (choice) => {
    try {
      localStorage.setItem(key, choice);
    } catch {
      return;
    }
  };
  const followed = {
    media: darkness,
    get matches() {
      return chosen() === "device" ? device.matches : chosen() === "dark";
    },
    addEventListener: (_, listener) => listeners.add(listener),
    removeEventListener: (_, listener) => listeners.delete(listener),
  };
  // Streamlit follows what the device prefers, at once; here it is told what the person prefers.
  window.matchMedia = (query) => (query === darkness ? followed : native(query));
  // The server draws a chart, with its ground, for the page on which it was asked for: it is asked again, unless that
  // would lose what somebody is writing; then the chart keeps its ground until it is drawn anew.
  const writing = () => [...document.querySelectorAll("textarea")].some((box) => box.value);
  const tell = () => {
    listeners.forEach((listener) => listener(followed));
    if (document.querySelector("[data-testid=stVegaLiteChart]") && !writing()) location.reload();
  };
  const show = () =>
    document.querySelectorAll("select.theme").forEach((box) => {
      if (box.value !== chosen()) box.value = chosen();
    });
  device.addEventListener("change", tell);
  window.addEventListener("storage", (event) => event.key === key && (tell(), show()));
  document.addEventListener("change", (event) => {
    if (!event.target.matches("select.theme")) return;
    keep(event.target.value);
    tell();
  });
  new MutationObserver(show).observe(document.documentElement, { childList: true, subtree: true });
})();
