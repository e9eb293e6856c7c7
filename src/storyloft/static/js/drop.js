// Drop files or folders anywhere. Each file is sent by itself, so that what arrived is safe whatever happens next.

(() => {
  const AT_A_TIME = 3;
  const token = document.querySelector('meta[name="csrf-token"]')?.content;
  if (!token) return;

  const post = (url, body) => fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token } });

  // A dropped folder is a tree of entries; a browser hands them out a hundred at a time.
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
    const box = document.createElement("section");
    box.className = "dropping";
    box.setAttribute("aria-label", "Files on their way");
    const told = document.createElement("p");
    const spoken = document.createElement("p");
    spoken.className = "unseen";
    spoken.setAttribute("role", "status");
    const progress = document.createElement("progress");
    progress.max = total;
    progress.setAttribute("aria-label", "How much has arrived");
    box.append(told, progress, spoken);
    document.body.append(box);
    const speak = window.quarterly(spoken);
    const began = Date.now();
    return {
      show(done, lost) {
        progress.value = done;
        const left = done ? Math.ceil(((Date.now() - began) / 1000 / done) * (total - done - lost)) : 0;
        told.textContent = `${done} of ${total} file${total === 1 ? "" : "s"} arrived${left > 1 ? `, about ${left} s left` : ""}. Leave this page open until all are here.`;
        speak((done + lost) / total, told.textContent);
      },
      end(words, page) {
        told.textContent = `${words} `;
        progress.hidden = true;
        spoken.textContent = words;
        if (!page) return;
        const link = document.createElement("a");
        link.href = page;
        link.textContent = "See what arrived";
        told.append(link);
      },
    };
  };

  const sendOne = async (where, { file, path }) => {
    const address = `${where}?path=${encodeURIComponent(path)}&size=${file.size}`;
    const tooLarge = file.size > 256 * 1024 * 1024;
    for (let tries = 0; tries < 3; tries += 1) {
      try {
        const answer = await post(address, tooLarge ? null : file);
        if (answer.ok || answer.status === 413) return true;
      } catch {
        // the line was cut: try again
      }
    }
    return false;
  };

  const stay = (event) => event.preventDefault();

  const bring = async (files) => {
    if (!files.length) return;
    const way = bar(files.length);
    way.show(0, 0);
    const begun = await post(`${document.body.dataset.dropUrl}/begin`).then((answer) => answer.json()).catch(() => null);
    if (!begun) return way.end("The archive does not answer. Nothing was sent; try again in a moment.");
    addEventListener("beforeunload", stay);
    let done = 0, lost = 0;
    const queue = [...files];
    const lane = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        if (await sendOne(begun.files, next)) done += 1; else lost += 1;
        way.show(done, lost);
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, lane));
    await post(begun.ready).catch(() => null);
    removeEventListener("beforeunload", stay);
    if (!lost) return location.assign(begun.page);
    way.end(`${done} of ${files.length} files arrived and are being read. ${lost} did not: drop ${lost === 1 ? "it" : "them"} again.`, begun.page);
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
