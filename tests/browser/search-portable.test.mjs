// Search in a portal that was unpacked to a disk: opened by double click, where pages may read no file but run scripts.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { openBrowser, openPage } from "./browser.mjs";
import { openJobs, read } from "./portal.mjs";

const opened = await openBrowser();
const folder = process.env.PORTABLE_DIR;
assert.ok(folder, "PORTABLE_DIR names a portal made by `gangwei build --portable`");
const home = pathToFileURL(path.join(folder, "index.html")).href;

const decoded = (text) => text.replaceAll("&amp;", "&").replaceAll("&#x2F;", "/");

test("every link of every page leads from its folder to a file", () => {
  let links = 0;
  const pages = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".html"));
  for (const file of pages) {
    const page = readFileSync(path.join(folder, file), "utf8");
    for (const [, name, value] of page.matchAll(/\b(href|src|action|data-[a-z-]+)="([^"]*)"/g)) {
      const link = decoded(value);
      if (/^(https?:|mailto:|tel:|#)/.test(link) || (name.startsWith("data-") && !/^[./]/.test(link))) continue;
      assert.match(link, /^\.\.?\//, `${file}: ${link}`);
      const target = path.join(folder, path.dirname(file), decodeURIComponent(link.split(/[?#]/)[0]));
      assert.ok(existsSync(target), `${file}: ${link}`);
      assert.ok(name === "data-base" || statSync(target).isFile(), `${file}: ${link} is a folder`);
      links += 1;
    }
  }
  assert.ok(links > 20 * pages.length, `only ${links} links on ${pages.length} pages`);
});

test("the box leads from the home page to results, and a result to its page, all from the disk", async (t) => {
  const title = read(openJobs[0].file).match(/<h1[^>]*>([^<]+)</)[1];
  const page = await openPage(opened, { baseURL: undefined });
  t.after(() => page.context().close());
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => faults.push(message.text()));
  await page.goto(home);
  await page.fill("input[name=q]", title);
  const option = page.getByRole("option", { name: title }).first();
  await option.waitFor();
  assert.match(await option.getAttribute("data-link"), /^file:.*\/index\.html$/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search\/index\.html\?q=/);
  const first = page.locator(".search-rows a").filter({ hasText: title }).first();
  await first.waitFor();
  await page.locator("[data-facet=kind] input").first().check();
  await page.waitForURL(/&kind=/);
  await page.goBack();
  await first.click();
  assert.equal(await page.textContent("h1"), title);
  assert.deepEqual(faults, []);
});
