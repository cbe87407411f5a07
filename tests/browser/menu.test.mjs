// The header: at every width its menu is one line or folded behind its button, and nothing leaves the window.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowser, openPage } from "./browser.mjs";

const opened = await openBrowser();
const WIDTHS = Array.from({ length: 65 }, (_, step) => 320 + 20 * step);

for (const url of ["/", "/jobs/", "/search/"]) {
  test(`the menu of ${url} is one line or folded, from 320 to 1600`, async (t) => {
    const page = await openPage(opened);
    t.after(() => page.context().close());
    await page.goto(url);
    const faults = [];
    let folded = 0;
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      const seen = await page.evaluate(() => {
        const list = document.querySelector(".menu-list");
        return {
          lines: list.offsetParent ? new Set(Array.from(list.children, (item) => /** @type {HTMLElement} */ (item).offsetTop)).size : 0,
          button: document.querySelector(".menu-button").offsetParent !== null,
          over: document.scrollingElement.scrollWidth > innerWidth,
        };
      });
      folded += seen.lines === 0 ? 1 : 0;
      if (seen.lines > 1 || seen.over || seen.button !== (seen.lines === 0)) faults.push([width, seen]);
    }
    assert.deepEqual(faults, []);
    assert.ok(folded > 0 && folded < WIDTHS.length, `${folded} of ${WIDTHS.length} widths fold the menu`);
  });
}

for (const width of [390, 1024]) {
  test(`at ${width} the button unfolds a menu whose entries can all be pressed`, async (t) => {
    const page = await openPage(opened, { viewport: { width, height: 800 } });
    t.after(() => page.context().close());
    await page.goto("/jobs/");
    const button = page.locator(".menu-button");
    assert.equal(await button.getAttribute("aria-expanded"), "false");
    await button.click();
    assert.equal(await button.getAttribute("aria-expanded"), "true");
    for (const link of await page.locator(".menu-list a").all()) {
      const box = await link.boundingBox();
      assert.ok(box.height >= 44 && box.x >= 0 && box.x + box.width <= width, JSON.stringify(box));
      await link.click({ trial: true });
    }
  });
}
