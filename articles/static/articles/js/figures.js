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
    addMenuItems({ buttons, menu }) {
        const offered = [
            ["full", "fullscreen", "wider than the text"],
            ["side", "format_align_right", "at the side"],
        ];
        for (const [size, icon, title] of offered) {
            menu.defineItem({
                name: `figure-${size}`,
                groups: "pictures",
                button: buttons.material(icon, title),
                active: (editor) => editor.isActive("figure", { class: size }),
                enabled: (editor) => editor.isActive("figure"),
                command(editor) {
                    const now = editor.isActive("figure", { class: size }) ? null : size;
                    editor.chain().focus().updateAttributes("figure", { class: now }).run();
                },
            });
        }
    },
    addNodeView() {
        return ({ node }) => {
            const dom = document.createElement("figure");
            const show = (shown) => {
                dom.className = ["figure", shown.attrs.class].filter(Boolean).join(" ");
                dom.classList.toggle("gallery", shown.childCount > 2);
            };
            show(node);
            return {
                dom,
                contentDOM: dom,
                update(updated) {
                    if (updated.type.name !== "figure") {
                        return false;
                    }
                    show(updated);
                    return true;
                },
            };
        };
    },
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
