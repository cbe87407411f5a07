// The reader of the search index in JavaScript, under Node: the same answers as the reader in Rust, on the same files,
// and no wrong ones where files are missing, cut or of two builds. No browser is needed.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { deflateRawSync, gzipSync } from "node:zlib";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const folder = process.env.GANGWEI_SEARCH_CASES ?? writeCases();
const cases = JSON.parse(readFileSync(path.join(folder, "cases.json"), "utf8"));

/** Lets the Rust test write index, questions and answers into a new folder. */
function writeCases() {
  const made = mkdtempSync(path.join(tmpdir(), "gangwei-search-"));
  after(() => rmSync(made, { recursive: true, force: true }));
  const run = spawnSync("cargo", ["test", "--quiet", "--test", "it", "search_readers::"], {
    cwd: root,
    env: { ...process.env, GANGWEI_SEARCH_CASES: made },
    encoding: "utf8",
  });
  assert.equal(run.status, 0, run.stderr + run.stdout);
  return made;
}

/** The reader's scripts as they are delivered, in a world of their own; `other` takes names of it away, or adds some. */
function load(other = {}) {
  const world = vm.createContext({ TextDecoder, DecompressionStream, Blob, Response, Uint8Array, ...other });
  for (const name of ["search-pinyin.js", "search.js"]) {
    vm.runInContext(readFileSync(path.join(folder, name), "utf8"), world, { filename: name });
  }
  return world.gangwei;
}

const read = (name) => async (wanted) => new Uint8Array(readFileSync(path.join(folder, name, wanted)));

/** Plain data, free of the other world's prototypes. */
const plain = (value) => JSON.parse(JSON.stringify(value));

describe("both readers agree", () => {
  for (const [name, world] of /** @type {const} */ ([["the browser inflates", {}], ["the script inflates", { DecompressionStream: undefined }]])) {
    test(name, async () => {
      const search = load(world).openSearch({ fetchBytes: read("search"), base: "/base/" });
      for (const { query, options, answer } of cases) {
        const own = plain(await search.search(query, options));
        assert.deepEqual(own, answer, `${query.slice(0, 60)} ${JSON.stringify(options)}`);
      }
    });
  }

  test("lists in files of their own", async () => {
    const search = load().openSearch({ fetchBytes: read("long/search"), base: "/base/" });
    for (const { query, options, answer } of JSON.parse(readFileSync(path.join(folder, "long/cases.json"), "utf8"))) {
      assert.deepEqual(plain(await search.search(query, options)), answer, query);
    }
  });

  test("files as scripts, for portals that are opened from a disk", async () => {
    const files = new Map();
    const gangwei = load({ gangwei: { searchData: (name, text) => files.set(name, new Uint8Array(Buffer.from(text, "base64"))) } });
    const fetchBytes = async (wanted) => {
      const script = readFileSync(path.join(folder, "portable", `${wanted}.js`), "utf8");
      vm.runInNewContext(script, { gangwei });
      return files.get(wanted);
    };
    const search = gangwei.openSearch({ fetchBytes, base: "/base/" });
    for (const { query, options, answer } of cases.filter((one, index) => index % 9 === 0)) {
      assert.deepEqual(plain(await search.search(query, options)), answer, query.slice(0, 60));
    }
  });

  test("every case finds the same with nothing in memory", async () => {
    const gangwei = load();
    for (const { query, options, answer } of cases.filter((one, index) => index % 9 === 0)) {
      const search = gangwei.openSearch({ fetchBytes: read("search"), base: "/base/" });
      assert.deepEqual(plain(await search.search(query, options)), answer, query.slice(0, 60));
    }
  });
});

test("no query makes the reader fail, whatever its characters", async () => {
  const search = load().openSearch({ fetchBytes: read("search"), base: "/" });
  const odd = ["\ud800", "风\ud842险", "\udfff\ud800", "\u0000", "__proto__", "constructor", "\u202e风险", "🏦", null, undefined, 42, "x".repeat(100000)];
  for (const query of odd) {
    const { total, results } = await search.search(query, { facets: true, limit: 3 });
    assert.ok(Number.isInteger(total) && Array.isArray(results), String(query).slice(0, 20));
  }
});

test("a query in simplified characters reads no table of characters, one in Traditional characters does", async () => {
  for (const [query, expected] of /** @type {const} */ ([["风险管理", false], ["風險管理", true]])) {
    const asked = [];
    const search = load().openSearch({ fetchBytes: (wanted) => (asked.push(wanted), read("search")(wanted)), base: "/" });
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
  const sound = () => load().openSearch({ fetchBytes: read("search"), base: "/" });

  for (const [name, harm] of /** @type {[string, (bytes: Uint8Array) => Promise<Uint8Array>][]} */ ([
    ["missing", () => Promise.reject(new Error("404"))],
    ["empty", async () => new Uint8Array(0)],
    ["cut", async (bytes) => bytes.subarray(0, bytes.length >> 1)],
    ["another page", async () => new TextEncoder().encode("<!doctype html><title>404</title>")],
    ["one bit wrong", async (bytes) => bytes.map((byte, at) => (at === bytes.length >> 1 ? byte ^ 1 : byte))],
  ])) {
    test(`${name}: one retry heals it, else the error says stale`, async () => {
      const query = "风险管理 深圳";
      const right = plain(await sound().search(query, { facets: true }));
      const files = new Set();
      const spy = (wanted) => (files.add(wanted), read("search")(wanted));
      await load().openSearch({ fetchBytes: spy, base: "/" }).search(query, { facets: true });
      for (const broken of files) {
        // A head with one letter changed is still a head; nothing can tell.
        if (broken === "head.json" && name === "one bit wrong") continue;
        for (const times of [1, Infinity]) {
          let left = times;
          const fetchBytes = async (wanted) => {
            const bytes = await read("search")(wanted);
            if (wanted !== broken || left <= 0) return bytes;
            left -= 1;
            return harm(bytes);
          };
          const search = load().openSearch({ fetchBytes, base: "/" });
          const answer = search.search(query, { facets: true });
          if (times === 1) assert.deepEqual(plain(await answer), right, broken);
          else await assert.rejects(answer, { code: "stale" }, broken);
        }
      }
    });
  }

  test("a text of another build is noticed by the words it lacks", async () => {
    const [first] = (await sound().search("风险管理", { limit: 1 })).results;
    const fetchBytes = async (wanted) => {
      const bytes = await read("search")(wanted);
      if (!wanted.startsWith("text/")) return bytes;
      const { inflate } = load().searchParts;
      // The text is GB 18030: the second character changes, whatever stands for it.
      const text = Buffer.from(inflate(bytes.subarray(0, bytes.length - 3))).toString("latin1");
      const other = text.replaceAll("\xb7\xe7\xcf\xd5", "\xb7\xe7\xc3\xb2").replaceAll("\xefL\xebU", "\xefL\xc3\xb2");
      assert.notEqual(other, text);
      return sealed(deflateRawSync(Buffer.from(other, "latin1")));
    };
    assert.ok(first);
    await assert.rejects(load().openSearch({ fetchBytes, base: "/" }).search("风险管理", { limit: 1 }), { code: "stale" });
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
