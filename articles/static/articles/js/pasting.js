// Sends what is pasted or dropped to the server, which cleans it and takes its pictures in, and
// puts the answer where it was pasted. Without an answer it is cleaned when the text is saved.
// Files alone are sent by `uploads.js`.
import { Extension, Plugin } from "django-prose-editor/editor";
import { token } from "./token.js";

const form = document.querySelector("#article_form");
const place = document.querySelector("#pasting");

// While an answer is put in, it is no new paste.
let inserting = false;
let number = 0;

function say(lines, isProblem = false) {
    const shown = lines.map((line) => {
        const item = document.createElement("li");
        item.textContent = line;
        return item;
    });
    place.querySelector("ul").replaceChildren(...shown);
    place.classList.toggle("problem", isProblem);
    place.hidden = !shown.length;
}

function isPicture(file) {
    return file.type.startsWith("image/");
}

function fromHex(text, type) {
    const digits = text.replace(/\s/g, "");
    const bytes = new Uint8Array(digits.length / 2);
    for (let at = 0; at < bytes.length; at++) {
        bytes[at] = parseInt(digits.slice(2 * at, 2 * at + 2), 16);
    }
    return new File([bytes], `picture.${type}`, { type: `image/${type}` });
}

// Word puts the bytes of its pictures into the other form of what it copies.
function picturesOfRtf(rtf) {
    const found = [];
    for (const part of rtf.split("{\\pict").slice(1)) {
        const kind = part.match(/\\(png|jpeg)blip/)?.[1];
        const digits = part.match(/(?:^|[\s}])((?:[0-9a-f]{2,}\s*){16,})/i)?.[1];
        if (kind && digits) {
            found.push(fromHex(digits, kind));
        }
    }
    return found;
}

function fromAddress(address) {
    const [, type, bytes] = address.match(/^data:(image\/[a-z0-9.+-]+);base64,(.*)$/is) ?? [];
    if (!bytes) {
        return null;
    }
    try {
        const raw = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
        return new File([raw], "picture", { type });
    } catch {
        return null;
    }
}

// Says in the markup which picture stands where, as far as their bytes came along.
function withPictures({ html, files, rtf }) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const images = [...page.querySelectorAll("img:not([data-file])")];
    const sent = [];
    for (const image of images) {
        const inside = fromAddress(image.getAttribute("src") ?? "");
        if (inside && !image.dataset.src) {
            image.setAttribute("src", `clipboard:${sent.push(inside) - 1}`);
        }
    }
    const without = images.filter((image) => !image.getAttribute("src")?.startsWith("clipboard:"));
    const enclosed = [files, picturesOfRtf(rtf)].find((all) => all.length === without.length);
    if (without.length && enclosed) {
        without.forEach((image, at) => {
            image.removeAttribute("data-src");
            image.removeAttribute("srcset");
            image.setAttribute("src", `clipboard:${sent.push(enclosed[at]) - 1}`);
        });
    } else if (files.length && !page.body.textContent.trim()) {
        page.body.replaceChildren(
            ...files.map((file) => {
                const image = document.createElement("img");
                image.setAttribute("src", `clipboard:${sent.push(file) - 1}`);
                return image;
            }),
        );
    }
    return sent.length ? { html: page.documentElement.outerHTML, files: sent } : { html, files: [] };
}

async function ask({ html, text, files, rtf }) {
    const body = new FormData();
    body.append("article", place.dataset.article);
    if (html || files.length) {
        const prepared = withPictures({ html, files, rtf });
        body.append("html", prepared.html);
        prepared.files.forEach((file) => body.append("picture", file, "picture"));
    } else {
        body.append("text", text);
    }
    const headers = { "X-CSRFToken": token() };
    return fetch(place.dataset.address, { method: "POST", body, headers, redirect: "error" });
}

function put(view, html) {
    inserting = true;
    try {
        view.pasteHTML(html);
    } finally {
        inserting = false;
    }
}

// Places in the text that go along with what is typed while an answer is awaited.
const held = new Plugin({
    state: {
        init: () => new Map(),
        apply(change, before) {
            const told = change.getMeta(held);
            const after = new Map();
            for (const [name, { from, to }] of before) {
                if (name !== told?.release) {
                    const { mapping } = change;
                    after.set(name, { from: mapping.map(from, 1), to: mapping.map(to, 1) });
                }
            }
            if (told?.hold) {
                after.set(told.name, told.hold);
            }
            return after;
        },
    },
});

function hold(view, { from, to }) {
    const name = ++number;
    view.dispatch(view.state.tr.setMeta(held, { name, hold: { from, to } }));
    return name;
}

function heldPlace(view, name) {
    return held.getState(view.state).get(name);
}

function release(view, name) {
    view.dispatch(view.state.tr.setMeta(held, { release: name }));
}

async function insert(editor, range, copied) {
    const { view } = editor;
    const name = hold(view, range);
    const slow = setTimeout(() => say([place.dataset.waits]), 400);
    const answer = await ask(copied).catch(() => null);
    clearTimeout(slow);
    const told = await answer?.json().catch(() => null);
    const where = heldPlace(view, name);
    release(view, name);
    if (answer && !answer.ok) {
        say([told?.reason ?? place.dataset.refused], true);
        return;
    }
    editor.commands.setTextSelection(where);
    if (!told) {
        // The server does not answer: what the editor understands by itself is there at once.
        put(view, copied.html || new Option(copied.text).innerHTML);
        say([place.dataset.unanswered], true);
        return;
    }
    put(view, told.html);
    view.focus();
    say(told.said);
}

// Files go one by one, each to the place that was meant, after the one before.
function upload(editor, at, files) {
    const { view } = editor;
    const name = hold(view, { from: at, to: at });
    const detail = {
        files,
        list: place.querySelector("ul"),
        put(html) {
            editor.commands.setTextSelection(heldPlace(view, name));
            put(view, html);
        },
        end: () => release(view, name),
    };
    place.classList.remove("problem");
    place.hidden = false;
    document.dispatchEvent(new CustomEvent("newsroom:upload", { detail }));
}

function given(data) {
    return {
        html: data.getData("text/html"),
        text: data.getData("text/plain"),
        rtf: data.getData("text/rtf"),
        files: [...data.files].filter(isPicture),
    };
}

// What was copied in an editor of ours is as it should be, unless pictures of others are in it.
function isOurs(html) {
    return html.includes("data-pm-slice") && !/<img(?![^>]*data-file)/i.test(html);
}

function isNothing({ html, text, files }) {
    return isOurs(html) || (!html && !files.length && !text.trim().includes("\n"));
}

export const Pasting = Extension.create({
    name: "pasting",
    priority: 1000,
    addMenuItems({ buttons, menu }) {
        let editor;
        const chooser = document.createElement("input");
        Object.assign(chooser, { type: "file", accept: "image/*", multiple: true });
        chooser.addEventListener("change", () => {
            const files = [...chooser.files];
            const { to } = editor.state.selection;
            upload(editor, to, files);
            chooser.value = "";
        });
        menu.defineItem({
            name: "uploadPictures",
            groups: "pictures",
            button: buttons.material("add_photo_alternate", "upload pictures"),
            command(current) {
                editor = current;
                chooser.click();
            },
        });
    },
    addProseMirrorPlugins() {
        const { editor } = this;
        const takes = Boolean(form && place);
        const plugin = new Plugin({
            props: {
                handlePaste(view, event) {
                    const copied = event.clipboardData && given(event.clipboardData);
                    if (!takes || inserting || !copied || isNothing(copied)) {
                        return false;
                    }
                    if (copied.html || !copied.files.length) {
                        insert(editor, view.state.selection, copied);
                    } else {
                        upload(editor, view.state.selection.to, copied.files);
                    }
                    return true;
                },
                handleDrop(view, event, _slice, moved) {
                    const files = [...(event.dataTransfer?.files ?? [])];
                    const dropped = event.dataTransfer && given(event.dataTransfer);
                    if (!takes || moved || !dropped || (!files.length && isNothing(dropped))) {
                        return false;
                    }
                    event.preventDefault();
                    const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
                    const from = at?.pos ?? view.state.doc.content.size;
                    if (files.length) {
                        upload(editor, from, files);
                    } else {
                        insert(editor, { from, to: from }, dropped);
                    }
                    return true;
                },
            },
        });
        return [held, plugin];
    },
});
