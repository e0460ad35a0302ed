/* What versions.json tells when a page is read: the picker's list, and whether this release is still the one to read. */

import { data, make, place } from "./site.js";

const link = document.querySelector(".rp-picker");
if (link) start(link);

/* The link to the list of releases becomes a button that opens the picker. */
function start(link) {
  const button = make("button", { type: "button", className: link.className, "aria-haspopup": "dialog" });
  button.dataset.rpRelease = link.dataset.rpRelease;
  button.append(...link.childNodes);
  link.replaceWith(button);
  let picker;
  button.addEventListener("click", async () => {
    picker ??= Promise.all([import("./release-picker.js"), versions()]).then(([{ create }, list]) => create(button, list));
    try {
      (await picker).show();
    } catch {
      location.assign(link.href);
    }
  });
}

function versions() {
  return data("releases/versions.json");
}

if (place().release) {
  const [{ banner }, list] = await Promise.all([import("./release-banner.js"), versions()]);
  const made = banner(list, place());
  if (made) document.querySelector(".md-content__inner")?.prepend(made);
}
