/* Drop files or folders anywhere. Each file is sent by itself, so that what arrived is safe whatever happens next. */
"use strict";

(() => {
  const AT_A_TIME = 3;
  const token = document.querySelector('meta[name="csrf-token"]')?.content;
  if (!token) return;

  const post = (url, body) => fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token } });

  /* A dropped folder is a tree of entries; a browser hands them out a hundred at a time. */
  const entriesOf = async (folder) => {
    const reader = folder.createReader();
    const all = [];
    for (;;) {
      const some = await new Promise((done, failed) => reader.readEntries(done, failed));
      if (!some.length) return all;
      all.push(...some);
    }
  };

  const walk = async (entry, found) => {
    if (entry.name.startsWith(".")) return;
    if (entry.isDirectory) {
      for (const inner of await entriesOf(entry)) await walk(inner, found);
    } else {
      const file = await new Promise((done, failed) => entry.file(done, failed));
      found.push({ file, path: entry.fullPath.replace(/^\//, "") });
    }
  };

  const dropped = async (transfer) => {
    const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    if (!entries.length) return [...transfer.files].map((file) => ({ file, path: file.name }));
    const found = [];
    for (const entry of entries) await walk(entry, found);
    return found.sort((a, b) => a.path.localeCompare(b.path, undefined, { numeric: true }));
  };

  const bar = (total) => {
    const box = document.createElement("div");
    box.className = "dropping";
    box.setAttribute("role", "status");
    const told = document.createElement("p");
    const progress = document.createElement("progress");
    progress.max = total;
    progress.setAttribute("aria-label", "How much has arrived");
    box.append(told, progress);
    document.body.append(box);
    const began = Date.now();
    return (done, lost) => {
      progress.value = done;
      const left = done ? Math.ceil(((Date.now() - began) / 1000 / done) * (total - done)) : 0;
      told.textContent = `${done} of ${total} files arrived${left > 1 ? `, about ${left} s left` : ""}${lost ? `. ${lost} did not: drop them again` : ""}`;
    };
  };

  const sendOne = async (where, { file, path }) => {
    const address = `${where}?path=${encodeURIComponent(path)}&size=${file.size}`;
    const tooLarge = file.size > 256 * 1024 * 1024;
    for (let tries = 0; tries < 3; tries += 1) {
      try {
        const answer = await post(address, tooLarge ? null : file);
        if (answer.ok || answer.status === 413) return true;
      } catch { /* the line was cut: try again */ }
    }
    return false;
  };

  const bring = async (files) => {
    if (!files.length) return;
    const show = bar(files.length);
    show(0, 0);
    const begun = await (await post("/imports/begin")).json();
    let done = 0;
    let lost = 0;
    const queue = [...files];
    const lane = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        if (await sendOne(begun.files, next)) done += 1; else lost += 1;
        show(done, lost);
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, lane));
    await post(begun.ready);
    if (!lost) location.assign(begun.page);
  };

  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
  const veil = document.createElement("div");
  veil.className = "veil";
  const word = document.createElement("p");
  word.textContent = "Drop to bring them in";
  veil.append(word);

  document.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    document.body.append(veil);
  });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) veil.remove(); });
  document.addEventListener("drop", async (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    veil.remove();
    bring(await dropped(event.dataTransfer));
  });

  for (const id of ["choose-files", "choose-folder"]) {
    document.getElementById(id)?.addEventListener("change", (event) => {
      bring([...event.target.files].map((file) => ({ file, path: file.webkitRelativePath || file.name })));
    });
  }
})();
