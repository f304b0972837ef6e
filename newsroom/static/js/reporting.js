// What was selected in the article comes along in the address, and goes no further than this page.
const passage = document.querySelector("#id_passage");
const [, selected] = location.hash.split("#passage=");
if (selected && !passage.value) {
  try {
    passage.value = decodeURIComponent(selected).slice(0, passage.maxLength);
  } catch { /* a broken address carries nothing */ }
  history.replaceState(null, "", location.pathname);
}
