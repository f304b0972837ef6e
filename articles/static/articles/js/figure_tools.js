// Tools at figures, their pictures and videos of the text: places, sizes, galleries, words.
import { Extension, Plugin } from "django-prose-editor/editor";

const SIZES = [
    ["", gettext("as wide as the text")],
    ["full", gettext("wider than the text")],
    ["side", gettext("at the side")],
];
const FIGURE = [
    ["grip", "⠿", gettext("Move this figure: drag it, or press the arrow keys")],
    ["up", "↑", gettext("Move the figure up")],
    ["down", "↓", gettext("Move the figure down")],
    ["caption", gettext("Caption")],
    ["words", gettext("Pictures…"), gettext("Alternative text, photographer, unit and order")],
    ["join", gettext("Gallery with the next")],
    ["apart", gettext("Take apart")],
    ["remove", gettext("Remove"), gettext("Remove this figure from the text")],
];
const VIDEO = [
    ["grip", "⠿", gettext("Move this video: drag it, or press the arrow keys")],
    ["up", "↑", gettext("Move the video up")],
    ["down", "↓", gettext("Move the video down")],
    ["remove", gettext("Remove"), gettext("Remove this video from the text")],
];
const PICTURE = [
    ["grip", "⠿", gettext("Move this picture: drag it, or press the arrow keys")],
    ["up", "←", gettext("Move the picture forward")],
    ["down", "→", gettext("Move the picture backward")],
];

function toolbar(buttons) {
    const tools = document.createElement("span");
    tools.className = "figure-tools";
    tools.contentEditable = "false";
    for (const [deed, sign, title] of buttons) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = sign;
        button.title = title ?? "";
        if (sign.length === 1) {
            button.ariaLabel = title;
        }
        button.dataset.deed = deed;
        tools.append(button);
    }
    const [grip, up, down] = tools.children;
    grip.dataset.grip = "";
    up.dataset.step = "-1";
    down.dataset.step = "1";
    return tools;
}

function sizes() {
    const size = document.createElement("select");
    size.ariaLabel = gettext("Size of the figure");
    size.append(...SIZES.map(([value, words]) => new Option(words, value)));
    return size;
}

function imagesOf(figure) {
    return figure.children.filter((child) => child.type.name === "image");
}

function captionOf(figure) {
    return figure.children.find((child) => child.type.name === "caption");
}

// What has a place among its neighbours, and tools to change it.
class Movable {
    constructor(node, view, getPos, { tag, among, buttons }) {
        Object.assign(this, { node, view, getPos });
        this.dom = document.createElement(tag);
        this.dom.dataset.among = among;
        this.tools = toolbar(buttons);
        this.tools.addEventListener("click", ({ target }) => this[target.dataset.deed]?.());
        this.dom.addEventListener("newsroom:moved", (event) => {
            // A picture moves inside its figure, which stays where it is.
            event.stopPropagation();
            this.moveTo(event.detail.index);
        });
    }

    // What the view of the whole text asks for

    update(node) {
        if (node.type !== this.node.type) {
            return false;
        }
        this.node = node;
        this.show();
        return true;
    }

    selectNode() {
        this.dom.classList.add("ProseMirror-selectednode");
    }

    deselectNode() {
        this.dom.classList.remove("ProseMirror-selectednode");
    }

    stopEvent(event) {
        return this.tools.contains(event.target);
    }

    ignoreMutation(mutation) {
        return !this.contentDOM?.contains(mutation.target);
    }

    // Its place

    moveTo(index) {
        const { state } = this.view;
        const from = this.getPos();
        const at = state.doc.resolve(from);
        if (!at.parent.canReplaceWith(index, index, this.node.type)) {
            return;
        }
        const before = at.parent.children.slice(0, index);
        const target = before.reduce((sum, child) => sum + child.nodeSize, at.start());
        const held = this.tools.contains(document.activeElement)
            ? document.activeElement.dataset.deed
            : null;
        const change = state.tr.delete(from, from + this.node.nodeSize);
        const where = change.mapping.map(target);
        this.view.dispatch(change.insert(where, this.node));
        // It is drawn anew there, and whoever moves it goes on.
        const moved = this.view.nodeDOM(where);
        moved?.querySelector(`[data-deed=${held}]`)?.focus({ preventScroll: true });
        moved?.scrollIntoView({ block: "nearest" });
    }

    remove() {
        const from = this.getPos();
        this.view.dispatch(this.view.state.tr.delete(from, from + this.node.nodeSize));
        this.view.focus();
    }
}

const BLOCKS = ":not(.ProseMirror-widget)";

class VideoView extends Movable {
    constructor(...given) {
        super(...given, { tag: "figure", among: BLOCKS, buttons: VIDEO });
        this.link = document.createElement("a");
        this.dom.className = "video";
        this.dom.append(this.link, this.tools);
        this.show();
    }

    show() {
        const { href, words } = this.node.attrs;
        this.link.href = href;
        this.link.textContent = words || href;
    }
}

// The tools are seen in a gallery alone: one picture has no order.
class PictureView extends Movable {
    constructor(...given) {
        super(...given, { tag: "span", among: ".picture", buttons: PICTURE });
        this.image = document.createElement("img");
        this.dom.className = "picture";
        this.dom.dataset.across = "";
        this.dom.append(this.image, this.tools);
        this.show();
    }

    show() {
        const { src, alt } = this.node.attrs;
        this.image.src = src ?? "";
        this.image.alt = alt ?? "";
    }
}

class FigureView extends Movable {
    constructor(...given) {
        super(...given, { tag: "figure", among: BLOCKS, buttons: FIGURE });
        this.contentDOM = document.createElement("div");
        this.tools.children[2].after(sizes());
        this.dom.append(this.contentDOM, this.tools);
        this.tools.addEventListener("change", ({ target }) => this.resize(target.value));
        this.show();
    }

    show() {
        const isGallery = imagesOf(this.node).length > 1;
        this.dom.className = ["figure", this.node.attrs.class].filter(Boolean).join(" ");
        this.dom.classList.toggle("gallery", isGallery);
        this.tool("caption").hidden = Boolean(captionOf(this.node));
        this.tool("apart").hidden = !isGallery;
        this.tools.querySelector("select").value = this.node.attrs.class ?? "";
    }

    tool(deed) {
        return this.tools.querySelector(`[data-deed=${deed}]`);
    }

    // Its place

    get next() {
        const at = this.view.state.doc.resolve(this.getPos());
        const after = at.parent.maybeChild(at.index() + 1);
        return after?.type === this.node.type ? after : null;
    }

    // What it is

    replace(figures, upTo = this.node.nodeSize) {
        const from = this.getPos();
        this.view.dispatch(this.view.state.tr.replaceWith(from, from + upTo, figures));
    }

    resize(size) {
        const attributes = { ...this.node.attrs, class: size || null };
        this.view.dispatch(
            this.view.state.tr.setNodeMarkup(this.getPos(), undefined, attributes),
        );
    }

    caption() {
        const { schema } = this.view.state;
        const end = this.getPos() + this.node.nodeSize - 1;
        this.view.dispatch(this.view.state.tr.insert(end, schema.nodes.caption.create()));
        const editor = this.view.dom.editor;
        editor?.chain().setTextSelection(end + 1).focus().run();
    }

    join() {
        const { next } = this;
        if (!next) {
            return;
        }
        const captions = [captionOf(this.node), captionOf(next)].filter((each) => each?.textContent);
        const words = captions.flatMap((each, at) =>
            at ? [this.view.state.schema.text(" "), ...each.children] : each.children,
        );
        const below = words.length ? [this.view.state.schema.nodes.caption.create(null, words)] : [];
        const images = [...imagesOf(this.node), ...imagesOf(next)];
        const joined = this.node.type.create(this.node.attrs, [...images, ...below]);
        this.replace(joined, this.node.nodeSize + next.nodeSize);
    }

    apart() {
        const caption = captionOf(this.node);
        const figures = imagesOf(this.node).map((image, at) =>
            this.node.type.create(this.node.attrs, !at && caption ? [image, caption] : [image]),
        );
        this.replace(figures);
    }

    words() {
        const images = imagesOf(this.node);
        const photos = images.map(({ attrs }) => ({ file: attrs.file, alt: attrs.alt ?? "" }));
        const apply = (said) => {
            const left = [...imagesOf(this.node)];
            const inOrder = said.map(({ file, alt }) => {
                const [image] = left.splice(left.findIndex(({ attrs }) => attrs.file === file), 1);
                return image.type.create({ ...image.attrs, alt: alt || null });
            });
            const below = [captionOf(this.node)].filter(Boolean);
            this.replace(this.node.type.create(this.node.attrs, [...inOrder, ...left, ...below]));
        };
        document.dispatchEvent(
            new CustomEvent("newsroom:picture-words", { detail: { photos, apply } }),
        );
    }
}

export const FigureTools = Extension.create({
    name: "figureTools",
    addProseMirrorPlugins() {
        const views = new Set();
        const plugin = new Plugin({
            props: {
                nodeViews: {
                    image: (...given) => new PictureView(...given.slice(0, 3)),
                    video: (...given) => new VideoView(...given.slice(0, 3)),
                    figure(...given) {
                        const made = new FigureView(...given.slice(0, 3));
                        views.add(made);
                        made.destroy = () => views.delete(made);
                        return made;
                    },
                },
            },
            view: () => ({
                // What follows a figure decides whether it can be joined.
                update: () => views.forEach((each) => (each.tool("join").hidden = !each.next)),
            }),
        });
        return [plugin];
    },
});
