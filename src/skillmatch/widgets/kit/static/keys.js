// Leaves a list or slider the keys that it is moved with: JupyterLab would take them for keys of its own.

const OWN_KEYS = new Set(["ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft", "Home", "End", "PageUp", "PageDown", " "]);

function keep(event) {
  if (OWN_KEYS.has(event.key) && event.target.closest?.(".skillmatch-controls")) event.stopPropagation();
}

// JupyterLab listens on the document; the body hears of a key just before. Adding the same listener again adds nothing.
function initialize() {
  document.body.addEventListener("keydown", keep);
}

function render({ el }) {
  el.hidden = true;
}

export default { initialize, render };
