// An import while it runs: its numbers and rows are brought up to date where they stand. Nothing that did not change is
// touched, so what was ticked, what has the focus and where one had scrolled to all stay.
(() => {
  const box = document.getElementById("rows");
  if (!box) return;
  const list = box.querySelector(".import-rows"), spoken = box.querySelector('[role="status"]');
  const speak = window.quarterly(spoken);

  // The first row that begins in the window stays at its height there, however much those above it grow.
  const steadily = (change) => {
    const row = [...list.children].find((one) => one.getBoundingClientRect().top >= 0);
    const before = row?.getBoundingClientRect().top;
    change();
    const now = row && document.getElementById(row.id);
    if (now && scrollY > 0) scrollBy({ top: now.getBoundingClientRect().top - before, behavior: "instant" });
  };

  const exchange = (old, fresh) => {
    for (const tick of old.querySelectorAll("input:checked"))
      for (const same of fresh.querySelectorAll("input")) if (same.value === tick.value) same.checked = true;
    const held = old.contains(document.activeElement) ? document.activeElement : null;
    old.replaceWith(fresh);
    if (!held) return;
    const again = [...fresh.querySelectorAll("a, input, button")].find((one) => one.href === held.href && one.value === held.value);
    again?.focus({ preventScroll: true });
  };

  // A part with a form in it carries another token every time: its version says whether it changed.
  const same = (old, fresh) => (old.dataset.version ? old.dataset.version === fresh.dataset.version : old.isEqualNode(fresh));

  const rows = (fresh) => {
    const wanted = new Set([...fresh.children].map((row) => row.id));
    for (const row of [...list.children]) if (!wanted.has(row.id)) row.remove();
    for (const row of [...fresh.children]) {
      const old = document.getElementById(row.id);
      if (!old) list.append(row);
      else if (!same(old, row)) exchange(old, row);
    }
  };

  const merge = (fresh) => {
    const bar = box.querySelector("progress"), told = box.querySelector(".told");
    bar.value = fresh.querySelector("progress").value;
    told.replaceChildren(...fresh.querySelector(".told").childNodes);
    for (const part of [...fresh.querySelectorAll("[data-part]")]) {
      const old = box.querySelector(`[data-part="${part.dataset.part}"]`);
      if (!same(old, part)) exchange(old, part);
    }
    rows(fresh.querySelector(".import-rows"));
    box.dataset.finished = fresh.dataset.finished;
    speak(bar.value / bar.max, told.textContent.trim());
  };

  const ask = async () => {
    const answer = document.hidden ? null : await fetch(box.dataset.poll).catch(() => null);
    const fresh = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("rows");
    if (fresh) steadily(() => merge(fresh));
    if (box.dataset.finished !== "yes") setTimeout(ask, 1000);
  };
  if (box.dataset.finished !== "yes") setTimeout(ask, 1000);

  box.addEventListener("submit", async (event) => {
    if (!event.target.matches("[data-ready]")) return;
    event.preventDefault();
    event.target.querySelector("button").disabled = true;
    await fetch(event.target.action, { method: "POST", body: new FormData(event.target) }).catch(() => null);
  });
})();
