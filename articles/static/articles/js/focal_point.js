// The focal point of a photo is dragged, tapped or moved by the arrow keys on the picture; the
// two number fields have it, and the cuts of the site are shown as they will be.
const image = document.querySelector(".field-large img.large");
const fields = ["focus_across", "focus_down"].map((name) => document.querySelector(`[name=${name}]`));
const tool = document.querySelector("#focal-point").content.firstElementChild;
const frame = tool.querySelector(".frame");
const point = tool.querySelector(".point");
// As finely as the style sheet of the site cuts.
const STEP = 25;
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const cuts = [...tool.querySelectorAll(".cuts figure div")].map((place) => {
    const cut = image.cloneNode();
    cut.className = "cut";
    cut.alt = "";
    place.append(cut);
    return cut;
});

function now() {
    return fields.map((field) => Number(field.value));
}

function put(percents) {
    fields.forEach((field, at) => {
        field.value = Math.min(100, Math.max(0, Math.round(percents[at])));
    });
    show();
}

function show() {
    const [across, down] = now();
    point.style.left = `${across}%`;
    point.style.top = `${down}%`;
    const seen = now().map((percent) => `${STEP * Math.round(percent / STEP)}%`);
    for (const cut of cuts) {
        cut.style.objectPosition = seen.join(" ");
    }
}

function under(event) {
    const box = frame.getBoundingClientRect();
    put([
        (100 * (event.clientX - box.left)) / box.width,
        (100 * (event.clientY - box.top)) / box.height,
    ]);
}

frame.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    frame.setPointerCapture(event.pointerId);
    point.focus();
    under(event);
});
frame.addEventListener("pointermove", (event) => {
    if (frame.hasPointerCapture(event.pointerId)) {
        under(event);
    }
});
point.addEventListener("keydown", (event) => {
    const way = KEYS[event.key];
    if (way) {
        event.preventDefault();
        put(now().map((percent, at) => percent + way[at] * (event.shiftKey ? 10 : 1)));
    }
});
for (const field of fields) {
    field.addEventListener("input", show);
}

image.before(tool);
frame.prepend(image);
show();
