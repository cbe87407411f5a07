// The keyboard alone: a skip link first, then every link and control, each with a focus that can be seen.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openBrowser, openPage } from "./browser.mjs";
import { DOCUMENT_KINDS, pages } from "./portal.mjs";

const opened = await openBrowser();
const urls = ["/", "/jobs/", "/search/", ...DOCUMENT_KINDS.map((kind) => pages.find((page) => page.kind === kind)?.url)];

test("the first Tab reaches the skip link, which leads to main", async () => {
  const page = await openPage(opened);
  await page.goto("/jobs/");
  await page.keyboard.press("Tab");
  const link = page.locator(":focus");
  assert.equal(await link.evaluate((element) => document.querySelector(element.hash)?.localName), "main");
  const box = await link.boundingBox();
  assert.ok(box && box.x >= 0 && box.y >= 0 && box.width > 1 && box.height > 1, "the focused skip link cannot be seen");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.localName), "main");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.activeElement.closest("main") !== null), "the next Tab leaves main");
  await page.context().close();
});

describe("everything that can be reached shows its focus", () => {
  for (const url of urls) test(`${url}`, () => walk(url));
});

async function walk(url) {
  const page = await openPage(opened);
  await page.goto(url);
  await page.evaluate(() => {
    globalThis.reached = new Set();
  });
  const faults = [];
  for (let presses = 0; presses < 2000; presses += 1) {
    await page.keyboard.press("Tab");
    const step = await page.evaluate(visit);
    if (step.done) break;
    if (step.fault) faults.push(step.fault);
  }
  faults.push(...(await page.evaluate(unreached)));
  assert.ok((await page.evaluate(() => globalThis.reached.size)) > 3, "hardly anything can be reached");
  await page.context().close();
  assert.deepEqual(faults, [], url);
}

/** In the page: notes the focused element, and a fault where its focus cannot be seen. */
function visit() {
  const element = document.activeElement;
  if (element === document.body || element === document.documentElement || globalThis.reached.has(element)) {
    return { done: true };
  }
  globalThis.reached.add(element);
  // A row that is one large link draws the outline on the area it covers, which is a pseudo-element.
  const seen = element.matches(":focus-visible") && [null, "::before", "::after"].some((part) => {
    const style = getComputedStyle(element, part);
    return (
      style.content !== "none" &&
      style.outlineStyle !== "none" &&
      Number.parseFloat(style.outlineWidth) >= 2 &&
      !/^(transparent|rgba\(.*, 0\))$/.test(style.outlineColor)
    );
  });
  return { fault: seen ? undefined : `no visible focus: ${element.outerHTML.slice(0, 120)}` };
}

/** In the page: controls that can be seen and that Tab never reached. */
function unreached() {
  const inGroup = (element) => element.type === "radio";
  return [...document.querySelectorAll("a[href], button, summary, input, select, textarea")]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.matches(":disabled"))
    // One radio button stands for its group, and tabindex=-1 says that another way leads here.
    .filter((element) => !inGroup(element) && element.tabIndex >= 0 && !globalThis.reached.has(element))
    .map((element) => `never reached: ${element.outerHTML.slice(0, 120)}`);
}
