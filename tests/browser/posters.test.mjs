// A posting's poster: fetched only when it is opened, beside the text, whole, and accessible in light and dark.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import { openBrowser, openPage } from "./browser.mjs";
import { fileAt, openJobs } from "./portal.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const opened = await openBrowser();
const { url } = openJobs.find((page) => fileAt(`${page.url}poster.png`)) ?? assert.fail("no posting has a poster");

for (const [width, colorScheme] of [[390, "light"], [390, "dark"], [1280, "light"], [1280, "dark"]]) {
  describe(`${width} wide, ${colorScheme}`, () => {
    test("opens with its picture and stands on no one's place", async () => {
      const page = await openPage(opened, { viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
      const asked = [];
      page.on("request", (request) => asked.push(new URL(request.url()).pathname));
      await page.goto(url);
      const poster = page.locator(".poster");
      assert.ok(!asked.some((path) => path.includes("poster")), "the picture is fetched before it is asked for");
      await poster.locator("summary").click();
      const picture = poster.locator("img");
      await picture.scrollIntoViewIfNeeded();
      await picture.evaluate((image) => image.decode());
      const drawn = await picture.evaluate((image) => image.naturalWidth);
      assert.equal(drawn, Number(await picture.getAttribute("width")));
      const [own, prose] = await Promise.all([poster.boundingBox(), page.locator(".prose > :not(h2)").first().boundingBox()]);
      assert.equal(own.x, prose.x, "the poster stands beside the column of the text");
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "the page is wider than the screen");
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() => globalThis.axe.run(".poster"));
      assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes[0].html]), []);
      for (const link of await poster.locator("a").evaluateAll((links) => links.map((link) => link.pathname))) assert.ok(fileAt(link), link);
      await page.context().close();
    });
  });
}
