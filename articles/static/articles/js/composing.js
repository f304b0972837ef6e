// Sends the small forms of a page in place: the slots come back as they are then, without a jump.
// js/reorder.js says where something was dragged or stepped to. All works without either.
const said = document.querySelector("#composing-said");
const PARTS = ["#slots", "#offered", "#changes"];

function say(page) {
    const words = [...page.querySelectorAll(".messagelist li")];
    said.textContent = words.map((each) => each.textContent.trim()).join(" ");
    said.classList.toggle("refused", words.some((each) => each.matches(".error")));
    document.querySelector("#content-start > .messagelist, .messagelist")?.remove();
}

function show(page) {
    const held = document.activeElement?.id;
    for (const part of PARTS) {
        const fresh = page.querySelector(part);
        if (fresh) {
            document.querySelector(part)?.replaceWith(document.adoptNode(fresh));
        }
    }
    say(page);
    const again = held && document.getElementById(held);
    if (again) {
        (again.disabled ? again.closest("[data-among]")?.querySelector("[data-grip]") : again)?.focus();
    }
    document.querySelector(".errorlist")?.scrollIntoView({ block: "center" });
}

async function ask(form, answers, undo) {
    try {
        const answer = await fetch(form.action, { method: "POST", body: answers });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (!page.querySelector("#slots")) {
            // The session has ended, or the right is gone: let the browser show why.
            location.reload();
        } else if (waiting === 1) {
            show(page);
        }
    } catch {
        undo?.();
        said.textContent = said.dataset.unanswered;
        said.classList.add("refused");
    }
    waiting -= 1;
    document.body.classList.toggle("sending", waiting > 0);
}

// One after the other, as they were made; what is shown is the answer to the last.
let waiting = 0;
let last = Promise.resolve();

function send(form, answers, undo) {
    waiting += 1;
    document.body.classList.add("sending");
    last = last.then(() => ask(form, answers, undo));
}

document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-in-place]")) {
        return;
    }
    event.preventDefault();
    // A step is told by reorder.js.
    if (!event.submitter?.matches("[data-step]")) {
        send(form, new FormData(form, event.submitter));
    }
});

// The slot is chosen without leaving the place where one is.
document.addEventListener("click", (event) => {
    const add = event.target.closest?.("[data-add]");
    if (add) {
        event.preventDefault();
        document.querySelector("#offered [name=key]").value = add.dataset.add;
        document.querySelector("#found [name=to]").value = add.dataset.add;
        document.querySelector("#found").scrollIntoView({ block: "nearest" });
        document.querySelector("#found [name=q]").focus();
    }
});

document.addEventListener("newsroom:moved", ({ target, detail }) => {
    const form = target.querySelector("form[data-move]");
    const answers = new FormData(form);
    answers.set("before", detail.before?.dataset.number ?? "");
    const held = document.activeElement;
    const list = target.parentElement;
    const next = target.nextSibling;
    if (detail.before) {
        detail.before.before(target);
    } else {
        target.parentElement.append(target);
    }
    held?.focus();
    send(form, answers, () => list.insertBefore(target, next));
});
