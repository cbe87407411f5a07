// Asks questions of an index that benches/search.rs wrote: what share of the documents found have the words before the text
// check, bytes of a first and of a later query, times of warm ones.

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const folder = process.argv[2];
const queries = JSON.parse(readFileSync(path.join(folder, "queries.json"), "utf8"));

const weight = (name) => gzipSync(readFileSync(path.join(folder, name)), { level: 9 }).length;
const code = weight("search.js");
const pinyin = weight("search-pinyin.js");
(0, eval)(readFileSync(path.join(folder, "search.js"), "utf8"));

let bytes = 0;
const kinds = {};
const fetchBytes = async (wanted) => {
  const content = new Uint8Array(readFileSync(path.join(folder, "search", wanted)));
  bytes += content.length;
  const kind = wanted.split(/[-/.]/)[0];
  kinds[kind] = (kinds[kind] ?? 0) + content.length;
  return content;
};
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
const highest = (values) => values.sort((a, b) => a - b)[Math.floor(values.length * 0.95)];
const mean = (values) => values.reduce((sum, one) => sum + one, 0) / values.length;
const kilo = (value) => (value / 1000).toFixed(1);

// A list of more than fifty results is not checked against the texts.
const unchecked = globalThis.gangwei.openSearch({ fetchBytes });
const shares = new Map();
for (const [query, own] of JSON.parse(readFileSync(path.join(folder, "holders.json"), "utf8"))) {
  const { total } = await unchecked.search(query, { limit: 51, state: "all" });
  if (total < own) throw new Error(`${query} is missed`);
  const share = shares.get(query.length) ?? [0, 0];
  shares.set(query.length, [share[0] + own, share[1] + total]);
}
for (const [length, [right, found]] of shares) {
  console.log(`  ${length} characters: precision ${(right / found).toFixed(3)} before the text check`);
}
for (const kind of Object.keys(kinds)) delete kinds[kind];

const first = [];
for (const query of queries) {
  bytes = 0;
  await globalThis.gangwei.openSearch({ fetchBytes }).search(query, { limit: 10 });
  first.push(bytes + code);
}
console.log(`  first query: ${kilo(mean(first))} KB on average, ${kilo(median(first))} median, ${kilo(highest(first))} at 95 % (code ${kilo(code)}, and pinyin ${kilo(pinyin)} for Latin queries)`);
console.log(`    by kind: ${Object.entries(kinds).map(([kind, sum]) => `${kind} ${kilo(sum / queries.length)}`).join(", ")}`);

const search = globalThis.gangwei.openSearch({ fetchBytes });
await search.search(queries[0]);
const later = [];
const cold = [];
for (const query of queries.slice(1)) {
  bytes = 0;
  const start = performance.now();
  await search.search(query, { limit: 10 });
  cold.push(performance.now() - start);
  later.push(bytes);
}
console.log(`  later query: ${kilo(mean(later))} KB on average, ${kilo(median(later))} median, ${kilo(highest(later))} at 95 %`);
const warm = [];
for (const query of queries) {
  const start = performance.now();
  await search.search(query, { limit: 10 });
  warm.push(performance.now() - start);
}
console.log(`  answers: new words ${mean(cold).toFixed(1)} ms, warm ${mean(warm).toFixed(1)} ms on average, ${highest(warm).toFixed(1)} ms at 95 %`);
const counted = [];
await search.search(queries[0], { limit: 10, facets: true });
for (const query of queries) {
  const start = performance.now();
  await search.search(query, { limit: 10, facets: true });
  counted.push(performance.now() - start);
}
console.log(`  with facets: warm ${mean(counted).toFixed(1)} ms on average, ${highest(counted).toFixed(1)} ms at 95 %`);

if (process.env.PAGEFIND) await pagefind(process.env.PAGEFIND);

/** The same pages in Pagefind: bytes of a first and a later query, indexing. */
async function pagefind(program) {
  const site = path.join(folder, "site");
  const pages = JSON.parse(readFileSync(path.join(folder, "pages.json"), "utf8"));
  const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  for (const [url, title, text] of pages) {
    mkdirSync(path.join(site, url), { recursive: true });
    writeFileSync(path.join(site, url, "index.html"), `<!doctype html><html lang="zh"><title>${escape(title)}</title><body><h1>${escape(title)}</h1><p>${escape(text)}</p></body></html>`);
  }
  const start = performance.now();
  const run = spawnSync(program, ["--site", site, "--silent"], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stderr);
  const built = path.join(site, "pagefind");
  const size = readdirSync(built, { recursive: true }).map((name) => statSync(path.join(built, name))).filter((file) => file.isFile()).reduce((sum, file) => sum + file.size, 0);
  console.log(`  Pagefind: indexed in ${kilo(performance.now() - start)} s, ${(size / 1e6).toFixed(1)} MB`);
  cpSync(path.join(built, "pagefind.js"), path.join(built, "pagefind.mjs"));
  const script = gzipSync(readFileSync(path.join(built, "pagefind.js")), { level: 9 }).length;
  let loaded = 0;
  globalThis.fetch = async (wanted) => {
    const file = path.join(built, String(wanted).replace(/^.*\/pagefind\//, "").replace(/\?.*$/, ""));
    const content = readFileSync(file);
    loaded += /\.json$/.test(file) ? gzipSync(content).length : content.length;
    return new Response(content);
  };
  const sums = { first: [], later: [] };
  for (const [index, query] of queries.slice(0, 30).entries()) {
    loaded = 0;
    const engine = await import(`${pathToFileURL(path.join(built, "pagefind.mjs"))}?${index}`);
    await engine.options({ basePath: "http://localhost/pagefind/", noWorker: true });
    const ask = async (words) => {
      const { results } = await engine.search(words);
      await Promise.all(results.slice(0, 10).map((result) => result.data()));
    };
    await ask(query);
    sums.first.push(loaded + script);
    loaded = 0;
    await ask(queries[index + 31]);
    sums.later.push(loaded);
  }
  console.log(`  Pagefind: first query ${kilo(mean(sums.first))} KB, later ${kilo(mean(sums.later))} KB on average`);
}
