// What copy buttons copy, in a posting and in a report. In one file, so that one test follows another: all files share one
// browser, and a browser has one clipboard.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowser, openPage } from "./browser.mjs";
import { mailing, visit } from "./candidate.mjs";
import { input, moneyIn, openReport, place, withMoney } from "./reports.mjs";

const opened = await openBrowser();

/** What stands in the clipboard, once something does. */
async function copied(page) {
  return (await page.waitForFunction(() => navigator.clipboard.readText())).jsonValue();
}

test("the address and the subject are copied as they stand", async () => {
  const { page, faults, close } = await visit(opened, mailing.url, { permissions: ["clipboard-read", "clipboard-write"] });
  const copies = page.locator(".apply-facts [data-module=copy]");
  assert.ok((await copies.count()) >= 2);
  for (const one of await copies.all()) {
    await page.evaluate(() => navigator.clipboard.writeText(""));
    await one.locator("xpath=following-sibling::button[1]").click();
    assert.equal(await copied(page), await one.getAttribute("data-text"));
  }
  assert.deepEqual(faults, []);
  await close();
});

test("the address of a posting is shared as search engines know it", async () => {
  const { page, close } = await visit(opened, mailing.url, { permissions: ["clipboard-read", "clipboard-write"] }, (page) => page.addInitScript(() => {
    navigator.share = (data) => { globalThis.shared = data; return Promise.resolve(); };
  }));
  const canonical = await page.locator("link[rel=canonical]").getAttribute("href");
  await page.evaluate(() => navigator.clipboard.writeText(""));
  const tools = page.locator('[data-module~="share"] button');
  for (const button of await tools.all()) {
    if (/打印/.test(await button.innerText())) continue;
    await button.click();
  }
  assert.equal(await copied(page), canonical);
  assert.equal(await page.evaluate(() => globalThis.shared?.url), canonical);
  await close();
});

test("text and markdown are copied as filled, with blanks where nothing was typed", async (t) => {
  const page = await openReport(opened, openPage, t, withMoney.url);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const index = moneyIn(withMoney);
  await input(page, index).fill("48600");
  const copy = async (number) => {
    await page.evaluate(() => navigator.clipboard.writeText(""));
    await page.locator(".report-tools .tool").nth(number).click();
    return copied(page);
  };
  const text = await copy(0);
  const h1 = await page.textContent("h1");
  assert.equal(text.split("\n")[0], h1.replace(/模板$/, ""));
  assert.ok(text.includes("48,600万元") && text.includes("____") && !text.includes("#"), text.slice(0, 300));
  const markdown = await copy(1);
  assert.ok(markdown.startsWith("# ") && markdown.includes("\n## ") && markdown.includes("48,600万元"), markdown.slice(0, 300));
  await page.locator(".report-mask").click();
  assert.ok(!(await copy(0)).includes("48,600"), "a value is copied");
  assert.ok(!(await copy(1)).includes("48,600"), "a value is copied");
  assert.equal(await place(page, withMoney.form.fields[index].blanks[0]).evaluate((one) => one.classList.contains("is-filled")), false);
  assert.equal(await input(page, index).inputValue(), "48,600", "what was typed is lost");
  await page.locator(".report-mask").click();
  assert.ok((await copy(0)).includes("48,600"));
  assert.match(await page.textContent(".report-words"), /\d{3}/);
});
