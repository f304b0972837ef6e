// The article form: never go on to a decision without the changes that are still on the screen.
import { token } from "./token.js";

const form = document.querySelector("#article_form");
const state = document.querySelector(".state");

const SETTLED = 300;
let saving = false;
let before = "";

function content() {
    const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    return JSON.stringify(fields.map(([name, value]) => [name, value.name ?? value]));
}

function isDirty() {
    return !saving && before !== "" && before !== content();
}

// The editor writes its own spelling of the text into the form as it starts.
function settle() {
    const body = form.elements.namedItem("body");
    const isStarting = body?.matches("textarea") && !body.closest(".prose-editor");
    if (!isStarting && document.readyState === "complete") {
        setTimeout(() => (before ||= content()), SETTLED);
    }
}

// A save after the session has ended would go to the sign-in page and take the text with it.
async function isSignedIn() {
    const address = document.querySelector("script[src*=jsi18n]").src;
    const answer = await fetch(address, { redirect: "manual", cache: "no-store" });
    return answer.ok;
}

async function saveIfSignedIn(event) {
    if (saving) {
        return;
    }
    event.preventDefault();
    const note = document.querySelector(".signed-out");
    if (await isSignedIn().catch(() => false)) {
        // Signing in again in another window has made a new token.
        const now = token();
        if (now) {
            form.elements.csrfmiddlewaretoken.value = now;
        }
        saving = true;
        form.requestSubmit(event.submitter);
    } else {
        note.hidden = false;
    }
}

if (form) {
    addEventListener("load", settle);
    document.addEventListener("prose-editor:ready", settle);
    form.addEventListener("submit", saveIfSignedIn);
    addEventListener("beforeunload", (event) => {
        if (isDirty()) {
            event.preventDefault();
        }
    });
    state?.addEventListener("click", (event) => {
        if (event.target.closest(".deeds a") && isDirty()) {
            if (confirm(state.dataset.unsaved)) {
                saving = true;
            } else {
                event.preventDefault();
            }
        }
    });
}

// How long the headline is: a front page shows about thirty characters.
const headline = document.querySelector("#id_headline");
const label = document.querySelector("label[for=id_headline]");
if (headline && label) {
    const count = document.createElement("span");
    count.className = "pill";
    label.append(" ", count);
    const show = () => (count.textContent = [...headline.value].length);
    headline.addEventListener("input", show);
    show();
}
