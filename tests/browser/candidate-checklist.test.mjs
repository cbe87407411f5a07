// The checklist of an application: what to prepare and which steps follow, to be ticked on the device.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowser } from "./browser.mjs";
import { mailing, SIZES, smallTargets, visit } from "./candidate.mjs";
import { openJobs, read } from "./portal.mjs";

const opened = await openBrowser();

test("ticks stay, by posting, and their number is told", async () => {
  const { page, faults, close } = await visit(opened, openJobs[0].url);
  const boxes = page.locator(".checklist input");
  await boxes.first().check();
  await page.reload();
  assert.ok(await boxes.first().isChecked());
  assert.ok(!(await boxes.nth(1).isChecked()));
  assert.match(await page.locator(".checklist + .hint").innerText(), new RegExp(`已完成1/${await boxes.count()}项`));
  await page.goto(openJobs[1].url);
  assert.equal(await page.locator(".checklist input:checked").count(), 0, "another posting has the ticks of the first");
  assert.deepEqual(faults, []);
  await close();
});

test("the list names the materials, the subject of the mail and the steps that are still to come", async () => {
  const { page, close } = await visit(opened, mailing.url);
  const list = await page.locator(".checklist").innerText();
  const subject = await page.locator(".apply-facts dd", { hasText: "-" }).allInnerTexts();
  assert.ok(subject.length > 0);
  const materials = read(mailing.file).match(/<dt>[^<]*材料<\/dt><dd>([^<]*)<\/dd>/)?.[1].split("、") ?? [];
  for (const material of materials) assert.ok(list.includes(material), material);
  assert.match(list, /邮件标题写成：/);
  for (const step of await page.locator(".step:not(.step-done) .step-name").allInnerTexts()) assert.ok(list.includes(step), step);
  for (const step of await page.locator(".step-done .step-name").allInnerTexts()) assert.ok(!list.includes(step), step);
  await close();
});

test("every item is as large as a finger and is ticked by the keyboard", async () => {
  const { page, close } = await visit(opened, openJobs[0].url, { viewport: SIZES[0] });
  await page.locator(".checklist input").first().focus();
  await page.keyboard.press("Space");
  assert.ok(await page.locator(".checklist input").first().isChecked());
  assert.deepEqual(await smallTargets(page, ".checklist"), []);
  await close();
});

test("without scripts it is a plain list", async () => {
  const { page, close } = await visit(opened, openJobs[0].url, { javaScriptEnabled: false });
  assert.ok((await page.locator(".checklist li").count()) > 1);
  assert.ok(await page.locator(".checklist li").first().isVisible());
  await close();
});
