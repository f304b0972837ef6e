// Tidies the text in the editor: shows what would change, then does it in one step to be undone.
import { token } from "./token.js";

const button = document.querySelector("button[data-preview]");
const dialog = document.querySelector("dialog#tidy");
const form = document.querySelector("#article_form");

function ask(more) {
    const body = new FormData(form);
    for (const [name, value] of [...body]) {
        if (typeof value !== "string" || name.includes("__prefix__")) {
            body.delete(name);
        }
    }
    for (const [name, value] of more) {
        body.append(name, value);
    }
    const options = { method: "POST", body, redirect: "manual" };
    return fetch(button.dataset.preview, { ...options, headers: { "X-CSRFToken": token() } });
}

async function reason(answer) {
    const found = await answer.json().catch(() => ({}));
    return found.reason ?? gettext("The server does not take it. Save your text and try again.");
}

function say(text) {
    const line = document.createElement("p");
    line.className = "errornote";
    line.setAttribute("role", "alert");
    line.textContent = text;
    dialog.querySelector(".offers").replaceChildren(line);
}

async function open(event) {
    const editor = document.querySelector(".ProseMirror[contenteditable]")?.editor;
    if (!editor) {
        return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    dialog.querySelector(".offers").replaceChildren();
    dialog.showModal();
    const answer = await ask([]).catch(() => null);
    if (!answer?.ok) {
        say(answer ? await reason(answer) : gettext("The server does not answer."));
        return;
    }
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body;
    dialog.querySelector(".offers").replaceChildren(...fresh.childNodes);
    dialog.querySelector("[value=apply]").hidden = !dialog.querySelector("[name=kind]");
}

async function apply(event) {
    if (event.submitter?.value !== "apply") {
        return;
    }
    event.preventDefault();
    const ticked = [...dialog.querySelectorAll("[name=kind]:checked")];
    const answer = await ask([["apply", "1"], ...ticked.map((box) => ["kind", box.value])]).catch(
        () => null,
    );
    if (!answer?.ok) {
        say(answer ? await reason(answer) : gettext("The server does not answer."));
        return;
    }
    const { body } = await answer.json();
    dialog.close();
    const editor = document.querySelector(".ProseMirror[contenteditable]").editor;
    editor.commands.setContent(body, { emitUpdate: true });
    editor.commands.focus();
}

if (button && dialog && form) {
    button.addEventListener("click", open);
    dialog.querySelector("form").addEventListener("submit", apply);
}
