// The paragraph a reader has reached: kept as they read, offered quietly on their return.
// Signed in it is sent to the server, signed out it stays in this browser.
(() => {
  const page = document.querySelector(".page[data-chapter]");
  if (!page) return;
  const { work, chapter, placeUrl } = page.dataset;
  const KEY = `storyloft-place-${work}`;
  const text = document.getElementById("text");
  const passages = [...text.querySelectorAll('[id^="p-"]')];
  const SELDOM = 8000;
  let last = "", sentAt = 0, later, moved = false;

  const paged = () => document.documentElement.dataset.mode === "pages";

  // The first passage whose end is still to come.
  const reached = () => {
    const frame = page.getBoundingClientRect();
    const passed = paged()
      ? (box) => box.right <= frame.left + 1
      : (box) => box.bottom <= 72;
    let low = 0, high = passages.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (passed(passages[middle].getBoundingClientRect())) low = middle + 1;
      else high = middle;
    }
    return passages[Math.min(low, passages.length - 1)];
  };

  const fraction = () => {
    if (paged()) {
      const room = page.scrollWidth - page.clientWidth;
      return room > 0 ? Math.min(1, page.scrollLeft / room) : 1;
    }
    const box = text.getBoundingClientRect();
    return Math.min(1, Math.max(0, (innerHeight - box.top) / Math.max(box.height, 1)));
  };

  const now = () => ({ chapter, passage: reached()?.id || "", fraction: fraction().toFixed(4) });

  const form = (place) => {
    const fields = new FormData();
    for (const [name, value] of Object.entries(place)) fields.set(name, value);
    fields.set("csrfmiddlewaretoken", document.querySelector('meta[name="csrf-token"]').content);
    return fields;
  };

  const keep = (leaving = false) => {
    clearTimeout(later);
    later = undefined;
    const place = now(), words = JSON.stringify(place);
    if (words === last) return;
    last = words;
    sentAt = Date.now();
    if (!placeUrl) {
      try {
        localStorage.setItem(KEY, JSON.stringify({ ...place, position: page.dataset.position, address: location.pathname + location.search }));
      } catch {
        // storage is off: nothing to keep it in
      }
    } else if (leaving && navigator.sendBeacon) navigator.sendBeacon(placeUrl, form(place));
    else fetch(placeUrl, { method: "POST", body: form(place), keepalive: true }).catch(() => (last = ""));
  };

  const soon = () => {
    moved = true;
    if (!later) later = setTimeout(keep, Math.max(1200, SELDOM - (Date.now() - sentAt)));
  };

  addEventListener("scroll", soon, { passive: true });
  page.addEventListener("scroll", soon, { passive: true });
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && moved && keep(true));
  addEventListener("pagehide", () => moved && keep(true));
  // Before the next page is asked for, so that it already knows.
  addEventListener("click", (event) => moved && event.target.closest("a[href]") && keep(true), true);
  // A chapter shorter than the window is read without scrolling; opening it counts after a moment.
  setTimeout(soon, 4000);

  window.readingPlace = { passages, reached, fraction };

  // On return -----------------------------------------------------------------------------------------------------
  const remembered = () => {
    if (page.dataset.wasAt !== undefined) return { passage: page.dataset.wasAt, fraction: Number(page.dataset.wasSoFar) };
    if (placeUrl) return null;
    try {
      const kept = JSON.parse(localStorage.getItem(KEY));
      return kept?.chapter === chapter ? kept : null;
    } catch {
      return null;
    }
  };

  const offer = (passage) => {
    const line = document.querySelector(".offer"), link = document.createElement("a"), no = document.createElement("button");
    link.href = `#${passage}`;
    link.textContent = "Go on where you stopped";
    no.className = "close";
    no.type = "button";
    no.setAttribute("aria-label", "Stay here");
    no.textContent = "×";
    line.replaceChildren(link, no);
    line.hidden = false;
    const gone = () => (line.hidden = true);
    line.addEventListener("click", gone);
    // Whoever reads on from the top has answered.
    addEventListener("scroll", () => scrollY > innerHeight && gone(), { passive: true });
    setTimeout(gone, 20000);
  };

  const was = remembered();
  if (was && !location.hash && was.passage && was.fraction < 0.98) {
    const index = passages.findIndex((one) => one.id === was.passage);
    if (index > 2) offer(was.passage);
  }
})();
