// The way of a candidate: home, a campaign with the calendar of its steps, a posting, how to apply; and similar postings.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowser } from "./browser.mjs";
import { SIZES, visit } from "./candidate.mjs";
import { fileAt, openJobs, pages, read, readBytes } from "./portal.mjs";

const opened = await openBrowser();

for (const viewport of SIZES) {
  test(`home, campaign, posting, apply: every step leads to the next at ${viewport.width}`, async () => {
    const { page, faults, close } = await visit(opened, "/", { viewport });
    const door = page.locator(".door-campaign", { has: page.locator(".step") }).first();
    assert.ok(await door.locator("time").first().isVisible(), "the campaign on the home page shows no dates");
    const calendar = await door.locator('a[href$=".ics"]').getAttribute("href");
    await door.locator(".door-title a").click();
    await page.waitForURL("**/campaigns/*/");
    assert.ok((await page.locator(".step time").count()) > 0, "the campaign has no calendar of steps");
    assert.equal(await page.locator('main a[href$=".ics"]').first().getAttribute("href"), calendar);
    await page.locator("#gw-jobs ~ .rows .row-title a, section:has(#gw-jobs) .row-title a").first().click();
    await page.waitForURL("**/jobs/*/");
    const how = page.locator('.action a[href="#gw-apply"]');
    await how.click();
    assert.equal(new URL(page.url()).hash, "#gw-apply");
    assert.ok(await page.locator("#gw-apply").isVisible());
    assert.deepEqual(faults, []);
    await close();
  });
}

test("every calendar that a page offers is there and is a calendar", () => {
  let links = 0;
  for (const page of pages) {
    for (const [, href] of read(page.file).matchAll(/href="([^"]+\.ics)"/g)) {
      links += 1;
      const file = fileAt(new URL(href, "http://portal").pathname);
      assert.ok(file, `${page.url}: ${href}`);
      assert.equal(readBytes(file).subarray(0, 15).toString(), "BEGIN:VCALENDAR");
    }
  }
  assert.ok(links > 50);
});

test("every campaign that is on, and every posting with dates, offers its calendar", () => {
  const dated = pages.filter((page) => ["job", "campaign"].includes(page.kind) && page.state && page.state !== "archived" && page.state !== "withdrawn");
  assert.ok(dated.length > 20);
  for (const page of dated) assert.match(read(page.file), /href="[^"]+\.ics"/, page.url);
});

test("similar postings share a field with the posting, are open or announced, and never the posting itself", () => {
  // A place or a department stands for what lies above it too, which its list names.
  const above = (url) => [url, ...[...read(fileAt(url)).matchAll(/class="narrower"><li><a href="([^"]+)">↑/g)].flatMap((match) => above(match[1]))];
  const fields = (file) => new Set([...read(file).split('id="gw-similar"')[0].split("<article")[1].matchAll(/href="(\/(?:departments|locations|categories|units)\/[^"]+)"/g)].flatMap((match) => above(match[1])));
  let shown = 0;
  for (const page of openJobs) {
    const similar = read(page.file).match(/id="gw-similar".*?<\/section>/s)?.[0];
    if (!similar) continue;
    for (const [, href] of similar.matchAll(/class="row-title"><a href="([^"]+)"/g)) {
      shown += 1;
      const other = pages.find((one) => one.url === href);
      assert.ok(["open", "soon", "announced"].includes(other.state), `${page.url}: ${href} is ${other.state}`);
      assert.notEqual(other.url, page.url);
      const own = fields(page.file);
      assert.ok([...fields(other.file)].some((field) => own.has(field)), `${page.url} and ${href} have nothing in common`);
    }
  }
  assert.ok(shown > 10, "hardly any posting shows similar ones");
});
