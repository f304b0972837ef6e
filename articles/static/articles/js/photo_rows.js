// The rows of an article's photos: their order, and more of them from the library.
const group = document.querySelector("#photos-group");

function button(sign, words, more = {}) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = sign;
    made.title = made.ariaLabel = words;
    Object.assign(made.dataset, more);
    return made;
}

const ROW = ".inline-related:not(.empty-form)";

function rows() {
    return [...group.querySelectorAll(ROW)];
}

function field(row, name) {
    return row.querySelector(`[name$="-${name}"]`);
}

function number() {
    rows().forEach((row, at) => {
        field(row, "position").value = at;
        const label = row.querySelector("h3 .inline_label");
        label.textContent = label.textContent.replace(/^#\d+$/, `#${at + 1}`);
    });
    // The form is kept and checked as if it had been typed.
    field(rows()[0] ?? group, "position")?.dispatchEvent(new Event("input", { bubbles: true }));
}

function equip(row) {
    row.dataset.among = ROW;
    const tools = document.createElement("span");
    tools.className = "figure-tools";
    tools.append(
        button("⠿", gettext("Move this photo: drag it, or press the arrow keys"), { grip: "" }),
        button("↑", gettext("Move the photo up"), { step: -1 }),
        button("↓", gettext("Move the photo down"), { step: 1 }),
    );
    row.querySelector("h3")?.after(tools);
}

function move({ target, detail }) {
    const held = document.activeElement;
    const last = rows().at(-1);
    if (detail.before) {
        detail.before.before(target);
    } else {
        last.after(target);
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

async function add(photos) {
    for (const { file, name, thumb } of photos) {
        const link = group.querySelector(".add-row a");
        if (!link || link.closest(".add-row").hidden) {
            return;
        }
        link.click();
        // Choice fields are made a moment after their row.
        await new Promise((done) => setTimeout(done));
        const select = field(rows().at(-1), "photo");
        select.add(new Option(name, file, true, true));
        window.django?.jQuery(select).trigger("change");
        const preview = Object.assign(new Image(), { src: thumb, alt: "", className: "thumbnail" });
        rows().at(-1).querySelector(".field-preview .readonly")?.replaceChildren(preview);
    }
    number();
}

if (group?.querySelector(".add-row, .empty-form")) {
    group.classList.add("in-order");
    rows().forEach(equip);
    group.addEventListener("newsroom:moved", move);
    group.addEventListener("click", beforeRemoving, { capture: true });
    document.addEventListener("formset:added", ({ target, detail }) => {
        if (detail?.formsetName === "photos") {
            equip(target);
            number();
        }
    });
    const ways = document.createElement("p");
    ways.className = "more-photos";
    const pick = button(gettext("From the library…"), gettext("Photos of the library"));
    pick.className = "go quiet";
    pick.addEventListener("click", () => {
        document.dispatchEvent(new CustomEvent("newsroom:library", { detail: add }));
    });
    ways.append(pick);
    group.append(ways);
}
