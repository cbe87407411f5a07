// The files of cases: reading, writing, and the HTML rules that leave only differences a reader could notice.
// The form is described in tests/it/chinese.rs, which reads the same files by the same rules.

import { readdirSync, readFileSync } from "node:fs";

const here = (file) => new URL(file, import.meta.url);

/** Programs of which the files tell what they print. */
export const PEERS = ["pulldown-cmark", "markdown-it", "marked", "micromark", "goldmark"];

/** The file in which ids of headings are compared; elsewhere they are left out. */
export const comparesAnchors = (file) => file === "headings.txt";

export function caseFiles() {
  const names = readdirSync(here("./")).filter((name) => name.endsWith(".txt"));
  return names.sort().map((name) => ({ name, url: here(name), ...read(readFileSync(here(name), "utf8"), name) }));
}

/** The header of a file and its cases: name, input, expected, and for each peer an HTML text or `{ special }`. */
function read(text, place) {
  const [header, ...blocks] = `\n${text}`.split("\n=== ");
  const cases = blocks.map((block) => {
    const [name, ...lines] = block.split("\n");
    /** @type {[string, string[]][]} */
    const parts = [["", []]];
    for (const line of lines) {
      if (line.startsWith("--- ")) parts.push([line.slice(4), []]);
      else parts.at(-1)[1].push(line);
    }
    const found = { name, input: "", expected: "", records: new Map() };
    for (const [head, body] of parts) {
      const written = body.join("\n").replace(/^\n+|\n+$/g, "");
      const [names, special] = head.split(": ");
      if (names === "") found.written = written;
      else if (names === "gangwei") found.writtenExpected = written;
      else for (const peer of names.split(", ")) found.records.set(peer, special ? { special } : shown(written));
    }
    if (!found.writtenExpected) throw new Error(`${place}: ${name}: nothing wanted`);
    found.input = `${shown(found.written)}\n`;
    found.expected = shown(found.writtenExpected);
    return found;
  });
  return { header: header.trim(), cases };
}

/** A file's text, with peers that print the same under one head. */
export function write({ header, cases }) {
  const blocks = cases.map(({ name, written, writtenExpected, records }) => {
    const groups = new Map();
    for (const peer of PEERS) {
      const record = records.get(peer);
      if (record === undefined) continue;
      const key = record.special ? `: ${record.special}` : `\n${hidden(record)}`;
      groups.set(key, [...(groups.get(key) ?? []), peer]);
    }
    const sections = [...groups].map(([key, peers]) => `--- ${peers.join(", ")}${key}\n`);
    return `=== ${name}\n${written}\n--- gangwei\n${writtenExpected}\n${sections.join("")}`;
  });
  return `${header}\n\n${blocks.join("\n")}`;
}

/** Puts the characters back that a file writes visibly. */
function shown(text) {
  return text.replaceAll("␠", " ").replace(/⟨U\+([0-9A-F]+)⟩/g, (_, code) => String.fromCodePoint(parseInt(code, 16)));
}

/** Writes characters visibly that could be overlooked. */
function hidden(text) {
  return text
    .replace(/ (?=\n|$)/g, "␠")
    // eslint-disable-next-line no-misleading-character-class -- each of them is meant alone
    .replace(/[\r\t\u00A0\u200B-\u200D\u2060\u3000\uFE00-\uFE0F\uFEFF]|[\u{E0100}-\u{E01EF}]/gu, (character) => {
      return `⟨U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`;
    });
}

const BLOCKS = new Set(
  "p ul ol li blockquote table thead tbody tr th td h1 h2 h3 h4 h5 h6 hr div pre dl dt dd section".split(" "),
);

const ENTITIES = [
  ["&quot;", '"'],
  ["&#34;", '"'],
  ["&#39;", "'"],
  ["&#x27;", "'"],
  ["&ldquo;", "“"],
  ["&rdquo;", "”"],
  ["&lsquo;", "‘"],
  ["&rsquo;", "’"],
  ["&hellip;", "…"],
  ["&ndash;", "–"],
  ["&mdash;", "—"],
  ["&laquo;", "«"],
  ["&raquo;", "»"],
];

/** HTML with only the differences that a reader could notice. */
export function normal(html, anchors) {
  let out = "";
  let trim = true;
  for (const token of html.match(/<[^>]*>?|[^<]+/g) ?? []) {
    if (!token.startsWith("<")) {
      const text = trim ? token.replace(/^[ \t\r\n]+/, "") : token;
      out += text;
      trim &&= text === "";
      continue;
    }
    const name = token.match(/^<\/*([0-9A-Za-z]*)/)[1];
    const opens = !token.startsWith("</");
    // A table may stand in a box that scrolls.
    const boxOfTable = token.startsWith('<div class="table"') || (token === "</div>" && out.trimEnd().endsWith("</table>"));
    if (BLOCKS.has(name)) out = out.replace(/[ \t\r\n]+$/, "");
    trim = BLOCKS.has(name) || name === "br";
    if (name === "div" && boxOfTable) continue;
    if (name === "s") out += token.replace("s>", "del>");
    else if ((name === "th" || name === "pre") && opens) out += `<${name}>`;
    else if (/^h[1-6]$/.test(name) && opens && !anchors) out += `<${name}>`;
    else out += token.replaceAll(" />", ">").replaceAll("/>", ">");
  }
  out = out.replace(/[ \t\r\n]+$/, "");
  for (const [entity, character] of ENTITIES) out = out.replaceAll(entity, character);
  return out;
}
