// The script for pinyin answers as the program does, on the cases that tests/it/pinyin.rs checks or makes.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInThisContext } from "node:vm";
import { gzipSync } from "node:zlib";

const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");
const cases = (name) => read(`../pinyin/${name}.txt`).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
const script = read("../../themes/default/js/search-pinyin.js");
runInThisContext(script);
const { syllables, matches, initials, decode, wordReadings } = globalThis.gangwei.pinyin;
const tableText = read("../pinyin/browser_table.txt");
const table = decode(tableText);

test("splits are the program's", () => {
  assert.ok(cases("splits").length > 50);
  for (const line of cases("splits")) {
    const [, input, splits] = line.match(/^(.*) = (.*)$/);
    const expected = splits === "" ? [] : splits.split(" | ").map((split) => split.split(" "));
    assert.deepEqual(syllables(input), expected, input);
  }
});

test("matches are the program's, for each input with each reading", () => {
  const lines = cases("matching").map((line) => line.split(" = "));
  const fits = new Map(lines.map(([input, reading, names]) => [`${input} = ${reading}`, names]));
  const tolerances = { exact: undefined, fuzzy: { fuzzy: true }, typing: { typing: true }, both: { fuzzy: true, typing: true } };
  for (const input of new Set(lines.map((line) => line[0]))) {
    for (const reading of new Set(lines.map((line) => line[1]))) {
      const found = Object.keys(tolerances).filter((name) =>
        syllables(input).some((split) => matches(split, reading.split(" "), tolerances[name])),
      );
      assert.equal(found.join(" "), fits.get(`${input} = ${reading}`) ?? "", `${input} = ${reading}`);
    }
  }
});

test("the decoded table is the program's", () => {
  assert.equal(table.size, 6763);
  const lines = read("../../src/text/pinyin/readings.txt").split("\n").filter((line) => !/^#/.test(line));
  const levels = lines.slice(0, lines.findIndex((line) => line.startsWith("= others")));
  let count = 0;
  let folded = 0;
  for (const line of levels.filter((line) => !line.startsWith("="))) {
    const [readings, characters] = line.split(" ");
    for (const character of characters) {
      // A Traditional character of GB2312 reads as its Simplified one.
      if (table.get(character).join(",") !== readings) folded += 1;
      count += 1;
    }
  }
  assert.equal(count, 6763);
  assert.ok(folded < 20, `${folded} characters differ`);
});

test("hand-checked words are found by full, initial and mixed input", () => {
  for (const line of cases("words")) {
    for (const reading of line.slice(line.indexOf(" ") + 1).split(" | ").map((text) => text.split(" "))) {
      const inputs = [reading.join(""), initials(reading), reading.join("'")];
      for (let cut = 1; cut < reading.length; cut += 1) {
        inputs.push(reading.slice(0, cut).join("") + initials(reading.slice(cut)));
      }
      for (const input of inputs) {
        assert.ok(syllables(input).some((split) => matches(split, reading)), `${line}: ${input}`);
      }
    }
  }
});

test("words without a listed polyphone have the program's readings", () => {
  assert.deepEqual(wordReadings(table, "风险管理"), [["feng", "xian", "guan", "li"]]);
  assert.deepEqual(wordReadings(table, "乐长"), [["le", "zhang"], ["le", "chang"], ["yue", "zhang"], ["yue", "chang"]]);
  assert.deepEqual(wordReadings(table, "it审计"), [["i", "t", "shen", "ji"]]);
  assert.deepEqual(wordReadings(table, ""), []);
  assert.deepEqual(wordReadings(table, "行".repeat(33)), []);
  assert.deepEqual(wordReadings(table, "데이터"), []);
});

test("hostile input ends at once", () => {
  for (const piece of ["a", "xian", "n", "zh", "'", "行", "\u{1F600}", "\uD800", "\u212A"]) {
    assert.deepEqual(syllables(piece.repeat(10000)), []);
    assert.ok(syllables(piece.repeat(32).slice(0, 64)).length <= 8);
    assert.deepEqual(wordReadings(table, piece.repeat(10000)), []);
  }
});

test("script and table are small", () => {
  assert.ok(gzipSync(script, { level: 9 }).length <= 3 * 1024, `script: ${gzipSync(script, { level: 9 }).length}`);
  assert.ok(gzipSync(tableText, { level: 9 }).length <= 8 * 1024, `table: ${gzipSync(tableText, { level: 9 }).length}`);
});
