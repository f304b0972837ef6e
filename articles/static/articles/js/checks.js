// Checks what is typed again each time it was kept, and leads from a finding to its place.
import { token } from "./token.js";

const panel = document.querySelector("#checks");
const form = document.querySelector("#article_form");

let isAsking = false;
let isWanted = false;

function typed() {
    const body = new FormData(form);
    for (const [name, value] of [...body]) {
        if (typeof value !== "string" || name.includes("__prefix__")) {
            body.delete(name);
        }
    }
    body.set("article", panel.dataset.article);
    return body;
}

// One question at a time; what was typed meanwhile is asked about afterwards.
async function ask() {
    isWanted = true;
    if (isAsking) {
        return;
    }
    isAsking = true;
    while (isWanted) {
        isWanted = false;
        try {
            const answer = await fetch(panel.dataset.address, {
                method: "POST",
                body: typed(),
                redirect: "manual",
                headers: { "X-CSRFToken": token() },
            });
            if (answer.ok) {
                show(await answer.text());
            }
            panel.classList.toggle("stale", !answer.ok);
        } catch {
            panel.classList.add("stale");
        }
    }
    isAsking = false;
}

function show(html) {
    const isOpen = panel.querySelector("details")?.open;
    const fresh = new DOMParser().parseFromString(html, "text/html").body;
    panel.replaceChildren(...fresh.childNodes);
    const details = panel.querySelector("details");
    if (details && isOpen) {
        details.open = true;
    }
}

// Without blanks: the editor has its own.
function squeezed(text) {
    return text.replace(/[\s…]+/g, "");
}

function lead(event) {
    const link = event.target.closest("a[data-hit]");
    if (!link) {
        return;
    }
    const editor = document.querySelector(".ProseMirror[contenteditable]");
    const wanted = squeezed(link.dataset.hit);
    if (link.hash === "#id_body" && editor) {
        const blocks = [...editor.querySelectorAll("p, h2, h3, li, td, th, figcaption")];
        const place = blocks.find((block) => wanted && squeezed(block.textContent).includes(wanted));
        event.preventDefault();
        (place ?? editor).scrollIntoView({ block: "center" });
        editor.focus({ preventScroll: true });
        if (place) {
            getSelection().selectAllChildren(place);
        }
        return;
    }
    const field = document.querySelector(link.hash);
    if (field?.matches("input, textarea, select")) {
        event.preventDefault();
        field.focus();
    }
}

if (panel && form) {
    document.addEventListener("newsroom:kept", ask);
    panel.addEventListener("click", lead);
}
