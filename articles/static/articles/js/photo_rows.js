// The rows of an article's photos: their order, and more of them from the library.
const group = document.querySelector("#photos-group");

function button(sign, words, more = {}) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = sign;
    if (words) {
        made.title = made.ariaLabel = words;
    }
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

function photosHere() {
    return rows().map((row) => field(row, "photo").value);
}

// Gives the reason where there is no room for it.
async function addOne({ file, name, thumb }) {
    if (photosHere().includes(file)) {
        return gettext("is among the photos already");
    }
    const before = rows().length;
    group.querySelector(".add-row a").click();
    if (rows().length === before) {
        return gettext("finds no room: an article has as many photos as it may");
    }
    // Choice fields are made a moment after their row.
    await new Promise((done) => setTimeout(done));
    const select = field(rows().at(-1), "photo");
    select.add(new Option(name, file, true, true));
    window.django?.jQuery(select).trigger("change");
    const preview = Object.assign(new Image(), { src: thumb, alt: "", className: "thumbnail" });
    rows().at(-1).querySelector(".field-preview .readonly")?.replaceChildren(preview);
    number();
    return null;
}

async function add(photos) {
    for (const photo of photos) {
        await addOne(photo);
    }
}

function upload(files) {
    const put = (html, { name }) => {
        const page = new DOMParser().parseFromString(html, "text/html");
        const image = page.querySelector("img[data-file]");
        const thumb = image.getAttribute("src");
        return addOne({ file: image.dataset.file, name, thumb });
    };
    results.hidden = false;
    const detail = { files: [...files], list: results.firstChild, put };
    document.dispatchEvent(new CustomEvent("newsroom:upload", { detail }));
}

const results = document.createElement("div");
results.className = "pasting";
results.hidden = true;
results.setAttribute("role", "status");
results.append(document.createElement("ul"));

function offer() {
    const ways = document.createElement("p");
    ways.className = "more-photos";
    const pick = button(gettext("From the library…"));
    pick.addEventListener("click", () => {
        document.dispatchEvent(new CustomEvent("newsroom:library", { detail: add }));
    });
    const chooser = document.createElement("input");
    Object.assign(chooser, { type: "file", accept: "image/*", multiple: true });
    chooser.addEventListener("change", () => {
        upload(chooser.files);
        chooser.value = "";
    });
    const send = button(gettext("Upload pictures…"));
    send.addEventListener("click", () => chooser.click());
    pick.className = send.className = "go quiet";
    ways.append(pick, " ", send, " ", gettext("or drop them here"));
    group.append(results, ways);
}

function takeFiles(event) {
    const { files, types } = event.dataTransfer ?? event.clipboardData;
    if (![...types].includes("Files")) {
        return;
    }
    event.preventDefault();
    group.classList.toggle("dropping", event.type === "dragover");
    if (files.length && event.type !== "dragover") {
        upload(files);
    }
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
    offer();
    for (const kind of ["dragover", "drop", "paste"]) {
        group.addEventListener(kind, takeFiles);
    }
    group.addEventListener("dragleave", () => group.classList.remove("dropping"));
}
