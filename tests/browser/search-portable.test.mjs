// Search in a portal that was unpacked to a disk: opened by double click, where pages may read no file but run scripts.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { openBrowser, openPage } from "./browser.mjs";
import { files, openJobs, read, readBytes } from "./portal.mjs";

const opened = await openBrowser();
const folder = mkdtempSync(path.join(tmpdir(), "gangwei-portable-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** The portal as files of a disk: the index as scripts, links relative to each page. */
function unpack() {
  const job = openJobs[0].file;
  const wanted = (file) => file.startsWith("assets/") || file.startsWith("search/") || ["index.html", job].includes(file);
  for (const file of files.filter(wanted)) {
    let [name, bytes] = [file, readBytes(file)];
    if (file.endsWith(".html")) {
      const up = "../".repeat(file.split("/").length - 1) || "./";
      bytes = read(file).replace(/(=")\/([^"]*)"/g, (all, before, link) => `${before}${up}${link.replace(/\/$/, "/index.html")}"`)
        .replace(/data-base="([^"]*)index\.html"/, 'data-base="$1"');
    } else if (file.startsWith("search/")) {
      [name, bytes] = [`${file}.js`, `gangwei.searchData("${file.slice("search/".length)}","${bytes.toString("base64")}");\n`];
    }
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), bytes);
  }
  return { home: pathToFileURL(path.join(folder, "index.html")).href, job };
}

test("the box leads from the home page to results, and a result to its page, all from the disk", async (t) => {
  const { home, job } = unpack();
  const title = read(job).match(/<h1[^>]*>([^<]+)</)[1];
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
