// The reading page: the bar that comes when wanted, the keys, the thin line, and pages instead of scrolling.
(() => {
  const root = document.documentElement;
  const page = document.querySelector(".page");
  const bar = document.getElementById("bar");
  const line = document.querySelector(".progress-line span");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const paged = () => root.dataset.mode === "pages";

  // The bar -------------------------------------------------------------------------------------------------------
  const toggle = (wanted) => {
    const open = bar.classList.toggle("shown", wanted);
    document.querySelector("[data-bar]")?.setAttribute("aria-expanded", String(open));
  };
  toggle(false);
  document.querySelector("[data-bar]")?.addEventListener("click", () => toggle());
  let scrolledFrom = 0;
  addEventListener("scroll", () => {
    if (Math.abs(scrollY - scrolledFrom) > 160) toggle(false);
    if (!bar.classList.contains("shown")) scrolledFrom = scrollY;
    draw();
  }, { passive: true });

  // A tap on the text, which is neither a link nor the end of selecting words.
  page.addEventListener("click", (event) => {
    if (event.target.closest("a, button, summary, input, .spoiler") || String(getSelection())) return;
    const across = event.clientX / innerWidth;
    if (paged() && across < 0.25) return turn(-1);
    if (paged() && across > 0.75) return turn(1);
    scrolledFrom = scrollY;
    toggle();
  });

  // A hidden word shows itself under the finger, the mouse or the focus.
  for (const hidden of page.querySelectorAll(".spoiler")) hidden.tabIndex = 0;

  // Pages ---------------------------------------------------------------------------------------------------------
  const number = document.createElement("p");
  number.className = "page-number";
  number.setAttribute("aria-hidden", "true");
  document.body.append(number);
  const stride = () => page.clientWidth;
  const pages = () => Math.max(1, Math.round(page.scrollWidth / stride()));
  const current = () => Math.round(page.scrollLeft / stride());
  const follow = (rel) => document.querySelector(`.bar a[rel="${rel}"]`)?.click();

  const turn = (by) => {
    const to = current() + by;
    if (to < 0) return follow("prev");
    if (to >= pages()) return follow("next");
    page.scrollTo({ left: to * stride(), behavior: calm ? "auto" : "smooth" });
  };

  // The page a passage is on: columns put it to the right, and its page begins at a whole stride.
  const openAt = (passage) => {
    const left = passage.getBoundingClientRect().left - page.getBoundingClientRect().left + page.scrollLeft;
    page.scrollTo({ left: Math.floor((left + 1) / stride()) * stride(), behavior: "auto" });
  };

  const target = () => {
    try {
      return location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    } catch {
      return null; // a broken % in the address
    }
  };
  const land = () => {
    const wanted = target();
    if (wanted && page.contains(wanted) && paged()) openAt(wanted);
  };
  addEventListener("hashchange", land);
  page.addEventListener("scroll", () => draw(), { passive: true });
  let startX = null, startY = 0;
  page.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse") [startX, startY] = [event.clientX, event.clientY];
  });
  page.addEventListener("pointerup", (event) => {
    const [by, aside] = startX === null ? [0, 0] : [event.clientX - startX, event.clientY - startY];
    startX = null;
    if (paged() && Math.abs(by) > 45 && Math.abs(by) > 2 * Math.abs(aside)) turn(by < 0 ? 1 : -1);
  });

  // The thin line -------------------------------------------------------------------------------------------------
  const draw = () => {
    const room = paged() ? page.scrollWidth - page.clientWidth : root.scrollHeight - innerHeight;
    const so_far = room > 0 ? (paged() ? page.scrollLeft : scrollY) / room : 1;
    line.style.transform = `scaleX(${Math.min(1, Math.max(0, so_far))})`;
    number.hidden = !paged();
    if (paged()) number.textContent = `${current() + 1} of ${pages()}`;
  };

  // After a change of size, face or mode the reader stays at their paragraph.
  let held = null;
  const settle = () => {
    if (!held) return draw();
    if (paged()) openAt(held.passage);
    else scrollTo({ top: held.passage.getBoundingClientRect().top + scrollY - held.top });
    draw();
  };
  const hold = () => {
    const passage = window.readingPlace?.reached();
    const top = paged() ? innerHeight * 0.2 : passage?.getBoundingClientRect().top;
    held = passage ? { passage, top } : null;
  };
  addEventListener("scroll", () => document.querySelector("dialog[open]") || hold(), { passive: true });
  page.addEventListener("scroll", () => document.querySelector("dialog[open]") || hold(), { passive: true });
  document.addEventListener("appearance", () => requestAnimationFrame(settle));
  addEventListener("resize", () => paged() && settle());

  // Keys ----------------------------------------------------------------------------------------------------------
  let chosen = -1;
  const step = (by) => {
    const passages = window.readingPlace?.passages || [...page.querySelectorAll('.prose [id^="p-"]')];
    if (!passages.length) return;
    if (chosen < 0) chosen = Math.max(0, passages.indexOf(window.readingPlace?.reached())) - (by > 0 ? 1 : 0);
    passages[chosen]?.classList.remove("here");
    chosen = Math.min(passages.length - 1, Math.max(0, chosen + by));
    const passage = passages[chosen];
    passage.classList.add("here");
    if (paged()) openAt(passage);
    else scrollTo({ top: passage.getBoundingClientRect().top + scrollY - innerHeight * 0.3, behavior: calm ? "auto" : "smooth" });
  };
  const search = () => {
    const link = document.querySelector(".bar a.wide[href]");
    if (link) location.href = link.href;
  };
  const KEYS = {
    ArrowLeft: () => (paged() ? turn(-1) : follow("prev")),
    ArrowRight: () => (paged() ? turn(1) : follow("next")),
    j: () => step(1),
    k: () => step(-1),
    t: () => document.querySelector('[data-panel="contents"]')?.click(),
    a: () => window.openSheet(document.getElementById("appearance")),
    m: () => toggle(),
    l: () => document.querySelector(".find-this")?.click(),
    "/": search,
    "?": () => window.openSheet(document.getElementById("help")),
    PageDown: () => paged() && turn(1),
    PageUp: () => paged() && turn(-1),
    " ": () => paged() && turn(1),
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input, textarea, select, button, a, [contenteditable]") && !/^[a-z?/]$/.test(event.key)) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const act = KEYS[event.key];
    if (!act || (["PageDown", "PageUp", " "].includes(event.key) && !paged())) return;
    event.preventDefault();
    act();
  });

  // The chapter one is in, marked in the contents.
  document.addEventListener("panel", (event) => {
    const here = event.detail.querySelector(`a[href^="${location.pathname}"]`);
    here?.setAttribute("aria-current", "page");
    here?.scrollIntoView({ block: "center" });
  });

  // Fonts arrive after the first drawing and move the columns.
  (document.fonts?.ready || Promise.resolve()).then(() => {
    land();
    draw();
  });
  draw();
})();
