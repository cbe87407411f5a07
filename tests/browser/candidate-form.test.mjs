// The application form for paper: from the posting's conditions and materials, on its own sheets.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowser } from "./browser.mjs";
import { asking, looks, mailing, SIZES, visit } from "./candidate.mjs";
import { openJobs, read } from "./portal.mjs";

const opened = await openBrowser();
const FORBIDDEN = /年龄|出生|性别|婚|生育|民族|籍贯|户籍|身高|体重|政治面貌|宗教|照片|身份证号/;
const sheets = (pdf) => pdf.toString("latin1").match(/\/Type\s*\/Page(?![A-Za-z])/g)?.length ?? 0;

test("the form prints alone, on two sheets at most, and the posting prints again afterwards", async () => {
  const { page, faults, close } = await visit(opened, asking.url, {}, (page) => page.addInitScript(() => { window.print = () => {}; }));
  await page.locator(".form-sheet summary").click();
  await page.locator(".form-sheet button").click();
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator(".form-paper").isVisible());
  assert.ok(!(await page.locator("h1").isVisible()), "the posting is printed too");
  assert.ok(!(await page.locator(".form-sheet button").isVisible()), "the button is printed");
  const count = sheets(await page.pdf({ format: "A4", preferCSSPageSize: true }));
  assert.ok(count >= 1 && count <= 2, `${count} sheets`);
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  assert.ok(await page.locator("h1").isVisible());
  assert.deepEqual(faults, []);
  await close();
});

test("it has lines for every condition and material of the posting", async () => {
  const { page, close } = await visit(opened, mailing.url);
  await page.locator(".form-sheet summary").click();
  const form = await page.locator(".form-paper").innerText();
  for (const item of await page.locator(".check-item").evaluateAll((all) => all.map((one) => one.dataset.need))) assert.ok(form.includes(item), item);
  const materials = read(mailing.file).match(/<dt>[^<]*材料<\/dt><dd>([^<]*)<\/dd>/)?.[1].split("、") ?? [];
  for (const material of materials) assert.ok(form.includes(material), material);
  await close();
});

test("no form asks what hiring may not ask", () => {
  for (const page of openJobs) {
    const form = read(page.file).match(/<section class="form-paper">(.*?)<\/section>/s)?.[1];
    assert.ok(form, page.url);
    assert.doesNotMatch(form, FORBIDDEN, page.url);
  }
});

test("without scripts the unfolded form prints after the posting, and the folded one does not", async () => {
  const { page, close } = await visit(opened, asking.url, { javaScriptEnabled: false });
  await page.emulateMedia({ media: "print" });
  assert.ok(!(await page.locator(".form-paper").isVisible()));
  await page.emulateMedia({ media: "screen" });
  await page.locator(".form-sheet summary").click();
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator(".form-paper").isVisible());
  await close();
});

for (const viewport of SIZES) {
  test(`unfolded, it is accessible at ${viewport.width}, light and dark`, async () => {
    const { page, close } = await visit(opened, asking.url, { viewport });
    await page.locator(".form-sheet summary").click();
    assert.deepEqual(await looks(page), []);
    await close();
  });
}
