// A video of another site: its player comes after a click, in a frame of its own, not before.
const body = document.querySelector("[data-play]");
for (const figure of body?.querySelectorAll("figure.video[data-player^='https://']") ?? []) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = body.dataset.play;
    button.addEventListener("click", () => {
        const frame = document.createElement("iframe");
        frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-presentation");
        frame.allow = "fullscreen";
        frame.referrerPolicy = "strict-origin";
        frame.title = figure.querySelector("a").textContent;
        frame.src = figure.dataset.player;
        button.replaceWith(frame);
    });
    figure.append(button);
}
