// How pages look, chosen in this browser and kept in it: no cookie, no account. Runs before the page is drawn, so
// that nothing flashes; frame.js moves the controls.
(() => {
  const KEY = "storyloft-appearance";
  const root = document.documentElement;
  const NAMED = ["theme", "face", "lines", "mode"];
  const MEASURED = { size: [80, 180, 100], width: [44, 92, 64], spacing: [130, 220, 160] };

  // The browser's own bar takes the colour of the paper; these are the papers of frame.css, not yet loaded here.
  const PAPERS = { light: "#fbf7ef", sepia: "#f2e5cc", dark: "#1c1916", black: "#000000", contrast: "#ffffff" };

  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(KEY)) || {};
    } catch {
      return {}; // storage is off or holds something else: the usual look then
    }
  };

  const measure = (look, name) => {
    const [least, most, usual] = MEASURED[name];
    const number = Number(look[name]);
    return number >= least && number <= most ? number : usual;
  };

  const wear = (look) => {
    for (const name of NAMED) {
      if (look[name]) root.dataset[name] = look[name];
      else delete root.dataset[name];
    }
    for (const [index, bar] of document.querySelectorAll('meta[name="theme-color"]').entries())
      bar.content = PAPERS[look.theme] || [PAPERS.light, PAPERS.dark][index];
    root.style.setProperty("--size", measure(look, "size") / 100);
    root.style.setProperty("--measure", measure(look, "width"));
    root.style.setProperty("--leading", measure(look, "spacing") / 100);
  };

  root.dataset.js = "";
  window.appearance = {
    read,
    choose(name, value) {
      const look = { ...read(), [name]: value };
      keep(look);
    },
    reset: () => keep({}),
    measure: (name) => measure(read(), name),
  };

  const keep = (look) => {
    wear(look);
    try {
      localStorage.setItem(KEY, JSON.stringify(look));
    } catch {
      // nowhere to keep it: it holds for this page
    }
    document.dispatchEvent(new Event("appearance"));
  };

  wear(read());
  // Another tab chose something: follow.
  addEventListener("storage", (event) => {
    if (event.key === KEY) wear(read());
  });
})();
