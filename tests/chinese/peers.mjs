// Holds other markdown programs to what the case files say they print, or writes it there.
//
//   node tests/chinese/peers.mjs --check                  fails where a record is no longer true
//   node tests/chinese/peers.mjs --write                  writes the records anew
//   node tests/chinese/peers.mjs --write --goldmark HUGO  writes those of goldmark, too, with that binary of Hugo
//
// Every program is set as its best known user sets it by default, apart from their own plugins:
//   markdown-it  as VitePress 1: html, linkify, links without a scheme only for mail addresses
//   marked       its own defaults, which are GFM
//   micromark    with micromark-extension-gfm, which is what remark-gfm, and so Docusaurus, reads with; raw HTML allowed
//   goldmark     Hugo 0.168.0 with an empty configuration; its records are kept, since the tests have no Hugo
// What pulldown-cmark prints comes from `cargo test --test it chinese::`, and is checked there.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import MarkdownIt from "markdown-it";
import { Marked } from "marked";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { caseFiles, comparesAnchors, normal, write } from "./cases.mjs";

const markdownIt = new MarkdownIt({ html: true, linkify: true });
markdownIt.linkify.set({ fuzzyLink: false });
const marked = new Marked();

const RENDERERS = {
  "markdown-it": (input) => markdownIt.render(input),
  marked: (input) => marked.parse(input),
  micromark: (input) => micromark(input, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] }),
};

/** What a peer's output is recorded as. */
function record(html, { expected }, anchors) {
  const printed = normal(html, anchors);
  return printed === normal(expected, anchors) ? { special: "same" } : printed;
}

const isNotCompared = (known) => known?.special === "not compared";

/** Every record that is no longer what the program prints. */
export function outdated() {
  const faults = [];
  for (const { name: file, cases } of caseFiles()) {
    for (const [peer, render] of Object.entries(RENDERERS)) {
      for (const one of cases) {
        const known = one.records.get(peer);
        if (isNotCompared(known)) continue;
        const now = record(render(one.input), one, comparesAnchors(file));
        if (JSON.stringify(known) !== JSON.stringify(now)) {
          faults.push(`${file}: ${one.name}: ${peer} prints ${JSON.stringify(now)}, recorded is ${JSON.stringify(known)}`);
        }
      }
    }
  }
  return faults;
}

/** Renders every case in one site of Hugo; gives the HTML by file and case. */
function goldmark(hugo, files) {
  const site = mkdtempSync(join(tmpdir(), "cases-"));
  const put = (path, text) => {
    mkdirSync(dirname(join(site, path)), { recursive: true });
    writeFileSync(join(site, path), text);
  };
  try {
    put("hugo.yaml", "baseURL: https://example.com/\ndisableKinds: [taxonomy, term, rss, sitemap, home, section]\n");
    put("layouts/all.html", "{{ .Content }}");
    files.forEach(({ cases }, file) => {
      cases.forEach(({ input }, at) => put(`content/f${file}/c${at}.md`, `---\ntitle: x\n---\n${input}`));
    });
    execFileSync(hugo, ["--source", site, "--quiet"], { stdio: "inherit" });
    const page = (file, at) => {
      const path = join(site, `public/f${file}/c${at}/index.html`);
      return existsSync(path) ? readFileSync(path, "utf8") : "";
    };
    return files.map(({ cases }, file) => cases.map((_, at) => page(file, at)));
  } finally {
    rmSync(site, { recursive: true });
  }
}

function writeAll(hugo) {
  const files = caseFiles();
  const ofGoldmark = hugo && goldmark(hugo, files);
  const path = new URL("../../target/tmp/pulldown-cmark.json", import.meta.url);
  const ofPulldown = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
  files.forEach((file, number) => {
    const anchors = comparesAnchors(file.name);
    file.cases.forEach((one, at) => {
      const note = (peer, html) => {
        if (html === undefined || isNotCompared(one.records.get(peer))) return;
        one.records.set(peer, record(html, one, anchors));
      };
      for (const [peer, render] of Object.entries(RENDERERS)) note(peer, render(one.input));
      note("pulldown-cmark", ofPulldown[file.name]?.[one.name]);
      note("goldmark", ofGoldmark?.[number][at]);
    });
    writeFileSync(file.url, write(file));
  });
}

function main(flags) {
  if (flags.includes("--write")) {
    const at = flags.indexOf("--goldmark");
    return writeAll(at < 0 ? undefined : flags[at + 1]);
  }
  const faults = outdated();
  for (const fault of faults) console.error(fault);
  console.log(`${faults.length} records are out of date`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main(process.argv.slice(2));
