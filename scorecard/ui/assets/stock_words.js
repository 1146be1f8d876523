(() => {
  const words = STOCK_WORDS;
  const attributes = ["placeholder", "aria-label", "title", "alt"];
  const english = () => new URLSearchParams(location.search).get("lang") === "en";
  const named = Object.keys(words).filter((word) => word.endsWith("{name}")).map((word) => word.replace("{name}", ""));
  const translated = (text) => {
    const [count] = text.match(/\d+/) || [""];
    const found = words[text] || (count && words[text.replace(count, "{count}")]);
    if (found) return found.replace("{count}", count);
    const begins = named.find((word) => text.startsWith(word));
    return begins && words[begins + "{name}"].replace("{name}", () => text.slice(begins.length));
  };
  const translateText = (node) => {
    const text = node.nodeValue.trim();
    const found = text && translated(text);
    if (found) node.nodeValue = node.nodeValue.replace(text, found);
  };
  const translate = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return translateText(node);
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    for (const name of attributes) {
      const found = node.hasAttribute(name) && translated(node.getAttribute(name));
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
