// Drafts of a report: kept on the device under names, restored, taken out and in as files, wiped; nothing typed is lost
// where a template changes or the device keeps nothing.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { after, test } from "node:test";
import { openBrowser, openPage } from "./browser.mjs";
import { answer, input, openReport, place, reportWith, reports } from "./reports.mjs";

const opened = await openBrowser();
const folder = mkdtempSync(path.join(tmpdir(), "gangwei-report-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const report = reportWith("ten fields", ({ form }) => form.fields.length >= 10);
const open = (t, options, prepare) => openReport(opened, openPage, t, report.url, options, prepare);
const figures = report.form.fields.flatMap((field, index) => (field.type === "money" && field.formula === null ? [index] : [])).slice(0, 2);
const keys = (page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("gangwei-report")));
const notice = (page) => page.locator(".report-notice");
const shelf = (page) => page.locator(".report-shelf summary").click();

/** Waits until what was typed is kept. */
const saved = (page) => page.locator(".report-saved").filter({ hasText: /./ }).waitFor({ state: "attached" });

async function download(page, file) {
  const [loaded] = await Promise.all([page.waitForEvent("download"), page.locator(".report-export").click()]);
  await loaded.saveAs(path.join(folder, file));
  return [loaded.suggestedFilename(), JSON.parse(readFileSync(path.join(folder, file), "utf8"))];
}

/** A file as a draft of this report would be, with changes. */
function written(file, changes) {
  const values = Object.fromEntries(figures.map((index) => [report.form.fields[index].name, "7654"]));
  const draft = { format: "gangwei-report-draft", template: "", title: "T", version: report.form.version, name: "旧稿", values, labels: {}, ...changes };
  writeFileSync(path.join(folder, file), typeof changes === "string" ? changes : JSON.stringify(draft));
  return path.join(folder, file);
}

test("a report is filled, reloaded, exported, wiped and imported, and is whole again", async (t) => {
  const page = await open(t);
  for (const [index, field] of report.form.fields.entries()) await input(page, index).fill(answer(field, index));
  await page.keyboard.press("Tab");
  const whole = await page.locator(".sheet").innerText();
  await page.reload();
  assert.equal(await page.locator(".sheet").innerText(), whole, "the draft is not restored");
  await shelf(page);
  await page.fill(".report-name", "年终 稿/一");
  const [name, file] = await download(page, "draft.json");
  assert.match(name, /年终-稿-一\.json$/);
  assert.equal(file.name, "年终 稿/一");
  assert.equal(file.version, report.form.version);
  await page.locator(".report-wipe").click();
  assert.match(await page.locator(".report-confirm").innerText(), /\S/);
  assert.ok(await page.evaluate(() => document.activeElement.closest(".report-confirm") !== null), "the question has no focus");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".report-confirm").isVisible(), false);
  assert.equal((await keys(page)).length > 0, true, "wiped without a yes");
  assert.ok(await page.locator(".report-wipe").evaluate((button) => button === document.activeElement));
  await page.locator(".report-wipe").click();
  await page.locator(".report-sure").click();
  assert.deepEqual(await keys(page), []);
  assert.equal(await page.locator(".blank.is-filled").count(), 0);
  await page.waitForTimeout(600);
  assert.deepEqual(await keys(page), [], "a draft came back");
  await page.setInputFiles(".report-file", path.join(folder, "draft.json"));
  await page.locator(".blank.is-filled").first().waitFor();
  assert.equal(await page.locator(".sheet").innerText(), whole);
  assert.equal(await page.inputValue(".report-name"), "年终 稿/一");
  assert.deepEqual([page.requests.filter((url) => !/assets|\/reports\/|icon/.test(url)), page.faults], [[], []]);
});

test("several drafts stand beside each other, and the last one is restored", async (t) => {
  const page = await open(t);
  const [index] = figures;
  await input(page, index).fill("111");
  await shelf(page);
  await page.locator(".report-new").click();
  assert.equal(await input(page, index).inputValue(), "");
  await page.keyboard.type("第二份");
  await input(page, index).fill("222");
  await saved(page);
  await page.selectOption(".report-choice", "1");
  assert.equal(await input(page, index).inputValue(), "111");
  await page.selectOption(".report-choice", { label: "第二份" });
  assert.equal(await input(page, index).inputValue(), "222");
  await page.reload();
  assert.equal(await input(page, index).inputValue(), "222");
  await shelf(page);
  assert.equal(await page.inputValue(".report-name"), "第二份");
  await page.locator(".report-remove").click();
  await page.locator(".report-sure").click();
  assert.equal(await input(page, index).inputValue(), "111");
  assert.equal(await page.locator(".report-choice option").count(), 1);
});

test("what was typed last is kept even where the page is closed at once", async (t) => {
  const page = await open(t);
  await input(page, figures[0]).fill("333");
  await page.reload();
  assert.equal(await input(page, figures[0]).inputValue(), "333");
});

test("a draft of an older template fills what fits, lists the rest and keeps it", async (t) => {
  const page = await open(t);
  const { name } = report.form.fields[figures[0]];
  const file = written("old.json", { version: "older", values: { [name]: "7654", 已删去: "<b>旧数</b> 12" }, labels: { 已删去: "已删去的余额" } });
  await page.setInputFiles(".report-file", file);
  await page.locator(".report-old").waitFor();
  assert.equal(await input(page, figures[0]).inputValue(), "7654");
  assert.equal(await place(page, report.form.fields[figures[0]].blanks[0]).textContent(), "7,654");
  const listed = await page.locator(".report-old li").allTextContents();
  assert.deepEqual(listed.length, 1);
  assert.ok(listed[0].startsWith("已删去的余额") && listed[0].endsWith("<b>旧数</b> 12"), listed[0]);
  assert.match(await notice(page).textContent(), /\S/);
  await input(page, figures[1]).fill("1");
  await saved(page);
  await page.reload();
  assert.equal(await page.locator(".report-old li").count(), 1, "lost after a reload");
  await shelf(page);
  const [, kept] = await download(page, "kept.json");
  assert.equal(kept.values.已删去, "<b>旧数</b> 12");
  assert.equal(kept.labels.已删去, "已删去的余额");
});

test("a value that its field does not take is shown and said, not dropped", async (t) => {
  const dated = reportWith("a date", ({ form }) => form.fields.some((field) => field.type === "date"));
  const page = await openReport(opened, openPage, t, dated.url);
  const index = dated.form.fields.findIndex((field) => field.type === "date");
  const { name } = dated.form.fields[index];
  await page.setInputFiles(".report-file", written("date.json", { values: { [name]: "下周一" } }));
  await page.locator(`#gw-report-${index}-message`).waitFor();
  assert.equal(await input(page, index).inputValue(), "下周一");
  await page.setInputFiles(".report-file", written("date.json", { values: { [name]: "2026/1/5" } }));
  await page.waitForFunction((id) => /** @type {HTMLInputElement} */ (document.getElementById(id)).value === "2026-01-05", `gw-report-${index}`);
});

test("a file that is no draft changes nothing and is said", async (t) => {
  const page = await open(t);
  await input(page, figures[0]).fill("444");
  for (const text of ["不是草稿", "{}", '{"format":"gangwei-report-draft","values":7}']) {
    await page.setInputFiles(".report-file", written("bad.json", text));
    await notice(page).waitFor();
    assert.match(await notice(page).textContent(), /\S/);
    assert.equal(await input(page, figures[0]).inputValue(), "444");
  }
  assert.deepEqual(page.faults, []);
});

for (const [what, breaks] of [
  ["blocked", () => Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } })],
  ["full", () => { Storage.prototype.setItem = () => { throw new DOMException("no", "QuotaExceededError"); }; }],
]) {
  test(`with a storage that is ${what} the form says so once and goes on`, async (t) => {
    const page = await open(t, {}, (page) => page.addInitScript(breaks));
    await input(page, figures[0]).fill("555");
    await notice(page).waitFor();
    assert.match(await notice(page).textContent(), /\S/);
    await input(page, figures[1]).fill("666");
    assert.equal(await place(page, report.form.fields[figures[1]].blanks[0]).textContent(), "666");
    await shelf(page);
    const [, draft] = await download(page, "unkept.json");
    assert.equal(draft.values[report.form.fields[figures[0]].name], "555");
    assert.deepEqual(page.faults, []);
  });
}

/** A second window on the same report; what was typed in either is kept before anything else is done. */
async function openSecond(page) {
  const other = await page.context().newPage();
  await other.goto(report.url, { waitUntil: "networkidle" });
  return other;
}

async function type(page, index, text) {
  await page.bringToFront();
  await input(page, index).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(text);
}

const wait = (page) => page.waitForTimeout(700);
const holds = (page, index, text) => page.waitForFunction(([id, wanted]) => /** @type {HTMLInputElement} */ (document.getElementById(id)).value === wanted, [`gw-report-${index}`, text]);

test("what is typed in two windows of one report is kept field by field, and each shows the other's", async (t) => {
  const [one, two] = figures;
  const page = await open(t);
  const other = await openSecond(page);
  await type(page, one, "111");
  await page.locator("h1").click();
  await wait(page);
  await holds(other, one, "111");
  await type(other, two, "222");
  await other.locator("h1").click();
  await wait(other);
  await holds(page, two, "222");
  assert.equal(await input(page, one).inputValue(), "111");
  for (const window of [page, other]) {
    await window.reload();
    assert.deepEqual([await input(window, one).inputValue(), await input(window, two).inputValue()], ["111", "222"]);
    assert.equal(await window.locator(".report-choice option").count(), 1);
  }
  assert.deepEqual(page.faults, []);
});

test("the field that is being typed in is left alone, and where both windows filled in one field both texts are kept", async (t) => {
  const [one] = figures;
  const page = await open(t);
  const other = await openSecond(page);
  await type(page, one, "111");
  await wait(page);
  await holds(other, one, "111");
  await type(other, one, "222");
  await wait(other);
  assert.equal(await input(page, one).inputValue(), "111", "written into the field that has the focus");
  await page.bringToFront();
  await page.keyboard.press("Tab");
  await holds(page, one, "222");
  assert.equal(await page.locator(".report-choice option").count(), 1);
  // Now both change it before either leaves it.
  await type(page, one, "333");
  await wait(page);
  await type(other, one, "444");
  await wait(other);
  await page.bringToFront();
  await page.keyboard.type("3");
  await wait(page);
  assert.equal(await input(page, one).inputValue(), "3333");
  assert.match(await notice(page).textContent(), /另一个窗口/);
  const kept = await page.evaluate(() => Object.entries(localStorage).filter(([key]) => /:\d+$/.test(key)).map(([, text]) => Object.values(JSON.parse(text).values)));
  for (const text of ["3333", "444"]) assert.ok(kept.flat().includes(text), `${text} is lost: ${JSON.stringify(kept)}`);
  assert.deepEqual(page.faults, []);
});

test("a field in which an input method composes is never written into from another window", async (t) => {
  const [one, two] = figures;
  const page = await open(t);
  const other = await openSecond(page);
  await page.bringToFront();
  await input(page, one).focus();
  await input(page, one).dispatchEvent("compositionstart");
  await input(page, one).evaluate((field) => { field.value = "yi'er"; });
  await type(other, one, "222");
  await type(other, two, "555");
  await wait(other);
  await holds(page, two, "555");
  assert.equal(await input(page, one).inputValue(), "yi'er");
});

test("drafts of two reports do not mix", async (t) => {
  const other = reports.find((one) => one.url !== report.url);
  const page = await open(t);
  await input(page, 0).fill(answer(report.form.fields[0], 0));
  await page.goto(other.url);
  assert.equal(await page.locator(".blank.is-filled").count(), 0);
  assert.equal(await page.locator(".report-old li").count(), 0, "the other report's draft is open");
  assert.equal((await keys(page)).length, 2);
});

test("from a disk the form fills, keeps and exports as well", async (t) => {
  const portable = process.env.PORTABLE_DIR;
  assert.ok(portable, "PORTABLE_DIR names a portal made by `gangwei build --portable`");
  const url = pathToFileURL(path.join(portable, report.file)).href;
  const page = await openReport(opened, openPage, t, url, { baseURL: undefined });
  await input(page, figures[0]).fill("777");
  assert.equal(await place(page, report.form.fields[figures[0]].blanks[0]).textContent(), "777");
  await saved(page);
  await page.reload();
  assert.equal(await input(page, figures[0]).inputValue(), "777");
  await shelf(page);
  assert.equal(Object.keys((await download(page, "disk.json"))[1].values).length, 1);
  assert.deepEqual([page.requests.filter((asked) => !asked.startsWith("file:") && !asked.startsWith("blob:")), page.faults], [[], []]);
});
