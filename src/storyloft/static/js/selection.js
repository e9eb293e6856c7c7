// Words selected in a chapter: a small link that looks for that passage in the whole library.
(() => {
  const { remember } = document.currentScript.dataset;
  const text = document.querySelector(".page .prose");
  if (!remember || !text) return;
  const LONGEST = 600, FEWEST_WORDS = 3;
  const link = document.createElement("a");
  link.className = "find-this";
  link.textContent = "Find in my library";

  const words = (selection) => {
    const plain = String(selection).replace(/["“”„«»]/g, " ").replace(/\s+/g, " ").trim();
    return plain.length > LONGEST ? plain.slice(0, plain.lastIndexOf(" ", LONGEST)) : plain;
  };

  const hide = () => document.activeElement !== link && link.remove();

  const show = () => {
    const selection = getSelection();
    const range = selection.rangeCount && !selection.isCollapsed && selection.getRangeAt(0);
    const passage = range && (range.startContainer.nodeType === 1 ? range.startContainer : range.startContainer.parentElement);
    const block = passage?.closest('.prose [id^="p-"]');
    const said = block ? words(selection) : "";
    if (said.split(" ").length < FEWEST_WORDS) return hide();
    const found = `${remember}?${new URLSearchParams({ q: `“${said}”` })}`;
    if (link.getAttribute("href") !== found) link.href = found;
    // Inside the passage, so that Tab leads from the selected words to it; it stands outside the flow of the text.
    if (link.parentElement !== block) block.append(link);
    const box = range.getBoundingClientRect();
    const below = box.bottom + 12 + link.offsetHeight < innerHeight;
    link.style.top = `${Math.max(8, below ? box.bottom + 10 : box.top - link.offsetHeight - 10)}px`;
    link.style.left = `${Math.min(Math.max(8, box.left), innerWidth - link.offsetWidth - 8)}px`;
  };

  let later;
  document.addEventListener("selectionchange", () => {
    clearTimeout(later);
    // Not while the finger or the mouse still draws the selection.
    later = setTimeout(show, 250);
  });
  addEventListener("scroll", hide, { passive: true });
  addEventListener("keydown", (event) => event.key === "Escape" && link.remove());
})();
