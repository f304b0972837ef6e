// The part of a photo that stays is drawn on it: moved and pulled at its corners by mouse, finger
// or arrow keys (with Shift in larger steps). The number fields have it, in percent of the whole.
const form = document.querySelector("form.cropping");
const stage = form.querySelector(".stage");
const part = document.querySelector("#crop-frame").content.firstElementChild;
const size = part.querySelector(".size");
const fields = Object.fromEntries(
    ["left", "top", "width", "height"].map((name) => [name, form.elements[name]]),
);
const [across, down] = [Number(stage.dataset.width), Number(stage.dataset.height)];
const [leastAcross, leastDown] = stage.dataset.least.split(" ").map(Number);
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STEP = 0.5;
const LARGE_STEP = 5;
// Smaller than this a frame could not be held any more.
const LEAST = 2;

function between(least, value, most) {
    return Math.min(most, Math.max(least, value));
}

/** Where the edges are now, in percent. */
function edges() {
    const [left, top, width, height] = Object.values(fields).map((field) => Number(field.value));
    return { left, top, right: left + width, bottom: top + height };
}

/** Width to height of a frame in percent that has the chosen shape; nothing where it is free. */
function shape() {
    const [width, height] = form.elements.ratio.value.split(":").map(Number);
    return height ? ((width / height) * down) / across : null;
}

function put({ left, top, right, bottom }) {
    const all = { left, top, width: right - left, height: bottom - top };
    for (const [name, field] of Object.entries(fields)) {
        // Down, so that what begins and what is wide are never more than all of it together.
        field.value = Math.floor(all[name] * 100 + 1e-6) / 100;
    }
    show();
}

function show() {
    const { left, top, right, bottom } = edges();
    const style = { left, top, width: right - left, height: bottom - top };
    for (const [name, percent] of Object.entries(style)) {
        part.style[name] = `${percent}%`;
    }
    const pixels = [(style.width * across) / 100, (style.height * down) / 100].map(Math.round);
    size.value = pixels.join(" × ");
    part.classList.toggle("small", pixels[0] < leastAcross || pixels[1] < leastDown);
}

function moved(from, [right, below]) {
    const x = between(-from.left, right, 100 - from.right);
    const y = between(-from.top, below, 100 - from.bottom);
    return {
        left: from.left + x,
        right: from.right + x,
        top: from.top + y,
        bottom: from.bottom + y,
    };
}

/** Pull at a corner; the one across from it stays where it is. */
function pulled(from, [right, below], [side, end]) {
    const room = {
        width: side === "left" ? from.right : 100 - from.left,
        height: end === "top" ? from.bottom : 100 - from.top,
    };
    const wider = side === "left" ? -right : right;
    const higher = end === "top" ? -below : below;
    let width = between(LEAST, from.right - from.left + wider, room.width);
    let height = between(LEAST, from.bottom - from.top + higher, room.height);
    const wanted = shape();
    if (wanted) {
        // The way that was pulled further leads.
        width = Math.abs(wider) >= Math.abs(higher) ? width : height * wanted;
        width = Math.min(width, room.width, room.height * wanted);
        height = width / wanted;
    }
    return {
        left: side === "left" ? from.right - width : from.left,
        right: side === "left" ? from.right : from.left + width,
        top: end === "top" ? from.bottom - height : from.top,
        bottom: end === "top" ? from.bottom : from.top + height,
    };
}

/** Make the frame as large as its shape allows, around its middle. */
function reshape() {
    const wanted = shape();
    const { left, top, right, bottom } = edges();
    if (wanted) {
        const width = Math.min(right - left, (bottom - top) * wanted);
        const [x, y] = [(left + right - width) / 2, (top + bottom - width / wanted) / 2];
        put({ left: x, top: y, right: x + width, bottom: y + width / wanted });
    }
}

for (const handle of part.querySelectorAll("button")) {
    const sides = handle.dataset.sides?.split(" ");
    const change = (from, way) => put(sides ? pulled(from, way, sides) : moved(from, way));
    let begun = null;
    handle.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        handle.setPointerCapture(event.pointerId);
        handle.focus();
        begun = { x: event.clientX, y: event.clientY, edges: edges() };
    });
    handle.addEventListener("pointermove", (event) => {
        if (handle.hasPointerCapture(event.pointerId)) {
            const box = stage.getBoundingClientRect();
            const x = (100 * (event.clientX - begun.x)) / box.width;
            const y = (100 * (event.clientY - begun.y)) / box.height;
            change(begun.edges, [x, y]);
        }
    });
    handle.addEventListener("keydown", (event) => {
        const way = KEYS[event.key];
        if (way) {
            event.preventDefault();
            const step = event.shiftKey ? LARGE_STEP : STEP;
            change(edges(), [way[0] * step, way[1] * step]);
        }
    });
}
for (const field of Object.values(fields)) {
    field.addEventListener("input", show);
}
form.elements.ratio.addEventListener("change", reshape);

stage.append(part);
show();
