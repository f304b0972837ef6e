// Drags what is scheduled to another day: by mouse, or by its grip with a finger or a pen.
// The form in each entry does the same without this script.
const said = document.querySelector("#calendar-said");
let moving = null;

function dayAt(element) {
    return element?.closest?.("td[data-day]") ?? null;
}

function mark(day) {
    document.querySelectorAll(".calendar .over").forEach((old) => old.classList.remove("over"));
    day?.classList.add("over");
}

function say(text, wasRefused) {
    said.textContent = text;
    said.classList.toggle("refused", wasRefused);
}

function put(entry, day) {
    const from = dayAt(entry);
    const list = day.querySelector("ul");
    const later = [...list.children].find((other) => (other.dataset.time ?? "") > entry.dataset.time);
    list.insertBefore(entry, later ?? null);
    day.classList.remove("empty");
    from.classList.toggle("empty", from.querySelector("li") === null);
}

async function move(entry, day) {
    const from = dayAt(entry);
    if (!day || day === from) {
        return;
    }
    const form = entry.querySelector("form");
    const live = form.elements.live_from;
    const before = live.value;
    // The time of day stays.
    live.value = `${day.dataset.day}T${entry.dataset.time.replace(/:00$/, "")}`;
    put(entry, day);
    entry.classList.add("moving");
    let result = { said: said.dataset.unanswered };
    let wasDone = false;
    try {
        const answer = await fetch(form.action, {
            method: "POST",
            body: new FormData(form),
            headers: { Accept: "application/json" },
        });
        result = await answer.json();
        wasDone = answer.ok;
    } catch {
        // No network, or a session that has ended: the words for it stand ready.
    }
    if (wasDone) {
        form.elements.edition.value = result.edition;
    } else {
        live.value = before;
        put(entry, from);
    }
    say(result.said, !wasDone);
    entry.classList.remove("moving");
}

for (const entry of document.querySelectorAll(".calendar li[draggable=true]")) {
    entry.addEventListener("dragstart", (event) => {
        moving = entry;
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", entry.querySelector("a").textContent);
    });
    entry.addEventListener("dragend", () => {
        moving = null;
        mark(null);
    });
    const grip = entry.querySelector(".grip");
    grip.addEventListener("pointerdown", (event) => {
        if (event.pointerType !== "mouse") {
            moving = entry;
            grip.setPointerCapture(event.pointerId);
        }
    });
    grip.addEventListener("pointermove", (event) => {
        if (moving === entry && event.pointerType !== "mouse") {
            mark(dayAt(document.elementFromPoint(event.clientX, event.clientY)));
        }
    });
    const drop = (event) => {
        if (moving === entry && event.pointerType !== "mouse") {
            moving = null;
            mark(null);
            if (event.type === "pointerup") {
                move(entry, dayAt(document.elementFromPoint(event.clientX, event.clientY)));
            }
        }
    };
    grip.addEventListener("pointerup", drop);
    grip.addEventListener("pointercancel", drop);
}

for (const day of document.querySelectorAll(".calendar td[data-day]")) {
    day.addEventListener("dragover", (event) => {
        if (moving) {
            event.preventDefault();
            mark(day);
        }
    });
    day.addEventListener("drop", (event) => {
        event.preventDefault();
        const entry = moving;
        mark(null);
        if (entry) {
            move(entry, day);
        }
    });
}
