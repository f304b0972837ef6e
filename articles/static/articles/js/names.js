// Names for what the libraries leave nameless: choice fields and the text editor.
function nameChoices(root) {
    for (const select of root.querySelectorAll("select.admin-autocomplete")) {
        const label = document.querySelector(`label[for="${select.id}"]`);
        const box = select.nextElementSibling?.querySelector("[role=combobox]");
        const shown = box?.querySelector(".select2-selection__rendered");
        if (label && shown) {
            label.id ||= `${select.id}-label`;
            box.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
            shown.setAttribute("aria-labelledby", label.id);
        }
    }
}

function nameEditors() {
    for (const area of document.querySelectorAll(".prose-editor > textarea")) {
        const label = document.querySelector(`label[for="${area.id}"]`);
        const editor = area.parentElement.querySelector("[contenteditable=true]");
        editor?.setAttribute("aria-label", label?.textContent ?? area.name);
    }
}

// After the admin's own scripts, which make the fields in the same queue.
window.django?.jQuery?.(() => nameChoices(document));
document.addEventListener("formset:added", (event) => {
    setTimeout(() => nameChoices(event.target));
});

// The editor may be there before this module is, or after it.
nameEditors();
document.addEventListener("prose-editor:ready", () => setTimeout(nameEditors));
