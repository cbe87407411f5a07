// Answers questions with the search reader that browsers run. One question in JSON is one line of the input, its answer is
// one line of the output.
//
//   node reader.mjs SCRIPTS INDEX [WAY]
//
// SCRIPTS is a folder with search.js and search-pinyin.js. INDEX is an address that the files are below, or one file: a line
// of JSON with the name and the length of each, and all their bytes. WAY: `cold` opens the index anew for every question,
// `without-inflater` takes DecompressionStream away from the script, `portable` reads files that are written as scripts.

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

const isServed = /^https?:/.test(index);
const files = isServed ? new Map() : unpack(readFileSync(index));

/** @param {Buffer} packed */
function unpack(packed) {
  const end = packed.indexOf(10);
  const found = new Map();
  let at = end + 1;
  for (const [name, length] of JSON.parse(packed.toString("utf8", 0, end))) {
    found.set(name, packed.subarray(at, at + length));
    at += length;
  }
  return found;
}

async function fetchBytes(wanted) {
  if (isServed) {
    const answer = await fetch(new URL(wanted, index));
    if (!answer.ok) throw new Error(`${wanted}: ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  }
  if (way === "portable") {
    vm.runInNewContext(files.get(`${wanted}.js`).toString(), { gangwei: { searchData } });
    return handed.get(wanted);
  }
  return new Uint8Array(files.get(wanted));
}

const open = () => world.gangwei.openSearch({ fetchBytes, base: "/base/" });
let search = open();
for await (const line of createInterface({ input: process.stdin })) {
  if (way === "cold") search = open();
  const { suggest, query, options } = JSON.parse(line);
  const answer = suggest === undefined ? await search.search(query, options) : await search.suggest(suggest, options.limit);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
