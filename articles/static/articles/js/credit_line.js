// Reads a pasted credit line without leaving the form, and puts what is taken into its rows.
const form = document.querySelector("#article_form");
const together = document.querySelector("#together");
const line = document.querySelector(".credit-line");

function choose(select, value, text) {
    if (value && ![...select.options].some((option) => option.value === value)) {
        select.add(new Option(text, value));
    }
    select.value = value;
    // The admin's choice fields listen to their own events.
    window.django?.jQuery(select).trigger("change");
}

async function newRow() {
    const before = Number(form.elements["credits-TOTAL_FORMS"].value);
    document.querySelector("#credits-group .add-row a").click();
    // Choice fields are made a moment after their row.
    await new Promise((done) => setTimeout(done));
    return before;
}

async function fill(row) {
    const number = row.number ?? (await newRow());
    for (const [name, value] of Object.entries(row.values)) {
        const field = form.elements[`credits-${number}-${name}`];
        if (name === "person" || name === "unit") {
            choose(field, value, row[name]);
        } else {
            field.value = value;
        }
        field.dispatchEvent(new Event("input", { bubbles: true }));
    }
}

async function ask(button) {
    const said = new FormData(form);
    for (const [name, value] of [...said]) {
        if (value instanceof File) {
            said.delete(name);
        }
    }
    said.append(button.name, button.value);
    said.append("article", together.dataset.article);
    const answer = await fetch(line.dataset.address, { method: "POST", body: said, redirect: "error" });
    if (!answer.ok) {
        const told = await answer.json().catch(() => ({}));
        throw new Error(told.reason ?? "");
    }
    return answer.json();
}

async function read(event) {
    const button = event.submitter;
    if (button?.name !== "_read_credits" && button?.name !== "_take_credits") {
        return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    const note = line.querySelector("[data-unread]");
    button.disabled = true;
    try {
        const answer = await ask(button);
        note.hidden = true;
        line.querySelector("#credit-proposal").innerHTML = answer.html;
        for (const row of answer.rows) {
            await fill(row);
        }
    } catch (problem) {
        note.textContent = problem.message && problem.name === "Error" ? problem.message : note.dataset.unread;
        note.hidden = false;
    }
    button.disabled = false;
}

if (form && line) {
    // Before the form looks whether somebody is signed in and saves.
    form.addEventListener("submit", read, { capture: true });
}
