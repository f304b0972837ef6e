// The library in a dialog: photos are searched and picked without leaving the text.
// Whoever wants some dispatches "newsroom:library" with what is to be done with them.
import { Extension } from "django-prose-editor/editor";

const dialog = document.querySelector("#library");
const seek = dialog?.querySelector("form");
const shelf = dialog?.querySelector(".photos");

// In the order in which they were ticked, across pages and searches.
const chosen = new Map();
let take;
let asked = 0;

function say(text) {
    const line = document.createElement("p");
    line.className = "errornote";
    line.setAttribute("role", "alert");
    line.textContent = text;
    shelf.replaceChildren(line);
}

async function show(page = 1) {
    const number = ++asked;
    const question = new URLSearchParams(new FormData(seek));
    question.set("page", page);
    question.set("article", dialog.dataset.article);
    const answer = await fetch(`${dialog.dataset.address}?${question}`, {
        redirect: "manual",
    }).catch(() => null);
    if (number !== asked) {
        return;
    }
    if (!answer?.ok) {
        say(gettext("The library does not answer. Save your text and try again."));
        return;
    }
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body;
    shelf.replaceChildren(...fresh.childNodes);
    for (const box of shelf.querySelectorAll("[type=checkbox]")) {
        box.checked = chosen.has(box.value);
    }
    shelf.scrollTop = 0;
}

function count() {
    const [each, gallery] = dialog.querySelectorAll("[data-take]");
    each.disabled = !chosen.size;
    gallery.hidden = chosen.size < 2 || !take.galleries;
    const words = ngettext("%s photo is chosen", "%s photos are chosen", chosen.size);
    dialog.querySelector("[data-chosen]").textContent = chosen.size
        ? interpolate(words, [chosen.size])
        : "";
}

function tick({ target }) {
    if (target.checked) {
        chosen.set(target.value, { file: target.value, ...target.dataset });
    } else {
        chosen.delete(target.value);
    }
    count();
}

function press({ target }) {
    const button = target.closest("button");
    if (button?.dataset.page) {
        show(button.dataset.page).then(() => shelf.focus());
    } else if (button?.dataset.take) {
        dialog.close();
        take([...chosen.values()], button.dataset.take === "gallery");
    } else if (button && "close" in button.dataset) {
        dialog.close();
    }
}

function open({ detail }) {
    take = detail;
    chosen.clear();
    seek.reset();
    count();
    dialog.showModal();
    show();
}

if (dialog) {
    document.addEventListener("newsroom:library", open);
    shelf.addEventListener("change", tick);
    dialog.addEventListener("click", press);
    seek.addEventListener("submit", (event) => {
        event.preventDefault();
        show();
    });
    seek.elements.mine.addEventListener("change", () => show());
}

function figure(photos) {
    const images = photos.map(({ file, src, alt }) => ({
        type: "image",
        attrs: { file, src, alt: alt || null },
    }));
    const words = photos.length === 1 && photos[0].caption;
    const below = words ? [{ type: "caption", content: [{ type: "text", text: words }] }] : [];
    return { type: "figure", content: [...images, ...below] };
}

// Below the paragraph that is written in, whatever stands in it; an empty one gives its place.
function putInto(editor) {
    const put = (photos, isGallery) => {
        const { $to } = editor.state.selection;
        const block = $to.depth ? $to.node(1) : null;
        const isEmpty = block?.type.name === "paragraph" && !block.content.size;
        const after = block ? $to.after(1) : $to.pos;
        const where = isEmpty ? { from: $to.before(1), to: after } : after;
        const figures = isGallery ? [figure(photos)] : photos.map((photo) => figure([photo]));
        editor.chain().insertContentAt(where, figures).focus().scrollIntoView().run();
    };
    return Object.assign(put, { galleries: true });
}

export const Library = Extension.create({
    name: "library",
    addMenuItems({ buttons, menu }) {
        menu.defineItem({
            name: "library",
            groups: "pictures",
            button: buttons.material("photo_library", "photos of the library"),
            hidden: () => !dialog,
            command(editor) {
                const detail = putInto(editor);
                document.dispatchEvent(new CustomEvent("newsroom:library", { detail }));
            },
        });
    },
});
