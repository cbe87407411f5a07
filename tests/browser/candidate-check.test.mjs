// The self-check: which condition of a posting a candidate does not meet, told on the device alone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowser } from "./browser.mjs";
import { asking, idOf, looks, SIZES, smallTargets, visit } from "./candidate.mjs";
import { openJobs, read } from "./portal.mjs";

const opened = await openBrowser();
const summary = (page) => page.locator(".check-summary").innerText();
const wants = (ask) => openJobs.find(({ file }) => read(file).includes(`data-ask="${ask}"`));

test("the self-check names the condition that is missing with what it asks for", async () => {
  const { page, faults, close } = await visit(opened, asking.url);
  const education = page.locator('[data-key="education"]');
  const need = await page.locator('[data-ask="education"]').getAttribute("data-need");
  await education.selectOption("0");
  assert.ok((await summary(page)).includes(`缺1项：学历（${need}）`), await summary(page));
  assert.match(await page.locator('[data-ask="education"]').getAttribute("class"), /check-lacking/);
  await page.locator('[data-key="majors"]').fill("甲骨文学");
  assert.match(await summary(page), /缺2项：学历（.+）、.*专业.*（.+）/);
  await education.selectOption("5");
  assert.match(await summary(page), /缺1项：.*专业/);
  assert.deepEqual(faults, []);
  await close();
});

test("answers are there for the next posting, and one button wipes them", async () => {
  const other = openJobs.find((page) => page !== asking && /data-ask="education"/.test(read(page.file)));
  const { page, faults, close } = await visit(opened, asking.url);
  const education = page.locator('[data-key="education"]');
  await education.selectOption("3");
  await page.goto(other.url);
  assert.equal(await education.inputValue(), "3");
  await page.locator(".check-tools button").click();
  assert.equal(await education.inputValue(), "");
  assert.equal(await page.evaluate(() => Object.keys(localStorage).some((name) => name.endsWith(":answers"))), false);
  await page.goto(asking.url);
  assert.equal(await education.inputValue(), "");
  assert.deepEqual(faults, []);
  await close();
});

for (const [ask, low, high] of [["months", "0", "60"], ["score", "1", "990"], ["held", "0", "1"], ["degree", "0", "3"]]) {
  const posting = wants(ask);
  test(`a condition of ${ask} is met by enough and not by too little`, { skip: !posting && "no posting asks it" }, async () => {
    const { page, close } = await visit(opened, posting.url);
    const item = page.locator(`[data-ask="${ask}"]`).first();
    const field = item.locator("[data-key]");
    const answer = (value) => field.evaluate((element, text) => {
      element.value = text;
      element.dispatchEvent(new Event("input", { bubbles: true }));
    }, value);
    await answer(low);
    assert.match(await item.getAttribute("class"), /check-lacking/);
    await answer(high);
    assert.match(await item.getAttribute("class"), /check-met/);
    await close();
  });
}

test("a day of graduation is judged by the window, both ends of it counted", async () => {
  const { page, close } = await visit(opened, wants("graduation").url);
  const item = page.locator('[data-ask="graduation"]');
  const [from, to] = await item.locator("[data-from]").first().evaluate((window) => [window.dataset.from, window.dataset.to]);
  const next = new Date(Date.parse(to) + 86400000).toISOString().slice(0, 10);
  for (const [day, state] of [[from, "met"], [to, "met"], [next, "lacking"]]) {
    await item.locator('input[type="date"]').fill(day);
    assert.match(await item.getAttribute("class"), new RegExp(`check-${state}`), day);
  }
  await close();
});

test("a major is judged when the input method has finished, not before", async () => {
  const { page, close } = await visit(opened, asking.url);
  const field = page.locator('[data-key="majors"]');
  const result = page.locator('[data-ask="majors"] .check-result');
  await field.evaluate((input) => {
    input.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
    input.value = "jinrong";
    input.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true }));
  });
  assert.equal(await result.innerText(), "未填");
  const major = await page.locator('[data-ask="majors"] option').first().getAttribute("value");
  await field.evaluate((input, text) => {
    input.value = text;
    input.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true }));
  }, major);
  assert.match(await result.innerText(), /符合$/);
  assert.doesNotMatch(await result.innerText(), /不符合/);
  assert.equal(await field.inputValue(), major, "the field was written to while it was typed in");
  await close();
});

test("no posting asks what hiring may not ask", () => {
  const forbidden = /年龄|出生|性别|婚|育|民族|籍贯|户籍|身高|政治面貌|宗教/;
  for (const page of openJobs) {
    for (const [, title] of read(page.file).matchAll(/class="check-item"[^>]*data-title="([^"]*)"/g)) {
      assert.doesNotMatch(title.replace("教育", ""), forbidden, idOf(page));
    }
  }
});

test("the self-check works by keyboard alone and is as large as a finger", async () => {
  const { page, faults, close } = await visit(opened, asking.url, { viewport: SIZES[0] });
  await page.locator('[data-key="education"]').focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  assert.notEqual(await page.locator('[data-key="education"]').inputValue(), "");
  assert.deepEqual(await smallTargets(page, ".check"), []);
  assert.deepEqual(faults, []);
  await close();
});

for (const viewport of SIZES) {
  test(`answered, met and not, it is accessible at ${viewport.width}, light and dark`, async () => {
    const { page, close } = await visit(opened, asking.url, { viewport });
    await page.locator('[data-key="education"]').selectOption("0");
    await page.locator('[data-key="majors"]').fill(await page.locator('[data-ask="majors"] option').first().getAttribute("value"));
    assert.deepEqual(await looks(page), []);
    await close();
  });
}
