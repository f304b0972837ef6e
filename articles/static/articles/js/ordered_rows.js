// The rows of photos and attachments in the order in which they stand: their numbers follow.
const ROW = ".inline-related:not(.empty-form)";
const GROUPS = {
    photos: [
        gettext("Move this photo: drag it, or press the arrow keys"),
        gettext("Move the photo up"),
        gettext("Move the photo down"),
    ],
    attachments: [
        gettext("Move this attachment: drag it, or press the arrow keys"),
        gettext("Move the attachment up"),
        gettext("Move the attachment down"),
    ],
};

function button(sign, words, more) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = sign;
    made.title = made.ariaLabel = words;
    Object.assign(made.dataset, more);
    return made;
}

function putInOrder(name, [drag, up, down]) {
    const group = document.querySelector(`#${name}-group`);

    function rows() {
        return [...group.querySelectorAll(ROW)];
    }

    function position(row) {
        return row.querySelector('[name$="-position"]');
    }

    function number() {
        rows().forEach((row, at) => {
            position(row).value = at;
            const label = row.querySelector("h3 .inline_label");
            label.textContent = label.textContent.replace(/^#\d+$/, `#${at + 1}`);
        });
        // The form is kept and checked as if it had been typed.
        position(rows()[0] ?? group)?.dispatchEvent(new Event("input", { bubbles: true }));
    }

    function equip(row) {
        row.dataset.among = ROW;
        const tools = document.createElement("span");
        tools.className = "figure-tools";
        tools.append(
            button("⠿", drag, { grip: "" }),
            button("↑", up, { step: -1 }),
            button("↓", down, { step: 1 }),
        );
        row.querySelector("h3").after(tools);
    }

    function move({ target, detail }) {
        const held = document.activeElement;
        if (detail.before) {
            detail.before.before(target);
        } else {
            rows().at(-1).after(target);
        }
        held?.focus();
        number();
    }

    // The admin numbers its rows as they stand, and those on file have to come first.
    function beforeRemoving(event) {
        if (!event.target.closest(".inline-deletelink")) {
            return;
        }
        const seen = rows();
        const filed = [...seen].sort((one, other) => one.id.split("-")[1] - other.id.split("-")[1]);
        const place = document.createComment("");
        seen[0].before(place);
        place.after(...filed);
        setTimeout(() => {
            place.replaceWith(...seen.filter((row) => row.isConnected));
            number();
        });
    }

    if (group?.querySelector(".add-row, .empty-form")) {
        group.classList.add("in-order");
        rows().forEach(equip);
        group.addEventListener("newsroom:moved", move);
        group.addEventListener("click", beforeRemoving, { capture: true });
        document.addEventListener("formset:added", ({ target, detail }) => {
            if (detail?.formsetName === name) {
                equip(target);
                number();
            }
        });
    }
}

for (const [name, words] of Object.entries(GROUPS)) {
    putInOrder(name, words);
}
