// Lets words that are selected in the text be commented on: the link takes them along.

const link = document.querySelector("a.comment-on");
const texts = ".ProseMirror, .readonly.prose, .prose, #id_headline";
const LONGEST = 500;

function selected() {
  const selection = document.getSelection();
  const at = selection?.anchorNode;
  const element = at instanceof Element ? at : at?.parentElement;
  return element?.closest(texts) ? selection.toString().trim().slice(0, LONGEST) : "";
}

if (link) {
  const [address, words] = [link.getAttribute("href"), link.textContent];
  document.addEventListener("selectionchange", () => {
    const passage = selected();
    link.href = passage ? `${address}?passage=${encodeURIComponent(passage)}` : address;
    link.textContent = passage ? link.dataset.selected : words;
  });
}
