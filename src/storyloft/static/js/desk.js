// A bin of the wrangling desk: tick all of them at once, and say how many are ticked.
(() => {
  const form = document.querySelector(".desk-bin");
  if (!form) return;
  const boxes = [...form.querySelectorAll('.desk-rows input[type="checkbox"]')];
  const told = form.querySelector("[data-ticked]");
  const tell = () => {
    const number = boxes.filter((box) => box.checked).length;
    told.textContent = number ? `(${number})` : "";
  };
  form.addEventListener("change", (event) => {
    const which = event.target.dataset.tick;
    if (which)
      for (const box of boxes) if (which === "all" || "suggested" in box.closest("li").dataset) box.checked = event.target.checked;
    tell();
  });
  // Enter in the name's field assigns; it must not press the first button of the first row.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.defaultPrevented || event.target.name !== "name") return;
    event.preventDefault();
    form.requestSubmit(form.querySelector('[name="do"][value="mean"]'));
  });
  tell();
})();
