(() => {
  const words = STOCK_WORDS;
  const attributes = ["placeholder", "aria-label", "title", "alt"];
  const english = () => new URLSearchParams(location.search).get("lang") === "en";
  const translateText = (node) => {
    const found = words[node.nodeValue.trim()];
    if (found) node.nodeValue = node.nodeValue.replace(node.nodeValue.trim(), found);
  };
  const translate = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return translateText(node);
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    for (const name of attributes) {
      const found = words[node.getAttribute(name)];
      if (found) node.setAttribute(name, found);
    }
    node.childNodes.forEach(translate);
  };
  new MutationObserver((changes) => {
    document.documentElement.lang = english() ? "en" : "vi";
    if (english()) return;
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(translate);
      else if (change.type === "characterData") translateText(change.target);
      else translate(change.target);
    }
  }).observe(document.documentElement, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: attributes,
  });
})();
