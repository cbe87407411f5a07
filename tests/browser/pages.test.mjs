// Every kind of page, narrow and wide, narrow also dark: accessible, silent, self-contained and no wider than the window.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import { openBrowser, openPage } from "./browser.mjs";
import { fileAt, MISSING, samples } from "./portal.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];

const opened = await openBrowser();

for (const width of [390, 1280]) {
  describe(`${width} wide`, { concurrency: 2 }, () => {
    for (const [name, url] of samples()) test(name, () => check(url, width));
  });
}

async function check(url, width) {
  assert.ok(url === MISSING || (url && fileAt(url)), "the portal has no such page");
  const page = await openPage(opened, { viewport: { width, height: 900 } });
  const faults = [];
  await listen(page, faults);
  const response = await page.goto(url);
  assert.equal(response.status(), url === MISSING ? 404 : 200);
  // Results and rows that scripts bring are judged too, and not halfway.
  await page.waitForLoadState("networkidle");
  await page.evaluate(AXE);
  // What is folded away is read too.
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => details.toggleAttribute("open", true)));
  // Colours are the same at every width: dark is judged at one.
  for (const colorScheme of width < 600 ? ["light", "dark"] : ["light"]) {
    await page.emulateMedia({ colorScheme });
    const { scrollWidth, innerWidth } = await page.evaluate(() => ({
      scrollWidth: document.scrollingElement.scrollWidth,
      innerWidth,
    }));
    if (scrollWidth > innerWidth) faults.push(`${colorScheme}: ${scrollWidth} wide in a window of ${innerWidth}`);
    const { violations } = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: tags }), TAGS);
    for (const { id, help, nodes } of violations) {
      const targets = nodes.slice(0, 3).map((node) => node.target.join(" ")).join(" | ");
      faults.push(`${colorScheme}: axe ${id}: ${help}: ${targets} (${nodes.length})`);
    }
  }
  faults.push(...(await page.evaluate(() => globalThis.violations)));
  await page.context().close();
  assert.deepEqual(faults, [], url);
}

/** Notes whatever a page says, asks for or is refused, from its first byte on. */
function listen(page, faults) {
  const isMissing = (url) => url === opened.origin + MISSING;
  page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
  page.on("console", (message) => {
    // The browser itself notes that an address leads nowhere, which is what is asked there.
    if (!isMissing(message.location().url)) faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== opened.origin) faults.push(`request: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && !isMissing(response.url())) faults.push(`status ${response.status()}: ${response.url()}`);
  });
  return page.addInitScript(() => {
    globalThis.violations = [];
    addEventListener("securitypolicyviolation", (event) => {
      globalThis.violations.push(`policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
}
