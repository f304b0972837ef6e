// The words of a figure's pictures in a dialog: what is said here, and what the library knows.
import { token } from "./token.js";

const dialog = document.querySelector("#picture-words");
const form = dialog?.querySelector("form");
const place = dialog?.querySelector(".pictures");

let apply;

function say(text) {
    const note = dialog.querySelector(".errornote");
    note.textContent = text;
    note.hidden = !text;
}

function pictures() {
    return [...place.querySelectorAll("[data-file]")];
}

async function open({ detail }) {
    ({ apply } = detail);
    place.replaceChildren();
    say("");
    dialog.showModal();
    const question = new URLSearchParams({ article: dialog.dataset.article });
    detail.photos.forEach(({ file }) => question.append("photo", file));
    const address = `${dialog.dataset.address}?${question}`;
    const answer = await fetch(address, { redirect: "manual" }).catch(() => null);
    if (!answer?.ok) {
        say(gettext("The library does not answer. Save your text and try again."));
        return;
    }
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body;
    place.replaceChildren(...fresh.childNodes);
    const said = new Map(detail.photos.map(({ file, alt }) => [file, alt]));
    for (const picture of pictures()) {
        picture.querySelector("[data-alt]").value = said.get(picture.dataset.file) ?? "";
    }
    place.querySelector("input")?.focus();
}

// Only what was changed is sent; whoever looks changes nothing in the library.
function changes() {
    const body = new FormData();
    body.append("article", dialog.dataset.article);
    for (const picture of pictures()) {
        const fields = [...picture.querySelectorAll("[name]")];
        const isChanged = fields.some((field) =>
            field.matches("select")
                ? !field.selectedOptions[0]?.defaultSelected
                : field.value !== field.defaultValue,
        );
        if (isChanged) {
            body.append("photo", picture.dataset.file);
            fields.forEach((field) => body.append(field.name, field.value));
        }
    }
    return body;
}

async function save(event) {
    event.preventDefault();
    if (event.submitter?.value !== "apply") {
        dialog.close();
        return;
    }
    const body = changes();
    if (body.has("photo")) {
        const headers = { "X-CSRFToken": token() };
        const asked = { method: "POST", body, headers, redirect: "manual" };
        const answer = await fetch(dialog.dataset.address, asked).catch(() => null);
        if (!answer?.ok) {
            const told = await answer?.json().catch(() => null);
            // What a colleague said meanwhile is seen now: the next save is meant.
            for (const [name, mark] of Object.entries(told?.seen ?? {})) {
                place.querySelector(`[name="${name}"]`).value = mark;
            }
            say(told?.reason ?? gettext("The library does not answer. Save your text and try again."));
            return;
        }
    }
    dialog.close();
    const said = pictures().map((picture) => ({
        file: picture.dataset.file,
        alt: picture.querySelector("[data-alt]").value.trim(),
    }));
    if (said.length) {
        apply(said);
    }
    document.dispatchEvent(new CustomEvent("newsroom:photographers"));
}

if (dialog) {
    document.addEventListener("newsroom:picture-words", open);
    form.addEventListener("submit", save);
    place.addEventListener("newsroom:moved", ({ target, detail }) => {
        const held = document.activeElement;
        place.insertBefore(target, detail.before);
        held.focus();
    });
}
