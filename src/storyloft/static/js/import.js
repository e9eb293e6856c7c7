/* The import's live rows keep what was ticked and where one had scrolled; a finished one asks no more. */
"use strict";

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-ready]")) return;
  event.preventDefault();
  await fetch(form.action, { method: "POST", body: new FormData(form) });
  location.reload();
});
