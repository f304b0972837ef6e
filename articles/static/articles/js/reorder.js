// Moves what has a grip among its neighbours: with a mouse or a finger, and with the arrow keys.
// Whoever owns the neighbours hears "newsroom:moved" with the place before which it goes.
const line = document.createElement("div");
line.className = "drop-line";

const NEAR_EDGE = 90;
let moving = null;

function neighbours(item) {
    return [...item.parentElement.children].filter((each) => each.matches(item.dataset.among));
}

function tell(item, index) {
    const all = neighbours(item);
    const own = all.indexOf(item);
    if (index >= 0 && index <= all.length && index !== own && index !== own + 1) {
        const detail = { index, before: all[index] ?? null };
        item.dispatchEvent(new CustomEvent("newsroom:moved", { detail, bubbles: true }));
    }
}

// What stands side by side is read like a text: along the line, then the next line.
function isBefore({ x, y }, box, isAcross) {
    if (!isAcross) {
        return y < box.top + box.height / 2;
    }
    return y < box.top || (y < box.bottom && x < box.left + box.width / 2);
}

function showLine(point) {
    const all = neighbours(moving.item);
    const isAcross = "across" in moving.item.dataset;
    const boxes = all.map((each) => each.getBoundingClientRect());
    const found = boxes.findIndex((box) => isBefore(point, box, isAcross));
    const isLast = found < 0;
    moving.index = isLast ? all.length : found;
    const box = boxes[isLast ? boxes.length - 1 : found];
    line.classList.toggle("across", isAcross);
    line.style.top = `${!isAcross && isLast ? box.bottom : box.top}px`;
    line.style.left = `${isAcross && isLast ? box.right : box.left}px`;
    line.style.width = isAcross ? "" : `${box.width}px`;
    line.style.height = isAcross ? `${box.height}px` : "";
}

function stop() {
    moving?.item.classList.remove("moving");
    moving = null;
    line.remove();
}

document.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest?.("[data-grip]");
    const item = grip?.closest("[data-among]");
    if (item && event.button === 0) {
        event.preventDefault();
        grip.focus();
        grip.setPointerCapture(event.pointerId);
        moving = { item, index: -1 };
        item.classList.add("moving");
        document.body.append(line);
        showLine(event);
    }
});

document.addEventListener("pointermove", (event) => {
    if (!moving) {
        return;
    }
    showLine(event);
    if (event.clientY < NEAR_EDGE) {
        scrollBy(0, -NEAR_EDGE / 6);
    } else if (event.clientY > innerHeight - NEAR_EDGE) {
        scrollBy(0, NEAR_EDGE / 6);
    }
});

document.addEventListener("pointerup", () => {
    if (moving) {
        const { item, index } = moving;
        stop();
        tell(item, index);
    }
});
document.addEventListener("pointercancel", stop);

// The buttons and the keys move by one place.
function step(item, by) {
    const own = neighbours(item).indexOf(item);
    tell(item, by < 0 ? own - 1 : own + 2);
}

document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-step]");
    if (button) {
        step(button.closest("[data-among]"), Number(button.dataset.step));
    }
});

document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
        stop();
    }
    const item = event.target.matches?.("[data-grip]") && event.target.closest("[data-among]");
    const by = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
    if (item && by) {
        event.preventDefault();
        step(item, by);
    }
});
