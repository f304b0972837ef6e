// What the text editor says. Its dialogs ask the catalogue for these words, its buttons do not.
const words = {
    "bold": gettext("bold"),
    "italic": gettext("italic"),
    "subscript": gettext("subscript"),
    "superscript": gettext("superscript"),
    "paragraph": gettext("paragraph"),
    "Paragraph": gettext("Paragraph"),
    "Heading 2": gettext("Heading 2"),
    "Heading 3": gettext("Heading 3"),
    "unordered list": gettext("unordered list"),
    "ordered list": gettext("ordered list"),
    "List properties": gettext("List properties"),
    "List type": gettext("List type"),
    "Start at": gettext("Start at"),
    "Decimal numbers": gettext("Decimal numbers"),
    "Lowercase letters": gettext("Lowercase letters"),
    "Uppercase letters": gettext("Uppercase letters"),
    "Lowercase Roman numerals": gettext("Lowercase Roman numerals"),
    "Uppercase Roman numerals": gettext("Uppercase Roman numerals"),
    "blockquote": gettext("blockquote"),
    "Blockquote": gettext("Blockquote"),
    "horizontal rule": gettext("horizontal rule"),
    "insert link": gettext("insert link"),
    "remove link": gettext("remove link"),
    "Edit Link": gettext("Edit Link"),
    "URL": gettext("URL"),
    "Title": gettext("Title"),
    "Insert table": gettext("Insert table"),
    "Insert Table": gettext("Insert Table"),
    "Table Properties": gettext("Table Properties"),
    "Rows": gettext("Rows"),
    "Columns": gettext("Columns"),
    "Include header row": gettext("Include header row"),
    "Yes": gettext("Yes"),
    "No": gettext("No"),
    "Add column": gettext("Add column"),
    "Delete column": gettext("Delete column"),
    "Add row": gettext("Add row"),
    "Delete row": gettext("Delete row"),
    "Merge cells": gettext("Merge cells"),
    "Split cell": gettext("Split cell"),
    "Toggle header cell": gettext("Toggle header cell"),
    "Delete table": gettext("Delete table"),
    "Edit Figure": gettext("Edit Figure"),
    "Insert Figure": gettext("Insert Figure"),
    "Image URL": gettext("Image URL"),
    "Alternative Text": gettext("Alternative Text"),
    "Caption": gettext("Caption"),
    "Insert": gettext("Insert"),
    "Update": gettext("Update"),
    "Cancel": gettext("Cancel"),
    "upload pictures": gettext("upload pictures"),
    "photos of the library": gettext("photos of the library"),
    "undo": gettext("undo"),
    "redo": gettext("redo"),
};

function translateButtons() {
    for (const button of document.querySelectorAll(".prose-menubar button")) {
        button.title = words[button.title] ?? button.title;
        button.ariaLabel = button.title || null;
    }
    for (const option of document.querySelectorAll(".prose-menubar__option")) {
        const text = option.textContent.trim();
        if ((words[text] ?? text) !== text) {
            option.textContent = words[text];
        }
    }
}

// The editor makes its buttons after this module has run, and some of them later still.
translateButtons();
const form = document.querySelector("#article_form");
if (form) {
    new MutationObserver(translateButtons).observe(form, { childList: true, subtree: true });
}
