(() => {
  const MARK = "\uFEFF";

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  function drawingOf(panel) {
    const drawn = panel.querySelector("svg.marks").cloneNode(true);
    drawn.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    return new XMLSerializer().serializeToString(drawn);
  }

  const files = {
    svg(panel, name) {
      save(new Blob([drawingOf(panel)], { type: "image/svg+xml" }), `${name}.svg`);
    },
    png(panel, name) {
      const shown = panel.querySelector("svg.marks");
      const picture = new Image();
      picture.onload = () => {
        const canvas = document.createElement("canvas");
        canvas.width = shown.clientWidth * 2;
        canvas.height = shown.clientHeight * 2;
        canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
        canvas.toBlob((blob) => save(blob, `${name}.png`));
      };
      picture.src = `data:image/svg+xml,${encodeURIComponent(drawingOf(panel))}`;
    },
    csv(panel, name) {
      const quoted = (cell) => `"${cell.textContent.replace(/^(?=[=+@\t])/, "'").replaceAll('"', '""')}"`;
      const rows = [...panel.querySelectorAll(".points tr")];
      const lines = rows.map((row) => [...row.cells].map(quoted).join(";"));
      save(new Blob([MARK + lines.join("\r\n") + "\r\n"], { type: "text/csv" }), `${name}.csv`);
    },
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-save]");
    if (button) files[button.dataset.save](button.closest('[class*="st-key-chart-"]'), button.dataset.name);
  });
})();
