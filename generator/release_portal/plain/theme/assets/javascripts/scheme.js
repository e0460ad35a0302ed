/* The colour scheme, before anything is shown: the one that the reader chose here, or the system's. */
(() => {
  "use strict";

  const KEY = `${new URL("../../", document.currentScript.src).pathname}scheme`;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // the browser keeps nothing for this site
    }
  }

  function show() {
    const scheme = chosen() ?? (dark.matches ? "dark" : "light");
    document.body.dataset.mdColorScheme = scheme === "dark" ? "slate" : "default";
    document.body.dataset.rpScheme = chosen() ?? "system";
  }

  dark.addEventListener("change", show);
  document.addEventListener("rp:scheme", ({ detail }) => {
    try {
      if (detail === "system") localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, detail);
    } catch {
      document.body.dataset.mdColorScheme = detail === "dark" ? "slate" : "default"; // for this page only
      return;
    }
    show();
  });
  document.documentElement.classList.remove("no-js");
  show();
})();
