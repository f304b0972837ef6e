// Three sizes of text, remembered on this device. Runs before the first paint, so nothing jumps.
const KEY = "text-size";
const root = document.documentElement;

function remembered() {
  try { return localStorage.getItem(KEY) ?? ""; } catch { return ""; } // storage may be closed
}

function show(size) {
  root.dataset.textSize = size;
  for (const button of document.querySelectorAll("button[data-text-size]")) {
    button.setAttribute("aria-pressed", String(button.dataset.textSize === size));
  }
}

show(remembered());
document.addEventListener("DOMContentLoaded", () => show(remembered()));
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-text-size]");
  if (!button) return;
  show(button.dataset.textSize);
  try { localStorage.setItem(KEY, button.dataset.textSize); } catch { /* this page only */ }
});
