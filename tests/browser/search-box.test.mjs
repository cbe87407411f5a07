// The search box: a combobox for the keyboard, for input methods and for screen readers, which loads nothing before its
// first focus and is a plain form where anything fails. Compositions are the browser's own.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import { openBrowser, openPage } from "./browser.mjs";
import { files, openJobs, pages, read } from "./portal.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const opened = await openBrowser();
const lists = JSON.parse(read("search/lists.json"));
const FIELD = "input[name=q]";

/** Words that the portal's own lists and postings give, so that the tests say nothing about one site's content. */
const [, place, placeLink] = lists.find(([facet]) => facet === "location")[2][0];
const title = JSON.parse(read("jobs.json")).jobs.find((job) => /^\p{Script=Han}{4,}$/u.test(job.title)).title;
const start = title.slice(0, 3);

async function open(t, url = "/jobs/", options = {}) {
  const page = await openPage(opened, options);
  t.after(() => page.context().close());
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(error.message));
  page.on("console", (message) => page.faults.push(message.text()));
  await page.addInitScript(() => {
    globalThis.typed = [];
    globalThis.sent = 0;
    document.addEventListener("gangwei:typed", (event) => globalThis.typed.push(/** @type {any} */ (event.target).elements.q.value), true);
    document.addEventListener("submit", () => (globalThis.sent += 1), true);
  });
  await page.goto(url);
  return page;
}

const options = (page) => page.locator("[role=option]");
const active = (page) => page.evaluate(() => document.activeElement.getAttribute("aria-activedescendant"));

/** Types and waits for the suggestions. */
async function suggest(page, text) {
  await page.fill(FIELD, text);
  await page.locator(`${FIELD}[aria-expanded=true]`).waitFor();
}

test("every page has one search form, in a header, with a label", () => {
  for (const { file, kind } of pages.filter((page) => page.kind !== "redirect" && page.kind)) {
    const forms = read(file).match(/<form[^>]* role="search"[^>]*>/g) ?? [];
    assert.equal(forms.length, 1, file);
    assert.match(forms[0], /action="[^"]*\/search\/" method="get"/, file);
    const [, id] = read(file).match(/<label[^>]* for="([^"]+)">[^<]+<\/label>\s*<input[^>]* name="q"/) ?? [];
    assert.ok(id && read(file).includes(`id="${id}"`), `${file}: no label`);
    assert.ok(kind);
  }
});

test("without scripts the form leads to the search page", async (t) => {
  const page = await open(t, openJobs[0].url, { javaScriptEnabled: false });
  await page.fill(FIELD, title);
  await page.press(FIELD, "Enter");
  await page.waitForURL("**/search/?q=*");
  assert.equal(new URL(page.url()).searchParams.get("q"), title);
});

test("nothing of the search is loaded before the first focus, and its interface is offered then", async (t) => {
  const asked = [];
  const page = await openPage(opened);
  t.after(() => page.context().close());
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto("/jobs/", { waitUntil: "networkidle" });
  const isSearch = (path) => path.startsWith("/search/") || /\/search(-pinyin|-page)?\.[0-9a-f]+\.js$/.test(path);
  assert.deepEqual(asked.filter(isSearch), []);
  assert.equal(await page.evaluate(() => typeof globalThis.gangwei.search), "undefined");
  await page.focus(FIELD);
  const { total, results } = await page.evaluate((text) => globalThis.gangwei.search(text, { limit: 3 }), title);
  assert.ok(total > 0 && results[0].title === title, `${title}: ${JSON.stringify(results[0])}`);
  assert.ok(asked.some(isSearch));
});

describe("suggestions", () => {
  test("name titles, places and what pinyin may mean, at most eight, and none is chosen beforehand", async (t) => {
    const page = await open(t);
    await suggest(page, start);
    assert.equal(await active(page), null);
    assert.equal(await page.locator("[aria-selected=true]").count(), 0);
    assert.ok((await options(page).allInnerTexts()).some((text) => text.includes(title)), "the title is not suggested");
    await page.fill(FIELD, place);
    await page.locator(`[role=option][data-link$='/${placeLink}']`).waitFor();
    await page.fill(FIELD, "yinhang");
    await page.getByRole("option", { name: /银行/ }).first().waitFor();
    const count = await options(page).count();
    assert.ok(count > 0 && count <= 8, `${count} suggestions`);
    assert.deepEqual(page.faults, []);
  });

  test("keys move through them and leave the text alone; Escape closes first and clears second", async (t) => {
    const page = await open(t);
    await suggest(page, start);
    const count = await options(page).count();
    await page.keyboard.press("ArrowDown");
    assert.equal(await active(page), await options(page).first().getAttribute("id"));
    assert.equal(await options(page).first().getAttribute("aria-selected"), "true");
    await page.keyboard.press("Home");
    assert.equal(await active(page), null, "Home moves in the text");
    await page.keyboard.press("ArrowUp");
    assert.equal(await active(page), await options(page).nth(count - 1).getAttribute("id"));
    await page.keyboard.press("ArrowDown");
    assert.equal(await active(page), null, "after the last option the text is active again");
    assert.equal(await page.inputValue(FIELD), start);
    await page.keyboard.press("Escape");
    assert.equal(await page.getAttribute(FIELD, "aria-expanded"), "false");
    assert.equal(await page.inputValue(FIELD), start);
    await page.keyboard.press("Alt+ArrowDown");
    assert.equal(await page.getAttribute(FIELD, "aria-expanded"), "true");
    assert.equal(await active(page), null, "Alt+Down opens and moves to nothing");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    assert.equal(await page.inputValue(FIELD), "");
  });

  test("Enter sends the text while none is active, and opens the one that is", async (t) => {
    const page = await open(t);
    await suggest(page, place);
    await page.keyboard.press("Enter");
    await page.waitForURL("**/search/?q=*");
    await page.goBack();
    await suggest(page, place);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/${placeLink}`);
  });

  test("a click opens one; the number is said after a pause; the open list has no fault that axe knows", async (t) => {
    const page = await open(t, "/");
    const status = page.locator(".search-box [role=status]");
    // The page itself notes when what happened: however slow the machine, the pause between the two is the page's.
    await page.evaluate((field) => {
      globalThis.times = {};
      const note = (what) => (globalThis.times[what] ??= performance.now());
      new MutationObserver(() => {
        if (document.querySelector(field).getAttribute("aria-expanded") === "true") note("open");
        if (document.querySelector(".search-box [role=status]").textContent !== "") note("said");
      }).observe(document.querySelector(".search-box"), { attributes: true, characterData: true, childList: true, subtree: true });
    }, FIELD);
    await page.fill(FIELD, place);
    await page.locator(`${FIELD}[aria-expanded=true]`).waitFor();
    await page.waitForFunction(() => globalThis.times.said);
    const { open: opened, said } = await page.evaluate(() => globalThis.times);
    assert.ok(said - opened > 300, `the number is said ${said - opened} ms after the list has opened`);
    assert.match(await status.textContent(), new RegExp(String(await options(page).count())));
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document));
    assert.deepEqual(violations.map(({ id, nodes }) => `${id} ${nodes[0].target}`), []);
    await page.locator(`[role=option][data-link$='/${placeLink}']`).click();
    await page.waitForURL(`**/${placeLink}`);
  });
});

describe("an input method", () => {
  async function compose(t) {
    const page = await open(t);
    const cdp = await page.context().newCDPSession(page);
    await suggest(page, start);
    await page.evaluate(() => (globalThis.typed.length = 0));
    return { page, set: (text) => cdp.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length }), cdp };
  }

  test("no key acts while it composes, nothing is searched, and one search follows the commit", async (t) => {
    const { page, set, cdp } = await compose(t);
    await page.keyboard.press("End");
    for (const text of ["y", "yi", "yin"]) await set(text);
    for (const key of ["ArrowDown", "Enter", "ArrowUp", "Escape", "Home"]) {
      // What a browser sends while an input method holds the key.
      await cdp.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key, code: key, windowsVirtualKeyCode: 229 });
      assert.equal(await active(page), null, key);
      assert.equal(await page.getAttribute(FIELD, "aria-expanded"), "true", key);
    }
    await page.waitForTimeout(400);
    assert.deepEqual(await page.evaluate(() => [globalThis.typed, globalThis.sent]), [[], 0]);
    await cdp.send("Input.insertText", { text: "银行" });
    await page.waitForFunction(() => globalThis.typed.length > 0);
    // A second search would follow as soon as the first did.
    await page.waitForTimeout(400);
    assert.equal(await page.inputValue(FIELD), `${start}银行`);
    assert.deepEqual(await page.evaluate(() => [globalThis.typed, globalThis.sent]), [[`${start}银行`], 0]);
    assert.ok(page.url().endsWith("/jobs/"), "a key of the composition left the page");
    assert.deepEqual(page.faults, []);
  });

  test("the key that Safari sends after the end of a composition does nothing", async (t) => {
    const { page } = await compose(t);
    const acted = await page.evaluate((selector) => {
      const field = document.querySelector(selector);
      const key = (init) => !field.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init }));
      const event = (type) => field.dispatchEvent(new CompositionEvent(type, { bubbles: true }));
      event("compositionstart");
      event("compositionend");
      const soon = key({ key: "ArrowDown" });
      event("compositionstart");
      event("compositionend");
      return new Promise((resolve) => {
        setTimeout(() => resolve([soon, key({ key: "ArrowDown", keyCode: 229 }), key({ key: "ArrowDown" })]), 20);
      });
    }, FIELD);
    assert.deepEqual(acted, [false, false, true]);
  });

  test("the box never writes into the field while it composes", async (t) => {
    const { page, set } = await compose(t);
    await page.evaluate((selector) => {
      const field = document.querySelector(selector);
      const own = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
      globalThis.writes = 0;
      Object.defineProperty(field, "value", { get: () => own.get.call(field), set: (text) => { globalThis.writes += 1; own.set.call(field, text); } });
    }, FIELD);
    await set("ceshi");
    for (const key of ["Escape", "Enter", "ArrowDown"]) await page.keyboard.press(key);
    assert.equal(await page.evaluate(() => globalThis.writes), 0);
  });
});

describe("where something is missing, the form still works", () => {
  const reader = files.find((file) => /^assets\/search\.[0-9a-f]+\.js$/.test(file));
  for (const [name, pattern, suggests] of /** @type {[string, string, boolean][]} */ ([
    ["the reader", `**/${reader}`, false],
    ["the index", "**/search/head.json", false],
    ["pinyin", "**/assets/search-pinyin.*", true],
    ["the lists", "**/search/lists.json", true],
  ])) {
    test(name, async (t) => {
      const page = await open(t);
      await page.route(pattern, (route) => route.fulfill({ status: 404, body: "" }));
      const refused = page.waitForResponse(pattern);
      await page.fill(FIELD, start);
      await refused;
      if (suggests) await page.locator(`${FIELD}[aria-expanded=true]`).waitFor();
      else await page.waitForTimeout(600);
      assert.equal(await page.getAttribute(FIELD, "aria-expanded"), String(suggests));
      assert.deepEqual(page.faults.filter((fault) => !/status of 404/.test(fault)), []);
      await page.press(FIELD, "Enter");
      await page.waitForURL("**/search/?q=*");
    });
  }
});
