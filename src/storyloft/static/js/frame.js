// What is alive in the frame of every page: sheets that open, the appearance panel, suggestions while searching.
(() => {
  // Our own pages' parts, cleaned on the server, may become HTML; nothing may become script (Trusted Types).
  window.trustedTypes?.createPolicy("default", { createHTML: (html) => html });

  // Sheets -------------------------------------------------------------------------------------------------------
  window.openSheet = (sheet) => {
    if (!sheet.open) sheet.showModal();
  };

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) window.openSheet(document.getElementById(opener.dataset.opens));
    // A click on the dimmed page beside an open sheet closes it.
    if (event.target.matches?.("dialog.sheet")) {
      const box = event.target.getBoundingClientRect();
      const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
      if (!inside) event.target.close();
    }
  });

  // A link that has a panel opens it here; without JavaScript it is a page of its own.
  const panels = new Map();
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-panel]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const name = link.dataset.panel;
    const panel = panels.get(name) || document.getElementById(name) || newPanel(name);
    if (!panels.has(name)) {
      const address = new URL(link.dataset.panelUrl || link.href, location);
      address.searchParams.set("panel", "1");
      const answer = await fetch(address).catch(() => null);
      if (!answer || !answer.ok) return void (location.href = link.href);
      panel.querySelector(".filled").innerHTML = await answer.text();
      panels.set(name, panel);
      document.dispatchEvent(new CustomEvent("panel", { detail: panel }));
    }
    window.openSheet(panel);
  });

  const newPanel = (name) => {
    const panel = document.createElement("dialog");
    panel.className = "sheet";
    panel.setAttribute("aria-labelledby", `${name}-name`);
    panel.innerHTML = '<div class="filled"></div>';
    document.body.append(panel);
    return panel;
  };

  document.addEventListener("click", (event) => {
    const close = event.target.closest(".close");
    if (close && close.type !== "submit") close.closest("dialog")?.close();
  });

  // Addresses stay short: a field left empty is not sent.
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form.filters"))
      for (const field of event.target.elements) if (field.name && !field.value) field.disabled = true;
  });

  // Appearance ---------------------------------------------------------------------------------------------------
  const panel = document.getElementById("appearance");
  const show = () => {
    const look = window.appearance.read();
    for (const input of panel.querySelectorAll("input")) {
      if (input.type === "radio") input.checked = input.value === (look[input.name] || "");
      else input.value = window.appearance.measure(input.name);
    }
  };
  panel.addEventListener("input", (event) => window.appearance.choose(event.target.name, event.target.value));
  panel.querySelector("[data-appearance-reset]").addEventListener("click", () => {
    window.appearance.reset();
    show();
  });
  show();

  // Progress is said aloud four times, not once a second.
  window.quarterly = (element) => {
    let said = -1;
    return (share, words) => {
      const quarter = Math.floor(share * 4);
      if (quarter === said) return;
      said = quarter;
      element.textContent = words;
    };
  };

  // Suggestions --------------------------------------------------------------------------------------------------
  const form = document.querySelector("form[data-suggest]");
  if (!form) return;
  const box = form.querySelector("input");
  const list = document.createElement("ul");
  list.id = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  form.append(list);
  for (const [name, value] of [["role", "combobox"], ["aria-controls", "suggestions"], ["aria-expanded", "false"], ["aria-autocomplete", "list"]])
    box.setAttribute(name, value);

  let waiting, at = -1;
  const expand = (open) => {
    list.hidden = !open;
    box.setAttribute("aria-expanded", String(open));
    if (!open) at = -1, box.removeAttribute("aria-activedescendant");
  };
  const fill = (found) => {
    list.replaceChildren(
      ...found.map((one, index) => {
        const row = document.createElement("li"), link = document.createElement("a");
        // The link is the option: within one it would be nested where assistive technologies cannot reach it.
        row.setAttribute("role", "presentation");
        link.id = `suggestion-${index}`;
        link.setAttribute("role", "option");
        link.href = one.url;
        link.tabIndex = -1;
        link.textContent = one.words;
        row.append(link);
        return row;
      }),
    );
    expand(found.length > 0);
  };
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    const typed = box.value.trim();
    if (typed.length < 2) return expand(false);
    waiting = setTimeout(async () => {
      const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(typed)}`).catch(() => null);
      // The reader typed on meanwhile: an answer to an older word is no help.
      if (answer?.ok && box.value.trim() === typed) fill((await answer.json()).suggestions || []);
    }, 150);
  });
  box.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "Escape") return void (event.preventDefault(), expand(false));
    if (event.key === "Enter" && at >= 0) return void (event.preventDefault(), list.children[at].firstChild.click());
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    at = (at + (event.key === "ArrowDown" ? 1 : -1) + list.children.length) % list.children.length;
    [...list.children].forEach((row, index) => row.firstChild.setAttribute("aria-selected", String(index === at)));
    box.setAttribute("aria-activedescendant", list.children[at].firstChild.id);
  });
  form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || setTimeout(() => expand(false), 150));
})();
