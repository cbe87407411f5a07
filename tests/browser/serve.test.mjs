// The preview in the browser: a saved file is shown where the reader was, and a fault stands over the last good page until
// it is repaired. The program under test is the one that `cargo test` has built; GANGWEI names another.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { after, test } from "node:test";
import { openBrowser, openPage } from "./browser.mjs";

const opened = await openBrowser();
const program = process.env.GANGWEI || "target/debug/gangwei";
const folder = mkdtempSync(path.join(tmpdir(), "gangwei-serve-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function write(file, text) {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

const posting = (word, more = "") =>
  `---\n标题: 客户经理\n发布日期: 2026-01-05\n${more}---\n${`${word}的正文，很长的一段。\n\n`.repeat(120)}`;

write("gangwei.yaml", "标题: 门户\n机构: {名称: 甲银行}\n网址: https://a.example/\ncheck: {gate: warn}\n其他版本: [zh-Hant-TW]\n");
write("content/jobs/J-1.md", posting("旧"));

const server = spawn(program, ["serve", folder, "--port", "0", "--lang", "en"], { stdio: ["ignore", "pipe", "ignore"] });
after(() => server.kill());
const baseURL = await new Promise((resolve, reject) => {
  createInterface({ input: server.stdout }).once("line", (line) => resolve(line.match(/http:\/\/[^/ ]+/)[0]));
  server.once("error", reject);
  server.once("exit", () => reject(new Error("the preview ended")));
});

async function open(t, address) {
  const page = await openPage(opened, { baseURL });
  t.after(() => page.context().close());
  const faults = [];
  // The browser's own memory of the place is off, so that the preview's is seen.
  await page.addInitScript(() => { history.scrollRestoration = "manual"; });
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => faults.push(message.text()));
  await page.goto(address);
  return { page, faults };
}

const shows = (page, words) => page.locator("main").getByText(words).first().waitFor();
// The preview may load the page again at any moment; then it is asked again.
async function ask(page, question, given) {
  for (;;) {
    try {
      return await page.evaluate(question, given);
    } catch (error) {
      if (!/context was destroyed/.test(error.message)) throw error;
      await page.waitForLoadState();
    }
  }
}
const scrolled = (page) => ask(page, () => Math.round(scrollY));
// Scrolls until the page has arrived: it may still be loading, and may load again, when it is asked first.
const scrollDown = (page, top) => page.waitForFunction((y) => {
  scrollTo({ top: y, behavior: "instant" });
  return Math.abs(scrollY - y) <= 1;
}, top);

test("a saved file is shown without a click, and the reader stays where he was", async (t) => {
  write("content/jobs/J-1.md", posting("旧"));
  const { page, faults } = await open(t, "/jobs/J-1/");
  await shows(page, "旧的正文");
  await scrollDown(page, 2400);
  for (const word of ["新", "更新"]) {
    write("content/jobs/J-1.md", posting(word));
    await shows(page, `${word}的正文`);
    await page.waitForFunction((y) => Math.abs(scrollY - y) <= 1, 2400);
  }
  // Another page begins at its top.
  await page.goto("/jobs/");
  assert.equal(await scrolled(page), 0);
  assert.deepEqual(faults, []);
});

test("a fault stands over the last good page with place, line and help, and goes when it is repaired", async (t) => {
  write("content/jobs/J-1.md", posting("好"));
  const { page, faults } = await open(t, "/jobs/J-1/");
  await shows(page, "好的正文");
  await scrollDown(page, 1500);
  const before = await scrolled(page);
  write("content/jobs/J-1.md", posting("坏", "薪酬: 很多\n"));
  const overlay = page.locator(".gangwei-faults");
  await overlay.waitFor();
  const text = await overlay.innerText();
  // In the language of the page, whatever the program was told.
  for (const words of ["bad-salary", "content/jobs/J-1.md:4:", "薪酬: 很多", "1 处要改"]) {
    assert.ok(text.includes(words), `${words} is not in:\n${text}`);
  }
  assert.equal(await page.locator("main").getByText("坏的正文").count(), 0);
  await shows(page, "好的正文");
  const box = await overlay.boundingBox();
  assert.ok(box.y >= 0 && box.y + box.height <= 900 + 1, JSON.stringify(box));
  assert.ok(Math.abs((await scrolled(page)) - before) <= 1, "the page moved");
  // Folded away, the page below can be read.
  await overlay.locator("summary").click();
  assert.ok((await overlay.boundingBox()).height < 120);
  write("content/jobs/J-1.md", posting("改好"));
  await shows(page, "改好的正文");
  assert.equal(await overlay.count(), 0);
  assert.ok(Math.abs((await scrolled(page)) - before) <= 1, "the page moved");
  assert.deepEqual(faults, []);
});

test("a list that is open shows a new posting, and loses one that was deleted", async (t) => {
  write("content/jobs/J-1.md", posting("旧"));
  const { page } = await open(t, "/jobs/");
  write("content/jobs/J-2.md", posting("又").replace("客户经理", "授信审查岗"));
  await shows(page, "授信审查岗");
  rmSync(path.join(folder, "content/jobs/J-2.md"));
  await page.getByText("授信审查岗").first().waitFor({ state: "detached" });
});
