// Signing in in another window makes a new token: what is sent again goes with the one of now.
import { token } from "./token.js";

for (const form of document.querySelectorAll("form.send-again")) {
    form.addEventListener("submit", () => {
        const now = token();
        if (now) {
            form.elements.namedItem("csrfmiddlewaretoken").value = now;
        }
    });
}
