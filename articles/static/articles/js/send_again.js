// Signing in in another window makes a new token: what is sent again goes with the one of now.
for (const form of document.querySelectorAll("form.send-again")) {
    form.addEventListener("submit", () => {
        const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
        if (token) {
            form.elements.namedItem("csrfmiddlewaretoken").value = token;
        }
    });
}
