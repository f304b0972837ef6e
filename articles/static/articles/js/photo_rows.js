// More rows of photos: from the library, and of files.
const group = document.querySelector("#photos-group");

function button(words) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "go quiet";
    made.textContent = words;
    return made;
}

const ROW = ".inline-related:not(.empty-form)";

function rows() {
    return [...group.querySelectorAll(ROW)];
}

function field(row, name) {
    return row.querySelector(`[name$="-${name}"]`);
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
    // The form is kept and checked as if it had been typed.
    select.dispatchEvent(new Event("input", { bubbles: true }));
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
    offer();
    for (const kind of ["dragover", "drop", "paste"]) {
        group.addEventListener(kind, takeFiles);
    }
    group.addEventListener("dragleave", () => group.classList.remove("dropping"));
}
