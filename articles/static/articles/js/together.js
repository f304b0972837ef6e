// Keeps what is typed on the server every few seconds, and tells who else has the article open.
import { token } from "./token.js";

const here = document.querySelector("#together");
const form = document.querySelector("#article_form");
const note = document.querySelector(".submit-row .kept");
const presence = document.querySelector(".presence");

const REST = 4000;
const BEAT = 15000;
// The editor writes its own spelling of the text into the form as it starts.
const SETTLED = 300;
// A browser sends no more than 64 kB after a page has gone; the rest waits for the next page.
const MOST_ALIVE = 60000;

// What every save changes by itself.
const CHANGED_BY_SAVING = /^seen_version$|^draft_token$|^merge_base$|-id$|_FORMS$/;

const keeps = Boolean(here && form && note && "keeps" in here.dataset);
const served = keeps && asServed();
const local = here && `typed:${here.dataset.typist}:${location.pathname}`;
let kept = null;
let asked = 0;
let isBusy = false;

// A file cannot be kept; the other two are not text that somebody typed.
function typed(filled = form) {
    return [...new FormData(filled)].filter(
        ([name, value]) =>
            typeof value === "string" &&
            name !== "csrfmiddlewaretoken" &&
            !name.includes("__prefix__"),
    );
}

// The form as the server filled it: what the browser put back, or quick hands typed, is not in it.
function asServed() {
    const page = new DOMParser().parseFromString(form.outerHTML, "text/html");
    return typed(page.querySelector("form"));
}

function wordsOf(html) {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    return `${body.querySelectorAll("img").length} ${body.textContent.replace(/\s+/g, "")}`;
}

// The editor's spelling of the same words is no change.
function spelledAsNow(fields) {
    const now = form.elements.namedItem("body")?.value ?? "";
    return fields.map(([name, value]) => [
        name,
        name === "body" && wordsOf(value) === wordsOf(now) ? now : value,
    ]);
}

function asTyped(fields) {
    const own = fields.filter(([name, value]) => value !== "" && !CHANGED_BY_SAVING.test(name));
    return JSON.stringify(spelledAsNow(own));
}

async function post(fields, keepalive) {
    const body = new FormData();
    body.set("typist", here.dataset.typist);
    body.set("article", here.dataset.article);
    for (const [name, value] of fields) {
        body.append(name, value);
    }
    const sent = token();
    const options = { method: "POST", body, redirect: "manual", keepalive };
    const answer = await fetch(here.dataset.address, { ...options, headers: { "X-CSRFToken": sent } });
    if (answer.status === 403 && token() !== sent) {
        return fetch(here.dataset.address, { ...options, headers: { "X-CSRFToken": token() } });
    }
    return answer;
}

function say(text, isKept) {
    if (note.textContent !== text) {
        note.textContent = text;
    }
    note.classList.toggle("not", !isKept);
}

function show(sentences) {
    const text = sentences.join("\n");
    if (presence && presence.dataset.shown !== text) {
        presence.dataset.shown = text;
        presence.replaceChildren(
            ...sentences.flatMap((sentence) => {
                const span = document.createElement("span");
                span.textContent = sentence;
                return [span, " "];
            }),
        );
    }
}

function keepHere(fields) {
    try {
        sessionStorage.setItem(local, JSON.stringify(fields));
    } catch {
        // A full or closed store: the text is still in the form.
    }
}

function notKept(reason) {
    const still = gettext("Your text is still here, and this browser keeps it until it can be.");
    say(`${reason} ${still}`, false);
}

// Sends the text if it has changed since it was kept, else only a sign of life.
async function send(keepalive = false) {
    const fields = keeps ? typed() : [];
    const text = JSON.stringify(fields);
    const isNew = keeps && kept !== null && text !== kept;
    if (isBusy && document.visibilityState !== "hidden") {
        return;
    }
    isBusy = true;
    asked = Date.now();
    try {
        const answer = await post(isNew ? [["keep", "1"], ...fields] : [], keepalive);
        if (answer.ok) {
            const found = await answer.json();
            show(found.present ?? []);
            if (isNew) {
                kept = text;
                sessionStorage.removeItem(local);
                say(interpolate(gettext("Kept at %s."), [found.kept]), true);
                document.dispatchEvent(new CustomEvent("newsroom:kept"));
            }
        } else if (isNew) {
            keepHere(fields);
            const found = await answer.json().catch(() => ({}));
            const isSignedOut = answer.type === "opaqueredirect" || found.signed_out;
            const lost = isSignedOut
                ? gettext("Not kept: you are signed out. Sign in in a new window; nothing is lost.")
                : gettext("Not kept: the server does not take it.");
            const why = found.reason && interpolate(gettext("Not kept: %s"), [found.reason]);
            notKept(why || lost);
        }
    } catch {
        if (isNew) {
            keepHere(fields);
            notKept(gettext("Not kept: the server does not answer."));
        }
    }
    isBusy = false;
}

function tick() {
    if (document.visibilityState === "hidden") {
        return;
    }
    const isChanged = keeps && kept !== null && JSON.stringify(typed()) !== kept;
    if (isChanged || Date.now() - asked >= BEAT) {
        send();
    }
}

// What this browser kept while the server did not answer goes there now, to be offered back.
async function bringBack() {
    const fields = JSON.parse(sessionStorage.getItem(local) ?? "null");
    if (!fields || "unsaved" in here.dataset) {
        return;
    }
    // The save that left the page stopped its last keeping, and brought the text here itself.
    if (asTyped(fields) === asTyped(served)) {
        sessionStorage.removeItem(local);
        return;
    }
    const answer = await post([["keep", "1"], ...fields], false).catch(() => null);
    if (answer?.ok) {
        sessionStorage.removeItem(local);
        // What a save took, with a choice between two texts perhaps, is nobody's unsaved text.
        const { is_saved: isSaved } = await answer.json();
        if (!isSaved) {
            location.reload();
        }
    }
}

if (here) {
    addEventListener("load", () =>
        setTimeout(() => {
            // A form that came back with its errors holds text that nobody has saved.
            kept = keeps && !("unsaved" in here.dataset) ? JSON.stringify(spelledAsNow(served)) : "";
            send();
            setInterval(tick, REST);
        }, SETTLED),
    );
    if (keeps) {
        bringBack();
        form.addEventListener("submit", () => send());
        addEventListener("visibilitychange", () => {
            if (document.visibilityState === "hidden" && kept !== null) {
                const fields = typed();
                const text = JSON.stringify(fields);
                if (text !== kept) {
                    keepHere(fields);
                    send(3 * text.length < MOST_ALIVE);
                }
            }
        });
    }
}
