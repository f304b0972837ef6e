// Sends the photos that were chosen or dropped one by one, two at a time, and says of each what
// became of it. One that fails stays on the list, to be tried again; the others go on.
const form = document.querySelector("#photo-upload");
const LANES = 2;
// So many numbers fit into an address.
const MOST_AT_ONCE = 400;

const input = form.querySelector("[name=pictures]");
const list = form.querySelector(".uploads");
const told = form.querySelector(".told");
const send = form.querySelector("[type=submit]");
const stop = form.querySelector(".stop");
const way = form.querySelector(".caption-them");
const row = form.querySelector("template");

// What became of a file: "waiting", "sending", "lost" (to be tried again), or the answer's word.
const files = [];

function count(...states) {
    return files.filter((file) => states.includes(file.state)).length;
}

function size(bytes) {
    return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function link({ address, title }) {
    const made = document.createElement("a");
    made.href = address;
    made.target = "_blank";
    made.textContent = title;
    return made;
}

function add(chosen) {
    for (const file of chosen) {
        const item = row.content.firstElementChild.cloneNode(true);
        const entry = { file, item, state: "waiting" };
        item.querySelector(".name").textContent = file.name;
        item.querySelector(".size").textContent = size(file.size);
        item.querySelector("progress").setAttribute("aria-label", file.name);
        item.querySelector(".leave").addEventListener("click", () => press(entry));
        files.push(entry);
        list.append(item);
        show(entry, "waiting");
    }
    list.hidden = !files.length;
}

function show(entry, state, message = "", links = []) {
    entry.state = state;
    entry.item.className = state;
    const result = entry.item.querySelector(".result");
    result.replaceChildren(message, ...links.flatMap((each) => [" ", link(each)]));
    const leave = entry.item.querySelector(".leave");
    const words = {
        waiting: gettext("Leave out"),
        sending: gettext("Cancel"),
        lost: gettext("Try again"),
    };
    leave.hidden = !(state in words);
    leave.textContent = words[state] ?? "";
    leave.setAttribute("aria-label", `${leave.textContent} ${entry.file.name}`);
    entry.item.querySelector("progress").hidden = state !== "sending";
    tell();
}

function tell() {
    const open = count("waiting", "sending", "lost");
    const waiting = count("waiting", "lost");
    send.disabled = files.length > 0 && !waiting;
    send.textContent = waiting
        ? interpolate(ngettext("Upload %s photo", "Upload %s photos", waiting), [waiting])
        : gettext("Upload");
    stop.hidden = !count("sending");
    const parts = [
        [count("taken", "alike"), gettext("%s taken in")],
        [count("alike"), gettext("%s of them look like others")],
        [count("known"), gettext("%s there already")],
        [count("refused"), gettext("%s refused")],
        [count("lost"), gettext("%s not sent")],
    ];
    const sum = interpolate(gettext("%s of %s files done"), [files.length - open, files.length]);
    const said = parts.filter(([number]) => number);
    told.textContent = said.length
        ? `${sum}: ${said.map(([number, words]) => interpolate(words, [number])).join(", ")}`
        : "";
    const taken = files.filter((file) => file.photo).map((file) => file.photo).slice(0, MOST_AT_ONCE);
    way.hidden = !taken.length || count("sending") > 0;
    way.href = `${form.dataset.captions}?pick=${taken.join(",")}`;
    const words = ngettext("Caption this one", "Caption these %s", taken.length);
    way.textContent = interpolate(words, [taken.length]);
}

function press(entry) {
    if (entry.state === "sending") {
        entry.request.abort();
    } else if (entry.state === "lost") {
        show(entry, "waiting");
        go();
    } else {
        const next = entry.item.nextElementSibling ?? entry.item.previousElementSibling;
        files.splice(files.indexOf(entry), 1);
        entry.item.remove();
        list.hidden = !files.length;
        (next?.querySelector(".leave:not([hidden])") ?? input).focus();
        tell();
    }
}

function go() {
    while (count("sending") < LANES) {
        const entry = files.find((file) => file.state === "waiting");
        if (!entry) {
            return;
        }
        transmit(entry);
    }
}

function transmit(entry) {
    const body = new FormData(form);
    body.delete(input.name);
    body.append(input.name, entry.file);
    const request = new XMLHttpRequest();
    const bar = entry.item.querySelector("progress");
    entry.request = request;
    request.upload.addEventListener("progress", (event) => {
        bar.value = event.lengthComputable ? (100 * event.loaded) / event.total : 0;
        if (event.loaded === event.total) {
            bar.removeAttribute("value"); // it is sent, and the server works on it
        }
    });
    request.addEventListener("load", () => finish(entry, () => answer(entry, request)));
    request.addEventListener("error", () => {
        finish(entry, () => show(entry, "lost", gettext("The server does not answer.")));
    });
    request.addEventListener("abort", () => {
        finish(entry, () => show(entry, "lost", gettext("Cancelled.")));
    });
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", body.get("csrfmiddlewaretoken"));
    show(entry, "sending");
    request.send(body);
}

function finish(entry, then) {
    entry.item.querySelector("progress").value = 0;
    then();
    go();
}

function answer(entry, request) {
    let said;
    try {
        said = JSON.parse(request.responseText);
    } catch {
        return show(entry, "lost", problem(request));
    }
    if (!said.kind) {
        return show(entry, "lost", said.reason ?? problem(request));
    }
    if (said.kind === "taken" || said.kind === "alike") {
        entry.photo = said.photo.id;
    }
    const links = said.alike.length ? said.alike : [said.photo].filter(Boolean);
    return show(entry, said.kind, said.message, links);
}

function problem(request) {
    if (request.responseURL.includes("/login/") || request.status === 403) {
        halt();
        return gettext("You are not signed in any more. Sign in in another window, then try again.");
    }
    if (request.status === 413) {
        return gettext("The server takes no files of this size.");
    }
    return interpolate(gettext("The server does not take it (%s)."), [request.status]);
}

// What has not begun is left for later, and nothing of it is forgotten.
function halt() {
    for (const entry of files.filter((file) => file.state === "waiting")) {
        show(entry, "lost", gettext("Not sent."));
    }
}

// A folder that is dropped is opened, with the folders in it.
async function inside(entry) {
    if (entry.isFile) {
        return [await new Promise((found, lost) => entry.file(found, lost))];
    }
    const reader = entry.createReader();
    const all = [];
    for (;;) {
        const some = await new Promise((found, lost) => reader.readEntries(found, lost));
        if (!some.length) {
            return all.flat();
        }
        for (const each of some.filter(({ name }) => !name.startsWith("."))) {
            all.push(await inside(each));
        }
    }
}

async function dropped(transfer) {
    const files = [...transfer.files];
    const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    if (!entries.some((entry) => entry.isDirectory)) {
        return files;
    }
    return (await Promise.all(entries.map(inside))).flat();
}

input.required = false;
form.querySelector(".without-script").remove();
form.querySelector(".with-script").hidden = false;
input.addEventListener("change", () => {
    add(input.files);
    input.value = "";
});
form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("over");
});
form.addEventListener("dragleave", () => form.classList.remove("over"));
form.addEventListener("drop", async (event) => {
    event.preventDefault();
    form.classList.remove("over");
    add(await dropped(event.dataTransfer));
});
form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!files.length) {
        input.click();
        return;
    }
    for (const entry of files.filter((file) => file.state === "lost")) {
        show(entry, "waiting");
    }
    go();
});
stop.addEventListener("click", () => {
    halt();
    for (const entry of files.filter((file) => file.state === "sending")) {
        entry.request.abort();
    }
    send.focus();
});
window.addEventListener("beforeunload", (event) => {
    if (count("sending", "waiting", "lost")) {
        event.preventDefault();
    }
});
