// In WeChat's browser, which blocks mail, downloads and printing: what can be copied or opened elsewhere.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowser } from "./browser.mjs";
import { JOBS, looks, mailing, SIZES, visit } from "./candidate.mjs";
import { pages, read } from "./portal.mjs";

const opened = await openBrowser();
const AGENT = "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/107.0 Mobile Safari/537.36 MicroMessenger/8.0.40";
const phone = { viewport: SIZES[0] };
const HINT = "[data-module~=wechat]";
const focused = (page) => page.locator(HINT).evaluate((hint) => hint === document.activeElement);

test("a posting says it where one applies, and only there", async () => {
  for (const userAgent of [AGENT, undefined]) {
    const { page, faults, close } = await visit(opened, mailing.url, { ...phone, ...(userAgent ? { userAgent } : {}) });
    assert.equal(await page.locator(HINT).isVisible(), Boolean(userAgent));
    if (userAgent) assert.match(await page.locator(HINT).innerText(), /在浏览器打开.*长按或复制/);
    assert.ok((await page.locator(".apply-facts dd button").count()) >= 2, "address and subject have no copy buttons");
    assert.deepEqual(faults, []);
    await close();
  }
});

test("a mail link, a calendar and printing lead to the hint beside them, and other links go on", async () => {
  const { page, faults, close } = await visit(opened, mailing.url, { ...phone, userAgent: AGENT });
  for (const target of ['.apply-facts a[href^="mailto:"]', 'a[href$=".ics"]', '.tools button']) {
    await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur());
    await page.locator(target).filter({ visible: true }).last().click();
    if (target.startsWith(".tools")) await page.evaluate(() => window.print());
    assert.ok(await focused(page), target);
    assert.ok(await page.locator(HINT).isVisible());
  }
  await page.locator(".breadcrumbs a").first().click();
  await page.waitForURL("**/");
  assert.deepEqual(faults, []);
  await close();
});

test("on a list the hint appears when its calendar is pressed", async () => {
  const { page, close } = await visit(opened, JOBS, { ...phone, userAgent: AGENT });
  assert.ok(!(await page.locator(HINT).isVisible()));
  await page.locator('main a[href$=".ics"]').first().click();
  assert.ok(await focused(page));
  await close();
});

test("wherever recruiting pages offer a calendar or a mail, the hint is on the page", () => {
  const blocked = pages.filter((page) => /<main.*href="(mailto:[^"]*|[^"]*\.ics)"/s.test(read(page.file)));
  assert.ok(blocked.length > 10);
  assert.deepEqual(blocked.filter((page) => !read(page.file).includes('data-module="wechat"')).map((page) => page.url), []);
});

for (const viewport of SIZES) {
  test(`a posting in WeChat is accessible at ${viewport.width}, light and dark`, async () => {
    const { page, close } = await visit(opened, mailing.url, { viewport, userAgent: AGENT });
    assert.deepEqual(await looks(page), []);
    await close();
  });
}
