/* Tells the reader of a release that it was withdrawn, or that production has moved on. */

import { make, root } from "./site.js";
import { address } from "./release-place.js";

/* The banner of a release's page; undefined where there is nothing to tell. */
export function banner(list, { release, path }) {
  const at = list.findIndex((one) => one.version === release);
  const running = list.findIndex((one) => one.aliases.includes("production"));
  if (at < 0) return undefined;
  const withdrawn = list[at].properties.phase === "withdrawn";
  if (withdrawn && !path) return undefined; // the overview says it, with the reason
  if (!withdrawn && (running < 0 || at <= running)) return undefined;
  const says = make("p", {}, make("strong", {}, withdrawn ? `${release} was withdrawn.` : `${release} is not the newest release.`));
  if (running >= 0) {
    const link = make("a", { href: new URL(`releases/${list[running].version}/`, root).href }, list[running].title);
    says.append(" Production runs ", link, ".");
    if (path) address(list[running].version, path).then((href) => (link.href = href));
  } else if (withdrawn) {
    says.append(" ", make("a", { href: new URL(`releases/${release}/`, root).href }, "Why"));
  }
  const kind = withdrawn ? "error" : "warning";
  return make("aside", { className: `rp-banner rp-banner--${kind} rp-banner--release`, "aria-label": "State of this release" }, says);
}
