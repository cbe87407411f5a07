// The notice against fraud stands on every page that recruits.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pages, read } from "./portal.mjs";

const KINDS = ["home", "job", "campaign", "notice", "search"];
const LISTS = /^\/([^/]+\/)?(jobs|campaigns|notices|departments|locations|categories|units|recruitment)\//;
// By what they are, and by what they hold: a row of a posting, a way to apply, a calendar of dates.
const recruits = (page) => KINDS.includes(page.kind)
  || (page.kind === "list" && LISTS.test(page.url))
  || /class="row row-job"|class="facts apply-facts"/.test(read(page.file));

test("every recruiting page of the portal carries the notice, with the bank's words", () => {
  const words = read("index.html").match(/<aside class="notice".*?<p>([^<]+)<\/p>/s)?.[1];
  assert.ok(words, "the home page has no notice");
  const all = pages.filter(recruits);
  for (const kind of KINDS) assert.ok(all.some((page) => page.kind === kind), `no page of ${kind}`);
  assert.ok(all.length > 50);
  assert.deepEqual(all.filter((page) => !read(page.file).includes(words)).map((page) => page.url), []);
});

test("pages that only employees use do not carry it", () => {
  const others = pages.filter((page) => ["exam", "scorecard", "ladder", "report"].includes(page.kind) && !recruits(page));
  assert.ok(others.length > 0);
  assert.deepEqual(others.filter((page) => /<aside class="notice"/.test(read(page.file))).map((page) => page.url), []);
});
