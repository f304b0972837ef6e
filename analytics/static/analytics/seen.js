// Tells the newsroom that an article was read: once per view, again after a return by
// "back", and never for machines. Nothing is stored on the device.
(() => {
  const article = document.querySelector("[data-article][data-seen][data-seen-url]");
  if (!article || navigator.webdriver) return;

  const key = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) =>
      b.toString(16).padStart(2, "0"),
    ).join("");

  const referrer = () => {
    try {
      const { origin, pathname } = new URL(document.referrer);
      return (origin + pathname).slice(0, 400);
    } catch {
      return "";
    }
  };

  const post = (body, again) =>
    fetch(article.dataset.seenUrl, { method: "POST", body, keepalive: true }).then(
      (answer) => answer.status === 503 && again && setTimeout(post, 3000, body, false),
      () => again && setTimeout(post, 3000, body, false),
    );

  const report = () =>
    post(
      JSON.stringify({
        v: 1,
        a: +article.dataset.article,
        k: key(),
        r: referrer(),
        p: article.dataset.seen,
      }),
      true,
    );

  const whenSeen = () => {
    if (document.prerendering)
      document.addEventListener("prerenderingchange", whenSeen, { once: true });
    else if (document.visibilityState === "hidden")
      document.addEventListener("visibilitychange", whenSeen, { once: true });
    else report();
  };

  addEventListener("pageshow", (event) => event.persisted && whenSeen());
  whenSeen();
})();
