// What stands between the paragraphs: figures of one picture or several, and videos of others.
import { Figure as BaseFigure, Node } from "django-prose-editor/editor";

const SIZES = ["full", "side"];

function sizeOf(element) {
    return SIZES.find((size) => element.classList.contains(size)) ?? null;
}

export const Figure = BaseFigure.extend({
    content: "image+ caption?",
    addAttributes() {
        return {
            class: {
                default: null,
                parseHTML: sizeOf,
                renderHTML: (attributes) => (attributes.class ? { class: attributes.class } : {}),
            },
        };
    },
    // `figure_tools.js` shows it.
    addNodeView: null,
    addExtensions: () => [],
});

export const Video = Node.create({
    name: "video",
    group: "block",
    atom: true,
    draggable: true,
    selectable: true,
    addAttributes() {
        return { href: { default: "" }, words: { default: "" } };
    },
    parseHTML() {
        return [
            {
                tag: "figure",
                priority: 60,
                getAttrs(element) {
                    const link = element.querySelector("a[href]");
                    return link && !element.querySelector("img")
                        ? { href: link.getAttribute("href"), words: link.textContent.trim() }
                        : false;
                },
            },
        ];
    },
    renderHTML({ node }) {
        const { href, words } = node.attrs;
        return ["figure", { class: "video" }, ["a", { href }, words || href]];
    },
});
