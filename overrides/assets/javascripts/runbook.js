/* Says on a runbook whether it is the newest for what production runs. The page is as old as its release, so this is
   looked up when it is read. */

const line = document.querySelector("[data-rp-runbook]");
if (line) tell(line);

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function banner(kind, title, ...text) {
  const name = { class: `rp-banner rp-banner--${kind}`, "aria-label": title };
  return element("aside", name, element("p", {}, element("strong", {}, `${title}.`), " ", ...text));
}

async function tell(line) {
  const { rpRunbook: slug, rpRelease: release, rpRoot: root } = line.dataset;
  const mark = line.querySelector("[role=status]");
  try {
    const response = await fetch(`${root}runbooks/index.json`);
    if (!response.ok) throw new Error(response.status);
    const { production, runbooks, ahead } = await response.json();
    const newest = runbooks[slug];
    const link = newest && element("a", { href: `${root}releases/${newest}/runbooks/${slug}/` }, `that of ${newest}`);
    if (newest === release) {
      mark.textContent = `newest version, for ${production} in production`;
    } else if (ahead.includes(release)) {
      const instead = link ? ["For now use ", link, "."] : [];
      line.before(banner("note", "Production does not run this release yet", ...instead));
    } else if (link) {
      line.before(banner("warning", "A newer version of this runbook holds", "Use ", link, "."));
    }
  } catch (error) {
    mark.textContent = "whether a newer version holds could not be looked up";
    console.warn(error);
  }
}
