// The filters beside a list: fetched where there is room for them, and counted anew with every change.
(() => {
  const roomy = matchMedia("(min-width: 68rem)");
  const list = document.querySelector(".with-filters");

  const fetched = async (address) => {
    const url = new URL(address, location);
    url.searchParams.set("panel", "1");
    const answer = await fetch(url).catch(() => null);
    return answer?.ok ? answer.text() : null;
  };
  const fill = (place, html) => {
    place.innerHTML = html;
    document.dispatchEvent(new CustomEvent("panel", { detail: place }));
  };

  const beside = async () => {
    const place = list?.querySelector(".beside .filled");
    if (!roomy.matches || !place || place.firstChild) return;
    const html = await fetched(list.dataset.filtersUrl);
    if (html !== null && !place.firstChild) fill(place, html);
  };
  beside();
  roomy.addEventListener("change", beside);

  // What somebody opened or closed, and where they were, outlives the counting.
  let asked = 0;
  const recount = async (form) => {
    const mine = ++asked;
    const place = form.closest(".filled");
    const chosen = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    form.setAttribute("aria-busy", "true");
    const html = await fetched(`${form.getAttribute("action")}?${chosen}`);
    if (mine !== asked) return;
    if (html === null) return void form.removeAttribute("aria-busy");
    const open = new Map([...form.querySelectorAll("details")].map((one) => [one.dataset.group, one.open]));
    const { name, value, type } = document.activeElement || {};
    const scrolled = (place.closest("dialog") || place.parentElement).scrollTop;
    fill(place, html);
    for (const one of place.querySelectorAll("details")) if (open.has(one.dataset.group)) one.open = open.get(one.dataset.group);
    (place.closest("dialog") || place.parentElement).scrollTop = scrolled;
    const again = [...place.querySelectorAll("input, select")].find((one) => one.name === name && (type !== "checkbox" || one.value === value));
    again?.focus({ preventScroll: true });
  };

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-filters]");
    if (!form) return;
    // Only with it or without it: both at once would leave nothing.
    const row = event.target.closest("li");
    if (row && event.target.checked)
      for (const other of row.querySelectorAll("input")) if (other !== event.target) other.checked = false;
    recount(form);
  });
})();
