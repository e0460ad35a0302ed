/* As of when the site was made, and from which commit: told by a file of its own, so that a page need not change because another one did. */
import { data } from "./site.js";

const places = document.querySelectorAll("[data-rp-as-of]");

if (places.length) {
  data("site.json")
    .then(({ as_of: instant, commit }) => {
      for (const place of commit ? document.querySelectorAll("[data-rp-commit]") : []) {
        place.lastElementChild.textContent = commit.slice(0, 12);
        place.title = commit;
        place.hidden = false;
      }
      for (const place of places) {
        const time = document.createElement("time");
        time.dateTime = instant;
        time.textContent = `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
        place.replaceChildren(time);
      }
    })
    .catch(() => undefined); // the words that stand there are true as well
}
