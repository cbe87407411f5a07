// On paper: no menus, no buttons, and a posting on two sheets at most.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowser, openPage } from "./browser.mjs";
import { DOCUMENT_KINDS, openJobs, pages, read } from "./portal.mjs";

const opened = await openBrowser();

test("a printed posting has no menu and no buttons, and fits on two sheets", async () => {
  const page = await openPage(opened);
  await page.goto(openJobs[0].url, { waitUntil: "networkidle" });
  const controls = page.locator("header nav, button, .button, input, select");
  assert.ok((await controls.filter({ visible: true }).count()) > 0, "the screen shows nothing that print could hide");
  await page.emulateMedia({ media: "print" });
  assert.deepEqual(await controls.filter({ visible: true }).evaluateAll((all) => all.map((one) => one.outerHTML.slice(0, 120))), []);
  assert.ok(await page.locator("h1").isVisible(), "the title is not printed");
  assert.ok(await page.locator("section.apply").isVisible(), "how to apply is not printed");
  const pdf = (await page.pdf({ format: "A4", preferCSSPageSize: true })).toString("latin1");
  const sheets = pdf.match(/\/Type\s*\/Page(?![A-Za-z])/g)?.length ?? 0;
  assert.ok(sheets >= 1 && sheets <= 2, `${sheets} sheets`);
  await page.context().close();
});

test("what is related is read on a screen and not printed, on any kind of page", async () => {
  const page = await openPage(opened);
  let seen = 0;
  for (const kind of DOCUMENT_KINDS) {
    const shown = pages.find((page) => page.kind === kind && /class="related"/.test(read(page.file)));
    if (!shown) continue;
    seen += 1;
    await page.emulateMedia({ media: "screen" });
    await page.goto(shown.url);
    assert.ok(await page.locator(".related").isVisible(), kind);
    await page.emulateMedia({ media: "print" });
    assert.ok(!(await page.locator(".related").isVisible()), `${kind}: printed`);
  }
  assert.ok(seen > 2, `only ${seen} kinds have related pages`);
  await page.context().close();
});
