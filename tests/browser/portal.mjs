// The portal under test: the folder PORTAL_DIR names, read as files. Nothing here opens a browser.

import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

export const root = portalFolder();

function portalFolder() {
  const folder = process.env.PORTAL_DIR;
  if (!folder) {
    throw new Error("PORTAL_DIR is not set: it names the folder of a built portal (tests/run.sh sets it)");
  }
  if (!statSync(path.join(folder, "index.html"), { throwIfNoEntry: false })) {
    throw new Error(`PORTAL_DIR=${folder}: there is no index.html here`);
  }
  return path.resolve(folder);
}

/** Every file of the portal, relative, with `/`, sorted. */
export const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)).split(path.sep).join("/"))
  .sort();

export const htmlFiles = files.filter((file) => file.endsWith(".html"));

const known = new Set(files);

export function readBytes(file) {
  return readFileSync(path.join(root, file));
}

export function read(file) {
  return readBytes(file).toString("utf8");
}

/** The portal's own origin, as its home page states it. */
export const origin = new URL(read("index.html").match(/<link rel="canonical" href="([^"]+)"/)?.[1] ?? "http://localhost/").origin;

/** The URL path a browser asks for to see a file. */
export function urlPath(file) {
  return "/" + encodeURI(file.replace(/(^|\/)index\.html$/, "$1"));
}

/** The file a URL path leads to, or nothing: what a plain file server would answer, without redirects. */
export function fileAt(pathname) {
  let file = decodeURIComponent(pathname).replace(/^\//, "");
  if (file === "" || file.endsWith("/")) file += "index.html";
  return known.has(file) ? file : undefined;
}

/** The kinds of documents; each must have at least one page in the demonstration portal. */
export const DOCUMENT_KINDS = [
  "job", "campaign", "notice", "report", "product", "exam", "article", "ladder", "scorecard", "page",
];

/** All pages: file, kind (from the class of `body`) and state (from the chip below the title). */
export const pages = htmlFiles.map((file) => {
  const html = read(file);
  return {
    file,
    url: urlPath(file),
    kind: html.match(/<body class="page-([a-z-]+)/)?.[1],
    state: html.match(/class="doc-state">.*?\bchip-(announced|open|soon|closed|archived|withdrawn)\b/s)?.[1],
  };
});

export function isOpen(page) {
  return page.state === "open" || page.state === "soon";
}

/** The open postings; a portal without any would make most tests say nothing. */
export const openJobs = pages.filter((page) => page.kind === "job" && isOpen(page));
if (openJobs.length === 0) throw new Error("the portal shows no open posting: its pages cannot be told apart");

/** An address that leads nowhere. */
export const MISSING = "/no/such/page/";

/** One address for every kind of page; a kind that the portal lacks is a fault of the test's portal. */
export function samples() {
  const first = (wanted) => pages.find(wanted)?.url;
  const all = {
    home: "/",
    "jobs list": "/jobs/",
    "department list": first((page) => page.kind === "list" && /^\/departments\/[^/]+\/$/.test(page.url)),
    "overview of locations": "/locations/",
    search: "/search/",
    "not found": MISSING,
  };
  const second = first((page) => /\/page\/2\/$/.test(page.url));
  if (second) all["page 2 of a list"] = second;
  for (const kind of DOCUMENT_KINDS.filter((kind) => kind !== "job")) all[kind] = first((page) => page.kind === kind);
  all["policy with a redline"] = pages.find((page) => page.kind === "article" && read(fileAt(page.url)).includes('class="redline '))?.url;
  for (const state of ["open", "closed", "withdrawn", "announced"]) {
    all[`${state} job`] = first((page) => page.kind === "job" && page.state === state);
  }
  return Object.entries(all);
}
