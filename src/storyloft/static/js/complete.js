// Any <input data-complete="character"> becomes a combobox that offers tags while somebody types (ARIA 1.2 pattern).
// data-fandom: the fandom to look in first, or data-fandom-from: the name of the field that holds it.
// data-complete-of: the id of a field whose value is the kind.
// data-many: several names, parted by this sign; the one under the cursor is completed.
(() => {
  const ADDRESS = document.documentElement.dataset.completeUrl || "/tags/complete";
  let made = 0;

  const upgrade = (box) => {
    if (box.dataset.completing) return;
    box.dataset.completing = "1";
    const id = `complete-${(made += 1)}`;
    const frame = document.createElement("span");
    frame.className = "complete";
    box.before(frame);
    const list = document.createElement("ul");
    list.id = id;
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Offered names");
    const told = document.createElement("span");
    told.className = "unseen";
    told.setAttribute("role", "status");
    frame.append(box, list, told);
    const roles = { role: "combobox", "aria-controls": id, "aria-expanded": "false", "aria-autocomplete": "list", autocomplete: "off" };
    for (const [name, value] of Object.entries(roles)) box.setAttribute(name, value);

    let waiting, at = -1, asked = 0;
    const close = () => {
      asked += 1;
      clearTimeout(waiting);
      list.hidden = true;
      at = -1;
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
    };

    // The name under the cursor, where the field holds several.
    const part = () => {
      const sign = box.dataset.many;
      if (!sign) return { start: 0, end: box.value.length };
      const cursor = box.selectionStart ?? box.value.length;
      const start = box.value.lastIndexOf(sign, cursor - 1) + 1;
      const next = box.value.indexOf(sign, cursor);
      return { start, end: next < 0 ? box.value.length : next };
    };
    const typed = () => box.value.slice(part().start, part().end).trim();

    const choose = (row) => {
      const { start, end } = part();
      const before = box.value.slice(0, start), after = box.value.slice(end);
      const name = row.dataset.name;
      box.value = before + (start ? " " : "") + name + after;
      const cursor = before.length + (start ? 1 : 0) + name.length;
      box.setSelectionRange(cursor, cursor);
      close();
      box.focus();
      box.dispatchEvent(new Event("change", { bubbles: true }));
    };

    const mark = (index) => {
      at = index;
      [...list.children].forEach((row, here) => row.setAttribute("aria-selected", String(here === at)));
      if (at < 0) return box.removeAttribute("aria-activedescendant");
      box.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest" });
    };

    const fill = (offers) => {
      list.replaceChildren(
        ...offers.map((one, index) => {
          const row = document.createElement("li"), name = document.createElement("span"), note = document.createElement("span");
          row.id = `${id}-${index}`;
          row.dataset.name = one.name;
          row.setAttribute("role", "option");
          row.setAttribute("aria-selected", "false");
          name.textContent = one.name;
          note.className = "small";
          const works = one.works ? `${one.works} work${one.works === 1 ? "" : "s"}` : "";
          note.textContent = [one.wording && `for “${one.wording}”`, works].filter(Boolean).join(", ");
          row.append(name, " ", note);
          return row;
        }),
      );
      list.hidden = !offers.length;
      box.setAttribute("aria-expanded", String(offers.length > 0));
      told.textContent = offers.length ? `${offers.length} offered` : "";
      mark(-1);
    };

    const fandom = () => {
      const field = box.dataset.fandomFrom && box.form?.elements[box.dataset.fandomFrom];
      return box.dataset.fandom || (field ? field.value.split(",")[0].trim() : "");
    };

    const kind = () => document.getElementById(box.dataset.completeOf)?.value || box.dataset.complete;

    const ask = async () => {
      const words = typed(), turn = (asked += 1);
      if (words.length < 2 && !/[^\u0000-\u024f]/.test(words)) return close();
      const query = new URLSearchParams({ kind: kind(), q: words, fandom: fandom() });
      const answer = await fetch(`${ADDRESS}?${query}`).catch(() => null);
      // They typed on meanwhile: an answer to an older word is no help.
      if (answer?.ok && turn === asked) fill((await answer.json()).offers);
    };

    box.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, 150);
    });
    box.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const rows = list.children.length;
      if (list.hidden) {
        if (event.key === "ArrowDown" && event.altKey) event.preventDefault(), ask();
        return;
      }
      if (event.key === "Escape") event.preventDefault(), event.stopPropagation(), close();
      else if (event.key === "Enter" && at >= 0) event.preventDefault(), choose(list.children[at]);
      else if (event.key === "Tab") close();
      else if (event.key === "ArrowDown") event.preventDefault(), mark((at + 1) % rows);
      else if (event.key === "ArrowUp") event.preventDefault(), mark((at <= 0 ? rows : at) - 1);
    });
    // Before the field loses its focus, for a mouse and a finger alike.
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const row = event.target.closest("li");
      if (row) choose(row);
    });
    box.addEventListener("blur", () => setTimeout(close, 120));
  };

  const look = (root) => root.querySelectorAll("input[data-complete]").forEach(upgrade);
  look(document);
  // A panel that was fetched later has fields, too.
  document.addEventListener("panel", (event) => look(event.detail));
})();
