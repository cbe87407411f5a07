// Saved postings: the list of them, and up to four side by side at an address that can be passed on.

import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { openBrowser, openPage } from "./browser.mjs";
import { idOf, JOBS, looks, SIZES, smallTargets, visit } from "./candidate.mjs";
import { openJobs, read } from "./portal.mjs";

const opened = await openBrowser();
const SAVE = ".job-tools .save";
const compared = (page) => page.locator("table.compare thead a");

/** Saves some postings on their own pages. */
async function save(page, jobs) {
  for (const job of jobs) {
    await page.goto(job.url);
    await page.locator(SAVE).click();
  }
}

test("a posting saved on its page or in a row is in the list of saved ones, and can be taken off", async () => {
  const { page, faults, close } = await visit(opened, openJobs[0].url);
  assert.equal(await page.locator(SAVE).getAttribute("aria-pressed"), "false");
  await page.locator(SAVE).click();
  assert.equal(await page.locator(SAVE).getAttribute("aria-pressed"), "true");
  assert.match(await page.locator(".job-tools a[data-module=saved-link]").innerText(), /1/);
  await page.goto(JOBS);
  const row = page.locator(`.row-job:not([data-id="${idOf(openJobs[0])}"])`).first();
  const second = await row.getAttribute("data-id");
  await row.locator(".save").click();
  await page.locator("a[data-module=saved-link]").first().click();
  const links = page.locator(".shelf .row-title a");
  await page.locator(".shelf .row .chip").nth(1).waitFor();
  assert.equal(await links.count(), 2);
  assert.ok((await links.first().getAttribute("href")).includes(encodeURIComponent(second)), "the newest is not first");
  await page.locator(".shelf .row .save").first().click();
  assert.equal(await links.count(), 1);
  await page.reload();
  assert.equal(await links.count(), 1);
  await page.locator(".shelf-body > button").last().click();
  assert.equal(await links.count(), 0, "clearing left something");
  assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith("gangwei:") && !name.includes("theme")).length), 0);
  assert.deepEqual(faults, []);
  await close();
});

test("up to four saved postings are compared, their differences marked, and the address alone shows the same elsewhere", async () => {
  const { page, faults, close } = await visit(opened, openJobs[0].url);
  await save(page, openJobs.slice(0, 5));
  await page.goto(JOBS + "#saved");
  const go = page.locator(".shelf .button");
  const boxes = page.locator(".shelf-pick input");
  assert.ok(await go.isDisabled());
  for (let place = 0; place < 4; place += 1) await boxes.nth(place).check();
  assert.ok(await boxes.nth(4).isDisabled(), "a fifth can be picked");
  await boxes.nth(3).uncheck();
  assert.ok(await boxes.nth(4).isEnabled());
  await boxes.nth(4).check();
  await go.click();
  await compared(page).nth(3).waitFor();
  assert.ok((await page.locator("tr.differs").count()) > 0, "no difference is marked");
  assert.ok(await page.locator("tbody th", { hasText: "学历" }).count());
  const { hash } = new URL(page.url());
  const texts = await page.locator("table.compare").innerText();
  assert.deepEqual(faults, []);
  await close();
  const fresh = await visit(opened, JOBS + hash);
  await compared(fresh.page).nth(3).waitFor();
  assert.equal(await fresh.page.locator("table.compare").innerText(), texts);
  assert.deepEqual(fresh.faults, []);
  await fresh.close();
});

test("five postings in an address are cut to four, and hostile ones do nothing", async () => {
  const hash = "#compare=" + [...openJobs.slice(0, 5).map(idOf), "..%2F..", "%E0%A4", "<img>"].join(",");
  const { page, faults, close } = await visit(opened, JOBS + hash);
  await compared(page).nth(3).waitFor();
  assert.equal(await compared(page).count(), 4);
  await page.goto("about:blank");
  await page.goto(JOBS + "#compare=..%2F..,%E0%A4,<img>");
  await page.locator("table.compare").waitFor();
  assert.equal(await page.locator("table.compare thead a, .shelf img").count(), 0);
  assert.deepEqual(faults, []);
  await close();
});

test("a posting that is gone says so, and what cannot be read at all is shown as it was when it was saved", async () => {
  const { page, close } = await visit(opened, openJobs[0].url);
  await save(page, openJobs.slice(0, 2));
  const path = (job) => `**${job.url}`;
  await page.route(path(openJobs[0]), (route) => route.fulfill({ status: 404, body: "" }));
  await page.route(path(openJobs[1]), (route) => route.abort());
  await page.goto(JOBS + "#compare=" + openJobs.slice(0, 2).map(idOf).join(","));
  await compared(page).nth(1).waitFor();
  const cells = page.locator("table.compare thead th");
  assert.match(await cells.nth(1).innerText(), /打不开/);
  assert.doesNotMatch(await cells.nth(2).innerText(), /打不开/);
  assert.ok((await page.locator("table.compare tbody tr").count()) > 4, "the facts that were kept are not shown");
  await close();
});

test("whatever another page left in the storage does no harm", async () => {
  const rubbish = ['"text"', "{", "[1,null,{}]", '[{"id":5,"title":{}}]', '{"a":1}'];
  for (const text of rubbish) {
    const { page, faults, close } = await visit(opened, JOBS + "#saved", {}, (page) => page.addInitScript((kept) => {
      for (const name of ["saved", "seen", "visit", "answers", "ticks"]) localStorage.setItem(`gangwei:/:${name}`, kept);
    }, text));
    await page.locator(".shelf .empty").waitFor();
    await page.goto(openJobs[0].url);
    await page.locator(SAVE).click();
    assert.deepEqual(faults, [], text);
    await close();
  }
});

test("a posting saved from another one's page does not take its facts", async () => {
  const similar = openJobs.find((job) => /id="gw-similar"/.test(read(job.file)));
  const { page, close } = await visit(opened, similar.url);
  const row = page.locator(".similar .row-job").first();
  const id = await row.getAttribute("data-id");
  await row.locator(".save").click();
  const kept = await page.evaluate(() => JSON.parse(localStorage.getItem("gangwei:/:saved")));
  assert.deepEqual(kept.map((one) => [one.id, one.facts]), [[id, []]]);
  await close();
});

test("in a portal that was unpacked to a disk postings are saved and compared as they were when they were saved", async (t) => {
  const folder = process.env.PORTABLE_DIR;
  assert.ok(folder, "PORTABLE_DIR names a portal made by `gangwei build --portable`");
  const page = await openPage(opened, { baseURL: undefined });
  t.after(() => page.context().close());
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => faults.push(message.text()));
  for (const job of openJobs.slice(0, 2)) {
    await page.goto(pathToFileURL(path.join(folder, job.file)).href);
    await page.locator(SAVE).click();
  }
  await page.locator(".job-tools a[data-module=saved-link]").click();
  for (const box of await page.locator(".shelf-pick input").all()) await box.check();
  await page.locator(".shelf .button").click();
  await compared(page).nth(1).waitFor();
  assert.ok((await page.locator("table.compare tbody tr").count()) > 4);
  await compared(page).first().click();
  await page.waitForURL(/jobs\/[^/]+\/index\.html$/);
  assert.deepEqual(faults, []);
});

test("a posting saved in a row is compared by its facts once its page was opened, and by its present title, from a disk too", async (t) => {
  const at = (file) => pathToFileURL(path.join(process.env.PORTABLE_DIR, file)).href;
  const page = await openPage(opened, { baseURL: undefined });
  t.after(() => page.context().close());
  const two = openJobs.slice(0, 2);
  await page.goto(at("jobs/index.html"));
  await page.evaluate((ids) => {
    const root = new URL(document.documentElement.dataset.root, location.href).pathname;
    localStorage.setItem(`gangwei:${root}:saved`, JSON.stringify(ids.map((id) => ({ id, title: "旧名称", facts: [] }))));
  }, two.map(idOf));
  for (const job of two) await page.goto(at(job.file));
  await page.goto(at("jobs/index.html") + "#compare=" + two.map(idOf).join(","));
  await compared(page).nth(1).waitFor();
  assert.ok((await page.locator("table.compare tbody tr").count()) > 4, "the facts are missing");
  assert.equal(await compared(page).filter({ hasText: "旧名称" }).count(), 0);
});

test("the list of saved postings names them as their pages do now", async () => {
  const { page, close } = await visit(opened, JOBS, {}, (page) => page.addInitScript((id) => {
    localStorage.setItem("gangwei:/:saved", JSON.stringify([{ id, title: "旧名称", facts: [] }]));
  }, idOf(openJobs[0])));
  const title = read(openJobs[0].file).match(/<h1[^>]*>([^<]+)</)[1];
  await page.goto(JOBS + "#saved");
  await page.locator(".shelf .row-title a", { hasText: title }).waitFor();
  assert.ok((await page.locator(".shelf-pick input").getAttribute("aria-label")).endsWith(title));
  assert.ok((await page.locator(".shelf .row .save").getAttribute("aria-label")).endsWith(title));
  await close();
});

test("what is ticked stays ticked when one is taken off, and on the way back from the comparison", async () => {
  const { page, close } = await visit(opened, openJobs[0].url);
  await save(page, openJobs.slice(0, 4));
  await page.goto(JOBS + "#saved");
  const boxes = page.locator(".shelf-pick input");
  const ticked = () => boxes.evaluateAll((all) => all.map((box) => box.checked));
  for (const place of [0, 2, 3]) await boxes.nth(place).check();
  await page.locator(".shelf .row .save").nth(3).click();
  assert.deepEqual(await ticked(), [true, false, true]);
  await page.locator(".shelf .button").click();
  await compared(page).nth(1).waitFor();
  await page.goBack();
  assert.deepEqual(await ticked(), [true, false, true]);
  assert.ok(await page.locator(".shelf .button").isEnabled());
  await close();
});

test("a comparison is printed without the list of postings, and the list without the shelf", async () => {
  const { page, close } = await visit(opened, JOBS + "#compare=" + openJobs.slice(0, 2).map(idOf).join(","));
  await compared(page).nth(1).waitFor();
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator("table.compare").isVisible(), "the comparison is not printed");
  assert.ok(!(await page.locator(".results").isVisible()), "the list is printed too");
  assert.equal(await page.locator("button, .tool").filter({ visible: true }).count(), 0);
  await page.evaluate(() => { location.hash = "saved"; });
  await page.locator(".shelf .empty").waitFor({ state: "attached" });
  assert.ok(await page.locator(".results").isVisible());
  assert.ok(!(await page.locator(".shelf").isVisible()));
  await close();
});

test("what stands on two lines of a posting stays two things in the comparison", async () => {
  const twofold = openJobs.find(({ file }) => /<dd>[^<]*<br>[^<]+<\/dd>/.test(read(file)));
  assert.ok(twofold, "no posting has a fact on two lines");
  const lines = read(twofold.file).match(/<dd>([^<]*)<br>([^<]+)<\/dd>/).slice(1);
  const { page, close } = await visit(opened, JOBS + "#compare=" + [twofold, openJobs.find((job) => job !== twofold)].map(idOf).join(","));
  await compared(page).nth(1).waitFor();
  assert.ok((await page.locator("table.compare").innerText()).includes(lines.join(" / ")), lines.join(" / "));
  await close();
});

test("saved postings are printed alone, each with its facts and its number", async () => {
  const { page, close } = await visit(opened, openJobs[0].url);
  await save(page, openJobs.slice(0, 2));
  await page.goto(JOBS + "#saved");
  await page.locator(".shelf .row .chip").nth(1).waitFor();
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".shelf .row-title").filter({ visible: true }).count(), 2, "what is saved is not printed");
  assert.ok(!(await page.locator(".results").isVisible()), "the list of all postings is printed too");
  assert.ok(!(await page.locator(".doc-head").isVisible()), "the heading of the list is printed too");
  assert.equal(await page.locator("button, .tool, .shelf input").filter({ visible: true }).count(), 0);
  const facts = await page.locator(".shelf .row-facts").first().innerText();
  assert.ok(facts.includes(idOf(openJobs[1])), facts);
  const salary = read(openJobs[1].file).match(/<dd class="figure">([^<]+)/)?.[1];
  assert.ok(salary && facts.includes(salary), `${facts}: no ${salary}`);
  await page.emulateMedia({ media: "screen" });
  for (const off of await page.locator(".shelf .row .save").all()) await off.waitFor();
  await page.locator(".shelf .row .save").first().click();
  await page.locator(".shelf .row .save").first().click();
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator(".results").isVisible(), "with nothing saved, nothing is printed");
  await close();
});

for (const viewport of SIZES) {
  test(`the list and the comparison are accessible at ${viewport.width}, light and dark`, async () => {
    const { page, close } = await visit(opened, openJobs[0].url, { viewport });
    await save(page, openJobs.slice(0, 4));
    await page.goto(JOBS + "#saved");
    await page.locator(".shelf .row .chip").nth(3).waitFor();
    assert.deepEqual(await looks(page), []);
    if (viewport.width === 390) assert.deepEqual(await smallTargets(page, ".shelf"), []);
    await page.goto(JOBS + "#compare=" + openJobs.slice(0, 4).map(idOf).join(","));
    await compared(page).nth(3).waitFor();
    assert.deepEqual(await looks(page), []);
    if (viewport.width === 390) assert.deepEqual(await smallTargets(page, ".shelf"), []);
    await close();
  });
}
