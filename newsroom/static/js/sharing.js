// Copy the address, hand the page to the device's own share sheet, print.
for (const button of document.querySelectorAll("button[data-copy]")) {
  const label = button.textContent;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await copy(button.dataset.copy);
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}

async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // Without HTTPS there is no clipboard; a selected field has one.
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

for (const button of document.querySelectorAll("button[data-share]")) {
  button.classList.toggle("offered", Boolean(navigator.share));
  button.addEventListener("click", () => {
    navigator.share({ url: button.dataset.share, title: document.querySelector("h1").textContent }).catch(() => {});
  });
}

for (const button of document.querySelectorAll("button[data-print]")) {
  button.addEventListener("click", () => print());
}

// A click elsewhere or the Escape key closes the code for WeChat.
const codes = document.querySelectorAll(".share details");
function close(event) {
  for (const code of codes) if (!code.contains(event.target) || event.key === "Escape") code.open = false;
}
document.addEventListener("click", close);
document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(event); });

// Who reports an error brings along what they have selected.
const report = document.querySelector(".report a");
if (report) {
  report.addEventListener("click", () => {
    const selection = String(getSelection()).trim().slice(0, 500);
    report.hash = selection ? `passage=${encodeURIComponent(selection)}` : "";
  });
}
