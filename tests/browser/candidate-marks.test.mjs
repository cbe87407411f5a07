// Rows say what was seen, and what is new since the last visit.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowser } from "./browser.mjs";
import { JOBS, looks, SIZES, smallTargets, visit } from "./candidate.mjs";

const opened = await openBrowser();
const DAY = "2026-10-20";
const visited = (page) => page.addInitScript((day) => {
  if (!localStorage.getItem("gangwei:/:visit")) localStorage.setItem("gangwei:/:visit", JSON.stringify({ day }));
}, DAY);

test("a first visit has no marks; a later one marks what was published since", async () => {
  const first = await visit(opened, JOBS);
  assert.equal(await first.page.locator(".row-mark").count(), 0);
  assert.deepEqual(first.faults, []);
  await first.close();
  const { page, close } = await visit(opened, JOBS, {}, visited);
  const rows = () => page.locator(".row-job").evaluateAll((all) =>
    all.map((row) => ({ published: row.dataset.published, isNew: row.querySelector(".mark-new") !== null })));
  const told = await rows();
  assert.ok(told.some((row) => row.isNew) && told.some((row) => !row.isNew), "all rows are alike");
  for (const row of told) assert.equal(row.isNew, row.published >= DAY);
  await page.reload();
  assert.deepEqual(await rows(), told, "a second page of the same day forgets what is new");
  await close();
});

test("a posting that was opened is marked as seen and no longer as new, also on the way back", async () => {
  const { page, faults, close } = await visit(opened, JOBS, {}, visited);
  const row = page.locator(".row-job:has(.mark-new)").first();
  const id = await row.getAttribute("data-id");
  await row.locator("a").click();
  await page.locator(".job-tools .save").waitFor();
  await page.goBack();
  const own = page.locator(`.row-job[data-id="${id}"]`).first();
  await own.locator(".mark-seen").waitFor();
  assert.equal(await own.locator(".mark-new").count(), 0);
  assert.equal(await page.locator(".row-job:has(.mark-seen)").count(), 1);
  assert.deepEqual(faults, []);
  await close();
});

for (const viewport of SIZES) {
  test(`rows with marks are accessible at ${viewport.width}, light and dark`, async () => {
    const { page, close } = await visit(opened, JOBS, { viewport }, visited);
    await page.locator(".mark-new").first().waitFor();
    assert.deepEqual(await looks(page), []);
    await close();
  });
}

test("the links to feed and calendar are large enough for a thumb, and apart", async () => {
  const { page, close } = await visit(opened, JOBS, { viewport: SIZES[0] });
  assert.deepEqual(await smallTargets(page, ".list-count"), []);
  const [one, other] = await page.locator(".list-count a").evaluateAll((all) => all.map((link) => link.getBoundingClientRect().toJSON()));
  assert.ok(other.left - one.right >= 8, `${other.left - one.right} between them`);
  await page.locator(".row-job .row-title a").first().click();
  await page.locator(".calendar a").waitFor();
  assert.deepEqual(await smallTargets(page, ".calendar"), []);
  await close();
});
