// What the case files say other markdown programs print is what they print.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { caseFiles, normal, PEERS, write } from "./cases.mjs";
import { outdated } from "./peers.mjs";

test("every record of a peer is true", () => {
  const faults = outdated();
  assert.equal(faults.length, 0, `\n${faults.join("\n")}`);
});

test("every case tells of every peer", () => {
  for (const { name: file, cases } of caseFiles()) {
    for (const { name, records } of cases) assert.deepEqual([...records.keys()].sort(), [...PEERS].sort(), `${file}: ${name}`);
  }
});

test("every file names the versions that were recorded", () => {
  const text = (path) => readFileSync(new URL(path, import.meta.url), "utf8");
  const { devDependencies } = JSON.parse(text("../../package.json"));
  const crate = text("../../Cargo.lock").match(/name = "pulldown-cmark"\nversion = "([^"]+)"/)[1];
  const named = ["markdown-it", "marked", "micromark"].map((name) => `${name} ${devDependencies[name]}`);
  for (const { name: file, header } of caseFiles()) {
    for (const peer of [`pulldown-cmark ${crate}`, ...named]) assert.ok(header.includes(peer), `${file}: ${peer}`);
  }
});

test("a file that is read and written again is the same", () => {
  for (const file of caseFiles()) assert.equal(write(file), readFileSync(file.url, "utf8"), file.name);
});

test("only what no reader could notice is levelled", () => {
  assert.equal(normal("<p>甲<br />\n乙</p>\n", false), "<p>甲<br>乙</p>");
  assert.equal(normal("<ul>\n<li>甲</li>\n</ul>\n", false), "<ul><li>甲</li></ul>");
  assert.equal(normal('<h2 id="a">&quot;</h2>', false), '<h2>"</h2>');
  assert.equal(normal('<h2 id="a">甲</h2>', true), '<h2 id="a">甲</h2>');
  assert.equal(normal("<p><em>a</em>\n<em>b</em></p>", false), "<p><em>a</em>\n<em>b</em></p>");
});
