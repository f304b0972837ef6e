// Takes picture files into the library one by one, and says of each how far it is and what became
// of it. Whoever has some dispatches "newsroom:upload" and gets the markup of each.
import { token } from "./token.js";

const place = document.querySelector("#pasting");
const { dataset } = place ?? {};

// A refusal that saves the way to the server; it looks at the others itself.
function problem(file) {
    const most = Number(dataset.most);
    if (file.type && !file.type.startsWith("image/")) {
        return gettext("This is no picture. A Word document is read by the field below the text.");
    }
    if (file.size > most) {
        const sizes = [Math.ceil(file.size / 1024 ** 2), Math.floor(most / 1024 ** 2)];
        return interpolate(gettext("It has %s MB. A picture may have up to %s MB."), sizes);
    }
    return file.size ? "" : gettext("The file is empty.");
}

// `fetch` does not say how much it has sent.
function send(file, progress) {
    const body = new FormData();
    body.append("article", dataset.article);
    body.append("html", '<img src="clipboard:0">');
    body.append("picture", file, "picture");
    const request = new XMLHttpRequest();
    request.open("POST", dataset.address);
    request.setRequestHeader("X-CSRFToken", token());
    request.upload.addEventListener("progress", ({ loaded, total }) => {
        progress.max = total;
        progress.value = loaded;
    });
    request.upload.addEventListener("load", () => progress.removeAttribute("value"));
    return new Promise((done) => {
        request.addEventListener("loadend", () => {
            let told = null;
            try {
                told = JSON.parse(request.responseText);
            } catch {
                // A page in front of the site may answer in its own way.
            }
            done({ status: request.status, told });
        });
        request.send(body);
    });
}

async function result(file, progress) {
    const refused = problem(file);
    if (refused) {
        return { refused };
    }
    const { status, told } = await send(file, progress);
    if (!status) {
        return { refused: gettext("The server does not answer. Please try again.") };
    }
    if (status !== 200 || !told?.html) {
        return { refused: told?.said?.at(-1) ?? told?.reason ?? dataset.refused };
    }
    return { html: told.html };
}

function line(file) {
    const item = document.createElement("li");
    const progress = document.createElement("progress");
    progress.value = 0;
    progress.ariaLabel = file.name;
    const words = document.createElement("span");
    item.append(`${file.name} `, progress, words);
    return { item, progress, words };
}

async function upload({ detail }) {
    const { files, list, put, end } = detail;
    const lines = files.map(line);
    list.replaceChildren(...lines.map(({ item }) => item));
    for (const [at, file] of files.entries()) {
        const { item, progress, words } = lines[at];
        const { html, refused } = await result(file, progress);
        progress.remove();
        const told = html ? await put(html, file) : refused;
        words.textContent = told ?? gettext("is there");
        item.classList.toggle("refused", Boolean(told));
    }
    end?.();
}

if (place) {
    document.addEventListener("newsroom:upload", upload);
}
