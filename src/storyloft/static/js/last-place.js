// On a work's page, for readers who are not signed in: go on where this browser stopped.
(() => {
  const button = document.querySelector("[data-onward]");
  if (!button || document.querySelector('meta[name="csrf-token"]')) return;
  try {
    const kept = JSON.parse(localStorage.getItem(`storyloft-place-${button.dataset.onward}`));
    if (!kept || !/^\/works\/\d+\/chapters\/\d+(\?adult=1)?$/.test(kept.address)) return;
    button.href = kept.address + (/^p-[\w-]+$/.test(kept.passage) ? `#${kept.passage}` : "");
    button.textContent = `Continue in chapter ${Number(kept.position)}`;
  } catch {
    // nothing kept, or storage is off: the button says "Read"
  }
})();
