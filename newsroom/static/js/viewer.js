// The pictures of an article, full screen: press one, then keys, buttons or a finger turn to the others.
const SWIPE = 40; // as far as a finger must go, in pixels
const dialog = document.querySelector("dialog.viewer");
const part = (name) => dialog.querySelector(`[data-${name}]`);
const [stage, place, words] = ["stage", "place", "words"].map(part);
const links = [...document.querySelectorAll(".body a.view")];
const pictures = new Map(); // made when they are wanted, or about to be
let shown = 0;

function at(number) {
  return links[(number + links.length) % links.length];
}

function picture(link) {
  if (!pictures.has(link)) {
    const copy = link.querySelector("picture").cloneNode(true);
    const image = copy.querySelector("img");
    const ratio = image.getAttribute("width") / image.getAttribute("height");
    for (const file of copy.querySelectorAll("[sizes]")) file.sizes = `min(100vw, ${100 * ratio}vh)`;
    image.loading = "eager";
    pictures.set(link, copy);
  }
  return pictures.get(link);
}

function caption(link) {
  const own = link.nextElementSibling;
  const ofGallery = link.closest(".gallery")?.querySelector(":scope > figcaption");
  return [own, ofGallery].filter(Boolean).flatMap((said) => [...said.cloneNode(true).childNodes, " "]);
}

function show(number) {
  shown = links.indexOf(at(number));
  stage.replaceChildren(picture(at(shown)));
  words.replaceChildren(...caption(at(shown)));
  place.textContent = place.dataset.place.replace("{place}", shown + 1).replace("{count}", links.length);
  picture(at(shown + 1)); // its file is on its way while this one is looked at
}

const KEYS = {
  ArrowLeft: () => show(shown - 1),
  ArrowRight: () => show(shown + 1),
  Home: () => show(0),
  End: () => show(-1),
};

for (const [number, link] of links.entries()) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a window of its own
    event.preventDefault();
    show(number);
    dialog.showModal();
  });
}
dialog.addEventListener("keydown", (event) => {
  if (!KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});
for (const button of dialog.querySelectorAll("[data-turn]")) {
  button.hidden = links.length < 2;
  button.addEventListener("click", () => show(shown + Number(button.dataset.turn)));
}
part("close").addEventListener("click", () => dialog.close());

let from = null;
stage.addEventListener("pointerdown", (event) => { from = event.isPrimary ? event.clientX : null; });
stage.addEventListener("pointercancel", () => { from = null; });
stage.addEventListener("pointerup", (event) => {
  const way = from === null || visualViewport.scale > 1.01 ? 0 : event.clientX - from;
  if (Math.abs(way) > SWIPE) show(way < 0 ? shown + 1 : shown - 1);
  from = null;
});
