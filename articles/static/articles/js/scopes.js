// Keeps what a heading cell of a table says that it heads: a row, a column, a group of them.
import { Extension } from "django-prose-editor/editor";

export const Scopes = Extension.create({
    name: "scopes",
    addGlobalAttributes: () => [
        {
            types: ["tableHeader"],
            attributes: {
                scope: {
                    default: null,
                    parseHTML: (cell) => cell.getAttribute("scope"),
                    renderHTML: ({ scope }) => (scope ? { scope } : {}),
                },
            },
        },
    ],
});
