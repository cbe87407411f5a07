// Answers questions with the search reader that browsers run. One question in JSON is one line of the input, its answer is
// one line of the output.
//
//   node reader.mjs SCRIPTS INDEX [WAY]
//
// SCRIPTS is a folder with search.js and search-pinyin.js. INDEX is a folder, or an address that the files are below. WAY:
// `cold` opens the index anew for every question, `without-inflater` takes DecompressionStream away from the script,
// `portable` reads files that are written as scripts.

import { readFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import vm from "node:vm";

const [scripts, index, way] = process.argv.slice(2);

/** The files of a portable index hand their bytes to this. */
const handed = new Map();
const searchData = (name, text) => handed.set(name, new Uint8Array(Buffer.from(text, "base64")));

const world = vm.createContext({
  TextDecoder, Blob, Response, Uint8Array,
  DecompressionStream: way === "without-inflater" ? undefined : DecompressionStream,
  gangwei: { searchData },
});
for (const name of ["search-pinyin.js", "search.js"]) {
  vm.runInContext(readFileSync(path.join(scripts, name), "utf8"), world, { filename: name });
}

async function fetchBytes(wanted) {
  if (/^https?:/.test(index)) {
    const answer = await fetch(new URL(wanted, index));
    if (!answer.ok) throw new Error(`${wanted}: ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  }
  if (way === "portable") {
    vm.runInNewContext(readFileSync(path.join(index, `${wanted}.js`), "utf8"), { gangwei: { searchData } });
    return handed.get(wanted);
  }
  return new Uint8Array(readFileSync(path.join(index, wanted)));
}

const open = () => world.gangwei.openSearch({ fetchBytes, base: "/base/" });
let search = open();
for await (const line of createInterface({ input: process.stdin })) {
  if (way === "cold") search = open();
  const { suggest, query, options } = JSON.parse(line);
  const answer = suggest === undefined ? await search.search(query, options) : await search.suggest(suggest, options.limit);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
