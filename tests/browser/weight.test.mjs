// The first view of an open posting is light enough for a slow line.

import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { openBrowser, openPage } from "./browser.mjs";
import { openJobs, readBytes } from "./portal.mjs";

const LIMIT_BYTES = 40 * 1024;
const opened = await openBrowser();

test("everything an open posting loads at first is under 40 KB with gzip", async () => {
  // The heaviest page stands for all: styles and scripts are the same on each.
  const size = (page) => gzipSync(readBytes(page.file)).length;
  const heaviest = openJobs.reduce((one, other) => (size(other) > size(one) ? other : one));
  const page = await openPage(opened);
  const responses = [];
  page.on("response", (response) => responses.push(response));
  await page.goto(heaviest.url, { waitUntil: "networkidle" });
  const weights = [];
  for (const response of responses) weights.push([new URL(response.url()).pathname, gzipSync(await response.body()).length]);
  const total = weights.reduce((sum, [, bytes]) => sum + bytes, 0);
  assert.ok(total > 0, "nothing was loaded");
  assert.ok(total < LIMIT_BYTES, `${total} bytes of ${LIMIT_BYTES}: ${weights.map((weight) => weight.join(" ")).join(", ")}`);
  await page.context().close();
});
