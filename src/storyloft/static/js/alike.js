// On a work's page: the few works most like it, asked for when the reader comes near them.
(() => {
  const place = document.querySelector("[data-alike]");
  if (!place || !("IntersectionObserver" in window)) return;
  const fill = async () => {
    const answer = await fetch(place.dataset.alike).catch(() => null);
    // The link to the page of its own stays where nothing came.
    if (answer?.ok) place.querySelector(".filled").innerHTML = await answer.text();
  };
  const watch = new IntersectionObserver((seen) => {
    if (!seen.some((one) => one.isIntersecting)) return;
    watch.disconnect();
    fill();
  }, { rootMargin: "200px" });
  watch.observe(place);
})();
