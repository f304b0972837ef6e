// Offers the photographers of what stands in the form now; what was ticked or not stays so.
import { token } from "./token.js";

const panel = document.querySelector("#photographers");
const form = document.querySelector("#article_form");

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

let asked = 0;

async function ask() {
    const number = ++asked;
    const answer = await fetch(panel.dataset.address, {
        method: "POST",
        body: typed(),
        redirect: "manual",
        headers: { "X-CSRFToken": token() },
    }).catch(() => null);
    if (!answer?.ok) {
        return;
    }
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body;
    // Whoever is ticking just now is not interrupted.
    const isNew = number === asked && fresh.innerHTML.trim() !== panel.innerHTML.trim();
    if (isNew && !panel.contains(document.activeElement)) {
        panel.replaceChildren(...fresh.childNodes);
    }
}

if (panel && form) {
    document.addEventListener("newsroom:kept", ask);
    document.addEventListener("newsroom:photographers", ask);
}
