/* The frame's own controls: the colour scheme, copying of code, and where the reader is on the page. */

import { make } from "./site.js";

const NEXT = { system: "light", light: "dark", dark: "system" };
const WORDS = { light: "Switch to light mode", dark: "Switch to dark mode", system: "Follow the system" };

function offerSchemes(button) {
  const name = () => (button.title = WORDS[NEXT[document.body.dataset.rpScheme]]);
  button.addEventListener("click", () => {
    document.dispatchEvent(new CustomEvent("rp:scheme", { detail: NEXT[document.body.dataset.rpScheme] }));
    name();
  });
  name();
  button.hidden = false;
}

/* portal.js copies what stands beside such a button. */
function addCopyButtons(root) {
  for (const pre of root.querySelectorAll(".highlight > pre")) {
    pre.append(make("button", { type: "button", className: "rp-copy", "data-rp-copy": "", "aria-label": "Copy to clipboard" }));
  }
}

/* The entry of the section that is read now is marked in the table of contents. */
function follow(links) {
  const sections = links.map((link) => [link, document.getElementById(decodeURIComponent(link.hash.slice(1)))]);
  const known = sections.filter(([, heading]) => heading);
  let waiting = false;
  function mark() {
    waiting = false;
    const passed = known.filter(([, heading]) => heading.getBoundingClientRect().top < 120);
    known.forEach(([link], at) => {
      link.classList.toggle("md-nav__link--passed", at < passed.length - 1);
      link.classList.toggle("md-nav__link--active", at === passed.length - 1);
    });
  }
  addEventListener("scroll", () => {
    if (!waiting) requestAnimationFrame(mark);
    waiting = true;
  }, { passive: true });
  mark();
}

/* A long list beside the page is shown where the page stands in it. */
function showPlace(sidebar) {
  const link = sidebar.querySelector("[aria-current]");
  if (link) sidebar.scrollTop += link.getBoundingClientRect().top - sidebar.getBoundingClientRect().top - sidebar.clientHeight / 2;
}

offerSchemes(document.querySelector(".rp-scheme"));
addCopyButtons(document.querySelector("article"));
follow([...document.querySelectorAll(".md-nav--secondary a")]);
showPlace(document.querySelector(".md-sidebar--primary"));
