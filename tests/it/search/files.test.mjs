// The search reader that browsers run, part by part, on whole files and on broken ones: which files it asks for, and that it
// never answers from what is missing, cut or of two builds. search_files.rs writes an index, names its folder in
// GANGWEI_SEARCH_INDEX and runs these tests.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { deflateRawSync, gzipSync } from "node:zlib";

const folder = process.env.GANGWEI_SEARCH_INDEX;
const source = fileURLToPath(new URL("../../../themes/default/js/search/", import.meta.url));

const newWorld = () => vm.createContext({ TextDecoder, DecompressionStream, Blob, Response, Uint8Array });

/** The scripts as they are delivered, in a world of their own. */
function load() {
  const world = newWorld();
  for (const name of ["search-pinyin.js", "search.js"]) {
    vm.runInContext(readFileSync(path.join(folder, name), "utf8"), world, { filename: name });
  }
  return world.gangwei;
}

/** What the parts of the script declare, by name. */
function partsOf(...names) {
  const world = newWorld();
  for (const name of readdirSync(source).sort()) {
    vm.runInContext(readFileSync(path.join(source, name), "utf8"), world, { filename: name });
  }
  return vm.runInContext(`({ ${names.join(", ")} })`, world);
}

const read = async (wanted) => new Uint8Array(readFileSync(path.join(folder, "search", wanted)));

/** Plain data, free of the other world's prototypes. */
const plain = (value) => JSON.parse(JSON.stringify(value));

test("no query makes the reader fail, whatever its characters", async () => {
  const search = load().openSearch({ fetchBytes: read, base: "/" });
  const odd = ["\ud800", "风\ud842险", "\udfff\ud800", "\u0000", "__proto__", "constructor", "\u202e风险", "🏦", null, undefined, 42, "x".repeat(100000)];
  for (const query of odd) {
    const { total, results } = await search.search(query, { facets: true, limit: 3 });
    assert.ok(Number.isInteger(total) && Array.isArray(results), String(query).slice(0, 20));
  }
});

test("a query in simplified characters reads no table of characters, one in Traditional characters does", async () => {
  for (const [query, expected] of /** @type {const} */ ([["风险管理", false], ["風險管理", true]])) {
    const asked = [];
    const search = load().openSearch({ fetchBytes: (wanted) => (asked.push(wanted), read(wanted)), base: "/" });
    assert.ok((await search.search(query)).total > 0);
    assert.equal(asked.some((wanted) => wanted.startsWith("fold-")), expected, query);
    assert.ok(!asked.some((wanted) => wanted.startsWith("columns/")), "columns are read though nothing asked for them");
  }
});

test("the scripts that a page loads weigh at most 16 KB, and need neither eval nor WebAssembly", () => {
  const scripts = ["search.js", "search-pinyin.js"].map((name) => readFileSync(path.join(folder, name), "utf8")).join("");
  const weight = gzipSync(scripts, { level: 9 }).length;
  assert.ok(weight <= 16 * 1024, `${weight} bytes`);
  assert.doesNotMatch(scripts, /\beval\b|\bFunction\(|WebAssembly|\bdocument\b|\bfetch\(|\bwindow\b/);
});

describe("a broken or changing index is never answered from", () => {
  const { openSearch, searchParts } = load();

  for (const [name, harm] of /** @type {[string, (bytes: Uint8Array) => Promise<Uint8Array>][]} */ ([
    ["missing", () => Promise.reject(new Error("404"))],
    ["empty", async () => new Uint8Array(0)],
    ["cut", async (bytes) => bytes.subarray(0, bytes.length >> 1)],
    ["another page", async () => new TextEncoder().encode("<!doctype html><title>404</title>")],
    ["one bit wrong", async (bytes) => bytes.map((byte, at) => (at === bytes.length >> 1 ? byte ^ 1 : byte))],
  ])) {
    test(`${name}: one retry heals it, else the error says stale`, async () => {
      for (const [query, options] of /** @type {[string, object][]} */ ([
        ["风险管理 深圳", { facets: true }],
        ["客户经理", { limit: 60, sort: "closing" }],
        ["fxgl", {}],
      ])) {
        const files = new Set();
        const spy = (wanted) => (files.add(wanted), read(wanted));
        const right = plain(await openSearch({ fetchBytes: spy, base: "/" }).search(query, options));
        assert.ok(files.size > 9, `${query}: ${files.size} files`);
        for (const broken of files) {
          // A head with one letter changed is still a head; nothing can tell.
          if (broken === "head.json" && name === "one bit wrong") continue;
          for (const times of [1, Infinity]) {
            let left = times;
            const fetchBytes = async (wanted) => {
              const bytes = await read(wanted);
              if (wanted !== broken || left <= 0) return bytes;
              left -= 1;
              return harm(bytes);
            };
            const answer = openSearch({ fetchBytes, base: "/" }).search(query, options);
            if (times === 1) assert.deepEqual(plain(await answer), right, broken);
            else await assert.rejects(answer, { code: "stale" }, broken);
          }
        }
      }
    });
  }

  test("a text of another build is noticed by the words it lacks", async () => {
    const [first] = (await openSearch({ fetchBytes: read, base: "/" }).search("风险管理", { limit: 1 })).results;
    const fetchBytes = async (wanted) => {
      const bytes = await read(wanted);
      if (!wanted.startsWith("text/")) return bytes;
      const { inflate } = searchParts;
      // The text is GB 18030: the second character changes, whatever stands for it.
      const text = Buffer.from(inflate(bytes.subarray(0, bytes.length - 3))).toString("latin1");
      const other = text.replaceAll("\xb7\xe7\xcf\xd5", "\xb7\xe7\xc3\xb2").replaceAll("\xefL\xebU", "\xefL\xc3\xb2");
      assert.notEqual(other, text);
      return sealed(deflateRawSync(Buffer.from(other, "latin1")));
    };
    assert.ok(first);
    await assert.rejects(openSearch({ fetchBytes, base: "/" }).search("风险管理", { limit: 1 }), { code: "stale" });
  });
});

describe("the parts of the script", () => {
  const { parseQuery, foldText, pairsOf, holds, quote, foldUnit, gallop, log2, findList, decodeLongList, inflateHere, Bits, Files } = partsOf(
    "parseQuery", "foldText", "pairsOf", "holds", "quote", "foldUnit", "gallop", "log2", "findList", "decodeLongList", "inflateHere", "Bits", "Files",
  );
  const pairs = pairsOf("負负責责審审風风險险");
  const parse = (text) => parseQuery(text, pairs);
  const shape = (text) => plain(parse(text).clauses.map((clause) => [clause.negated, ...clause.atoms.map((atom) => atom.text)]));

  test("words, quotes, exclusions and choices are told apart", () => {
    assert.deepEqual(shape("深圳　柜员，Java"), [[false, "深圳"], [false, "柜员"], [false, "Java"]]);
    assert.deepEqual(shape("“風險 管理” IT审计"), [[false, "風險 管理"], [false, "IT审计"]]);
    assert.deepEqual(shape("HR-2026-0153 node.js"), [[false, "HR-2026-0153"], [false, "node.js"]]);
    assert.deepEqual(shape("柜员 -实习")[1], [true, "实习"]);
    assert.deepEqual(shape("柜员 －「实习」")[1], [true, "实习"]);
    assert.deepEqual(shape("薪酬|薪资 | 待遇")[0], [false, "薪酬", "薪资", "待遇"]);
  });

  test("signs alone search nothing, and many words are cut openly", () => {
    for (const text of ["", "  ", "!?。，", "\"", "|||", "---", "(.*)[^]"]) assert.equal(parse(text).clauses.length, 0, text);
    const long = parse("风险 ".repeat(3000));
    assert.deepEqual([long.cut, long.clauses.length], [true, 32]);
    assert.equal(parse("险".repeat(10000)).clauses[0].atoms[0].terms.length, 16);
  });

  test("a quotation mark without its fellow is a sign", () => {
    assert.deepEqual(shape("\"风险 管理"), [[false, "风险"], [false, "管理"]]);
    assert.equal(parse("\"".repeat(100001)).clauses.length, 0);
  });

  test("scripts may stand apart by a space, and Latin words stand alone", () => {
    const found = (query, text) => holds(parse(query).clauses[0].atoms[0], foldText(text, pairs));
    for (const [query, text, expected] of /** @type {[string, string, boolean][]} */ ([
      ["IT审计", "負責 IT 審計工作".replace("計", "计"), true],
      ["IT审计", "IT审计", true],
      ["IT审计", "kit审计", false],
      ["IT审计", "IT，审计", false],
      ["A股", "买A股的", true],
      ["java", "JavaScript", false],
      ["HR-2026-0153", "编号HR－2026－0153。", true],
      ["\"risk management\"", "Risk  Management", true],
      ["\"风险 管理\"", "风险管理", false],
    ])) assert.equal(found(query, text), expected, `${query} in ${text}`);
  });

  test("a quotation begins at a sentence and marks what was written", () => {
    const unit = foldUnit([0, "", "", "", "", [], [], [{}, null, null, null], [["", "", `${"甲".repeat(200)}。負責風險管理工作。`]]], pairs);
    assert.deepEqual(plain(quote(unit, 0, parse("风险管理").clauses[0].atoms)), { text: "…負責風險管理工作。", marks: [[3, 7]] });
  });

  test("galloping finds the first that is not below", () => {
    const slots = Array.from({ length: 100 }, (_, place) => place * 3);
    for (const from of [0, 5, 99, 100]) {
      for (let wanted = 0; wanted < 310; wanted += 1) {
        const right = slots.findIndex((slot, place) => place >= from && slot >= wanted);
        assert.equal(gallop(slots, from, wanted), right < 0 ? 100 : right, `${from} ${wanted}`);
      }
    }
  });

  test("logarithms grow", () => {
    assert.deepEqual([log2(1), log2(1024)], [0, 160]);
    for (let value = 1; value < 5000; value += 1) assert.ok(log2(value) <= log2(value + 1), String(value));
  });

  test("bits past the end are noticed", () => {
    const bits = new Bits(new Uint8Array([0xab]));
    bits.bits(8);
    assert.ok(!bits.overrun);
    bits.bits(1);
    assert.ok(bits.overrun);
  });

  test("bytes of any kind are read or refused as stale, and nothing else happens", async () => {
    let seed = 20261122;
    const number = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) >>> 8;
    for (let round = 0; round < 3000; round += 1) {
      const bytes = Uint8Array.from({ length: number() % 80 }, () => number() & 255);
      for (const attempt of [
        () => findList(bytes, 5, 1024),
        () => decodeLongList(bytes, 1 + (bytes.length >> 2)),
        () => inflateHere(bytes),
        () => Object.assign(new Files(read), { head: { slots: 1024 } }).readState(bytes),
        () => Object.assign(new Files(read), { head: { slots: 1000, documents: 3, period: 32 }, groups: [], single: () => bytes }).loadDays(true),
        () => new Bits(bytes).ascending(1000),
      ]) {
        try {
          await attempt();
        } catch (error) {
          assert.equal(error.code, "stale", `${bytes}: ${error.stack}`);
        }
      }
    }
  });
});

/** Bytes with their tag behind them, as text files have it. */
function sealed(bytes) {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 16777619);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  hash = (hash ^ (hash >>> 16)) & 0xffffff;
  return new Uint8Array([...bytes, hash & 255, (hash >> 8) & 255, hash >> 16]);
}
