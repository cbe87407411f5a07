// A portal in several scripts: the menu that leads from one to another, and what goes along. The program under test is the
// one that `cargo test` has built; GANGWEI names another.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { looks } from "./candidate.mjs";
import { openBrowser, openPage } from "./browser.mjs";
import { serve } from "./server.mjs";

const opened = await openBrowser();
const folder = mkdtempSync(path.join(tmpdir(), "gangwei-editions-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function write(file, text) {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

const MENU = ["岗位", "招聘公告", "通知公告", "述职与总结", "产品介绍", "笔试面试", "制度文章", "职级体系"];
write("gangwei.yaml", `标题: 望澜银行人才门户
机构: {名称: 望澜银行}
网址: https://a.example/
check: {gate: warn}
其他版本: [zh-Hant-TW, zh-Hant-HK]
菜单:
${MENU.map((title) => `  - {标题: ${title}, 网址: /jobs/}`).join("\n")}
搜索:
  同义词:
    - 薪酬 | 薪资 | 待遇
    - 薪酬 | 福利
`);
for (const [id, title] of [["J-1", "营运经理"], ["J-2", "信贷专员"]]) {
  write(`content/jobs/${id}.md`, `---\n标题: ${title}\n发布日期: 2026-01-05\n---\n薪酬的正文。\n`);
}

const out = path.join(folder, "public");
execFileSync(process.env.GANGWEI || "target/debug/gangwei", ["build", folder, "--out", out, "--lang", "en"], { stdio: ["ignore", "ignore", "ignore"] });
const fileAt = (pathname) => {
  const file = path.join(out, decodeURIComponent(pathname).replace(/\/$/, "/index.html"));
  return existsSync(file) ? file : undefined;
};
const server = await serve(undefined, { fileAt, readBytes: readFileSync });
after(() => server.close());
const baseURL = server.origin;

async function open(t, address, width = 1280) {
  const page = await openPage(opened, { baseURL, viewport: { width, height: 800 } });
  t.after(() => page.context().close());
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(error.message));
  page.on("console", (message) => page.faults.push(message.text()));
  await page.goto(address);
  return page;
}

const menu = (page) => page.locator("details.editions");
const isOpen = (page) => menu(page).evaluate((details) => details.open);

for (const width of [320, 390, 1280]) {
  test(`at ${width} the menu has a line for each edition and stays in the window`, async (t) => {
    const page = await open(t, "/zh-hant-hk/jobs/", width);
    await page.locator(".editions summary").click();
    const boxes = await page.locator(".editions-list a").evaluateAll((all) => all.map((link) => link.getBoundingClientRect().toJSON()));
    assert.equal(boxes.length, 3);
    for (const box of boxes) {
      assert.ok(box.height >= 43.5 && box.height < 60, `${box.height} high`);
      assert.ok(box.left >= 0 && box.right <= width, `from ${box.left} to ${box.right}`);
    }
    assert.deepEqual(await looks(page), []);
  });
}

test("Escape and a press elsewhere close the menu, and Escape gives the focus back", async (t) => {
  const page = await open(t, "/jobs/", 390);
  const summary = page.locator(".editions summary");
  await summary.click();
  await page.locator(".editions-list a").first().focus();
  await page.keyboard.press("Escape");
  assert.equal(await isOpen(page), false);
  assert.ok(await summary.evaluate((element) => element === document.activeElement));
  await summary.click();
  assert.equal(await isOpen(page), true);
  await page.locator(".editions-list").click({ position: { x: 2, y: 2 } });
  assert.equal(await isOpen(page), true, "a press on the menu itself closes it");
  await page.locator("h1").click();
  assert.equal(await isOpen(page), false);
  assert.deepEqual(page.faults, []);
});

for (const edition of ["", "zh-hant-tw/", "zh-hant-hk/"]) {
  test(`the search field of /${edition} has room for what it says, beside a menu of eight`, async (t) => {
    const page = await open(t, `/${edition}jobs/`);
    const [room, need, height] = await page.locator(".header .search-field").evaluate((field) => {
      const style = getComputedStyle(field);
      const canvas = document.createElement("canvas").getContext("2d");
      canvas.font = `${getComputedStyle(field, "::placeholder").fontSize} ${style.fontFamily}`;
      return [field.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight),
        canvas.measureText(field.placeholder).width, document.querySelector(".menu").getBoundingClientRect().height];
    });
    assert.ok(room >= need, `${room} for ${need}`);
    assert.ok(height < 60, "the menu breaks into lines");
  });
}

test("a comparison and the saved postings go along into another script, with the titles of its pages", async (t) => {
  const page = await open(t, "/jobs/");
  const title = async (hash) => {
    await page.goto("/jobs/" + hash);
    await page.locator(".editions summary").click();
    await page.locator(".editions-list a[hreflang=zh-Hant-TW]").click();
    await page.waitForURL(/zh-hant-tw/);
    return decodeURIComponent(new URL(page.url()).hash);
  };
  for (const save of await page.locator(".row-job .save").all()) await save.click();
  assert.equal(await title("#compare=J-1,J-2"), "#compare=J-1,J-2");
  await page.locator("table.compare thead a", { hasText: "信貸專員" }).waitFor();
  assert.equal(await title("#saved"), "#saved");
  const row = page.locator(".shelf .row", { hasText: "信貸專員" });
  await row.waitFor();
  assert.match(await row.locator("input").getAttribute("aria-label"), /信貸專員$/);
  assert.match(await row.locator(".save").getAttribute("aria-label"), /信貸專員$/);
  assert.deepEqual(page.faults, []);
});

test("words that were added to a search are said once each, in the edition's script", async (t) => {
  const note = async (address, query) => {
    const page = await open(t, `${address}?q=${encodeURIComponent(query)}`);
    await page.locator(".search-notes li").first().waitFor();
    return page.locator(".search-notes li").first().evaluate((item) => item.firstChild.textContent);
  };
  assert.match(await note("/search/", "薪酬"), /：薪资、待遇、福利。/);
  assert.match(await note("/zh-hant-tw/search/", "數據庫"), /：資料庫。/);
  assert.match(await note("/zh-hant-hk/search/", "招聘"), /：徵才、招募。/);
});
