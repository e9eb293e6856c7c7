// Before and after stay at the same words: side by side one scrolls with the other, on a phone one turns to the other.
(() => {
  const wide = matchMedia("(min-width: 60rem)");

  // The first piece at or below a line across the window, and how far below it begins.
  const at = (side, line) => {
    const piece = [...side.querySelectorAll("[data-piece]")].find((one) => one.getBoundingClientRect().bottom > line);
    return piece && { number: Number(piece.dataset.piece), below: piece.getBoundingClientRect().top - line };
  };

  // The same piece on the other side; what was stripped is only on one, so else the last one before it.
  const twin = (side, number) => {
    const pieces = [...side.querySelectorAll("[data-piece]")];
    return pieces.findLast((one) => Number(one.dataset.piece) <= number) || pieces[0];
  };

  const together = (box) => {
    const [before, after] = box.querySelectorAll(".side");
    let leading = null;
    const lead = (side) => () => (leading = side);
    const follow = (side, other) => () => {
      if (leading !== side || !wide.matches) return;
      const line = side.getBoundingClientRect().top + 60;
      const place = at(side, line);
      const piece = place && twin(other, place.number);
      if (piece) other.scrollTop += piece.getBoundingClientRect().top - (other.getBoundingClientRect().top + 60) - place.below;
    };
    for (const [side, other] of [[before, after], [after, before]]) {
      // The side under the hand leads; the other, which is moved, does not move it back.
      for (const touch of ["pointerenter", "focusin", "wheel", "touchstart"]) side.addEventListener(touch, lead(side), { passive: true });
      side.addEventListener("scroll", follow(side, other), { passive: true });
    }
  };

  const turning = (nav, box) => {
    const links = [...nav.querySelectorAll("a")];
    const show = (name) => {
      box.dataset.shown = name;
      for (const link of links) {
        if (link.hash.startsWith(`#${name}`)) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    };
    for (const link of links)
      link.addEventListener("click", (event) => {
        event.preventDefault();
        const name = link.hash.slice(1).split("-")[0];
        const line = nav.getBoundingClientRect().bottom;
        const place = at(box.querySelector(`.${box.dataset.shown}`), line);
        show(name);
        const piece = place && twin(box.querySelector(`.${name}`), place.number);
        // At the top both begin together; further down the words stay where they are.
        if (piece && box.getBoundingClientRect().top < 0) scrollBy({ top: piece.getBoundingClientRect().top - line - place.below, behavior: "instant" });
      });
    show("before");
  };

  for (const section of document.querySelectorAll(".before-after")) {
    const box = section.querySelector(".two-sides");
    together(box);
    turning(section.querySelector(".sides"), box);
  }
})();
