/* Where the page that is read now stands in another release. */

import { root } from "./site.js";

/* Every release has the same pages; only its runbooks are its own, and its list of them says which. */
export async function address(release, path) {
  const home = new URL(`releases/${release}/`, root);
  const [, slug] = /^runbooks\/([^/]+)\/$/.exec(path) ?? [];
  if (!slug) return new URL(path, home).href;
  const list = new URL("runbooks/", home);
  const answer = await fetch(list);
  const links = answer.ok
    ? [...new DOMParser().parseFromString(await answer.text(), "text/html").querySelectorAll("article a")]
    : [];
  return links.some((link) => link.getAttribute("href") === `${slug}/`) ? new URL(`${slug}/`, list).href : home.href;
}
