/* Opens the search: by its button, by / and by Ctrl+K. The search itself is loaded when it is wanted. */

const buttons = document.querySelectorAll("[data-rp-search]");
let dialog;

async function open() {
  dialog ??= import("./search-dialog.js").then(({ create }) => create());
  (await dialog).show();
}

/* Whether a key is part of what somebody writes. */
function written(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

for (const button of buttons) button.addEventListener("click", open);

/* Before Material, which turns pages at single keys. */
window.addEventListener(
  "keydown",
  (event) => {
    if (document.querySelector("dialog[open]")) return;
    const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !written(event.target);
    if (slash || (command && event.key.toLowerCase() === "k")) {
      event.preventDefault();
      event.stopPropagation();
      open();
    }
  },
  { capture: true },
);
