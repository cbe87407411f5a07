// Storage that is blocked or full: everything works for as long as the page lasts, and nobody is told otherwise.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowser } from "./browser.mjs";
import { asking, JOBS, visit } from "./candidate.mjs";

const opened = await openBrowser();

const broken = {
  blocked: () => Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } }),
  full: () => { Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }; },
  missing: () => Object.defineProperty(window, "localStorage", { value: null }),
};

for (const [name, prepare] of Object.entries(broken)) {
  test(`with storage ${name} a posting can be checked, saved and ticked while its page is open`, async () => {
    const { page, faults, close } = await visit(opened, asking.url, {}, (page) => page.addInitScript(prepare));
    const save = page.locator(".job-tools .save");
    await save.click();
    assert.equal(await save.getAttribute("aria-pressed"), "true");
    const note = page.locator(".job-tools [role=status]");
    await note.filter({ hasText: "没有允许保存" }).waitFor();
    assert.ok(!(await page.locator(".job-tools a[data-module=saved-link]").isVisible()), "an empty shelf is offered");
    await save.click();
    assert.equal(await note.count(), 0, "nothing is saved, and its loss is told");
    await page.locator('[data-key="education"]').selectOption("0");
    assert.match(await page.locator(".check-summary").innerText(), /缺1项/);
    await page.locator(".check-tools button").click();
    assert.equal(await page.locator('[data-key="education"]').inputValue(), "");
    await page.locator(".checklist input").first().check();
    assert.ok(await page.locator(".checklist input").first().isChecked());
    assert.deepEqual(faults, []);
    await close();
  });

  test(`with storage ${name} the list of postings opens, and so does that of the saved ones`, async () => {
    const { page, faults, close } = await visit(opened, JOBS + "#saved", {}, (page) => page.addInitScript(prepare));
    assert.ok(await page.locator(".shelf .empty").isVisible());
    const row = page.locator(".results .row-job").first();
    await row.locator(".save").click();
    await row.locator("[role=status]").filter({ hasText: "没有允许保存" }).waitFor();
    assert.equal(await page.locator(".shelf .row-title").count(), 1);
    assert.deepEqual(faults, []);
    await close();
  });
}
