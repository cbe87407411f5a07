// The search page: what the address asks for is what is shown, and what is done stands in the address; facets, pages,
// ways out, failures; with a thumb, without scripts, in both widths and colours.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import { openBrowser, openPage } from "./browser.mjs";
import { pages, read } from "./portal.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
const opened = await openBrowser();
const jobs = JSON.parse(read("jobs.json")).jobs;
const [place, placeName] = JSON.parse(read("search/lists.json")).find(([facet]) => facet === "location")[2][0];
const title = jobs.find((job) => /^\p{Script=Han}{4,}$/u.test(job.title)).title;
const FIELD = "input[name=q]";
const ROWS = ".search-rows > li";

/** Opens the search page in a state; `faults` collects whatever the browser complains of. */
async function open(t, query = "", options = {}) {
  const page = await openPage(opened, options);
  t.after(() => page.context().close());
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(error.message));
  page.on("console", (message) => page.faults.push(message.text()));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective}`));
  });
  await page.goto(`/search/${query}`);
  if (options.javaScriptEnabled !== false) await settled(page);
  return page;
}

/** Waits until results and facets are those of the address. */
async function settled(page) {
  await page.waitForFunction(() => {
    const rows = document.querySelector(".search-rows");
    const shown = [".search-bar", ".search-error"].some((part) => !document.querySelector(part).hidden);
    return shown && !rows.hasAttribute("aria-busy");
  });
}

/** The characters left and right of a blank of some report. */
function blankOf() {
  for (const { file } of pages.filter((page) => page.kind === "report")) {
    const found = read(file).match(/>[^<]*?(\p{Script=Han}{3})<span class="blank"[^>]*>[^<]*<\/span>(\p{Script=Han}{3})[^<]*</u);
    if (found) return found.slice(1);
  }
  throw new Error("no report has a blank between words");
}

const query = (page) => decodeURIComponent(new URL(page.url()).search);
const count = async (page) => Number((await page.textContent(".search-count")).match(/\d+/)?.[0] ?? 0);
const value = (page, facet, name) => page.locator(`[data-facet=${facet}] label`).filter({ hasText: name });

describe("the address", () => {
  test("a query stands in the field and finds its posting first, marked and without HTML", async (t) => {
    const page = await open(t, `?q=${encodeURIComponent(title)}`);
    assert.equal(await page.inputValue(FIELD), title);
    const first = page.locator(`${ROWS} a`).first();
    assert.equal(await first.textContent(), title);
    assert.equal(await first.locator("mark").first().textContent(), title);
    assert.match(await page.title(), new RegExp(`^${title}`));
    await first.click();
    assert.equal(await page.textContent("h1"), title);
    assert.deepEqual(page.faults, []);
  });

  test("no query lists everything that is open, the newest first", async (t) => {
    const page = await open(t);
    assert.ok((await count(page)) >= jobs.length, `${await count(page)} documents, ${jobs.length} postings`);
    assert.equal(await page.locator(ROWS).count(), 20);
    assert.equal(await page.inputValue("select[name=sort]"), "new");
    const days = await page.evaluate(async () => (await globalThis.gangwei.search("", { sort: "new", limit: 3 })).results.length);
    assert.equal(days, 3);
  });

  test("what is done is written in one order, and what the address cannot mean is left out", async (t) => {
    const odd = `?p=0&colour=red&sort=upwards&since=yesterday&salary=-1&state=some&kind=job&q=${encodeURIComponent(title.slice(0, 2))}`;
    const page = await open(t, odd);
    await page.check("input[name=state]");
    await settled(page);
    assert.equal(query(page), `?q=${title.slice(0, 2)}&kind=job&state=all`);
    await page.selectOption("select[name=since]", "90d");
    await settled(page);
    await page.selectOption("select[name=sort]", "closing");
    await settled(page);
    await page.selectOption("select[name=salary]", "8000");
    await settled(page);
    assert.equal(query(page), `?q=${title.slice(0, 2)}&kind=job&since=90d&salary=8000&state=all&sort=closing`);
    assert.deepEqual(page.faults, []);
  });

  test("a value that the page does not offer is kept, said and can be taken off", async (t) => {
    const page = await open(t, "?location=nowhere&since=45d&closing=3d&salary=12345");
    const parts = await page.locator(".search-parts .filter-part").allInnerTexts();
    assert.equal(parts.length, 4);
    for (const [index, text] of ["nowhere", "45", "3", "12345"].entries()) assert.ok(parts[index].includes(text), parts[index]);
    await page.locator(".search-clear").click();
    await settled(page);
    assert.equal(query(page), "");
    assert.ok((await count(page)) >= jobs.length);
  });

  test("typing replaces, sending adds, and Back leads to what was there before typing", async (t) => {
    const page = await open(t, "?kind=job");
    const length = await page.evaluate(() => history.length);
    await page.locator(FIELD).pressSequentially(title.slice(0, 2));
    await page.waitForURL("**/search/?q=*");
    assert.equal(await page.evaluate(() => history.length), length, "typing adds entries");
    await page.press(FIELD, "Enter");
    await page.waitForFunction((before) => history.length === before + 1, length);
    await settled(page);
    assert.equal(query(page), `?q=${title.slice(0, 2)}&kind=job`);
    await page.goBack();
    await settled(page);
    assert.equal(query(page), "?kind=job");
    assert.equal(await page.inputValue(FIELD), "");
    await page.goForward();
    await settled(page);
    assert.equal(await page.inputValue(FIELD), title.slice(0, 2));
  });

  test("a page of results is twenty; Back restores it and the place on it", async (t) => {
    const page = await open(t);
    const first = await page.locator(`${ROWS} a`).first().textContent();
    await page.evaluate(() => window.scrollTo(0, 700));
    await page.waitForFunction(() => history.state && history.state.y > 600);
    await page.locator(".pagination a[data-go=page]").filter({ hasText: /^2$/ }).click();
    await page.waitForURL("**/search/?p=2");
    await settled(page);
    assert.equal(await page.getAttribute(".search-rows", "start"), "21");
    assert.notEqual(await page.locator(`${ROWS} a`).first().textContent(), first);
    assert.equal(await page.evaluate(() => document.activeElement.id), "gw-results", "focus is lost");
    await page.goBack();
    await page.waitForFunction((text) => document.querySelector(".search-rows a").textContent === text, first);
    await page.waitForFunction(() => window.scrollY > 600);
    const far = await open(t, "?p=999");
    await far.waitForURL(/\?p=\d+$/);
    await settled(far);
    assert.ok((await far.locator(ROWS).count()) > 0 && Number(new URL(far.url()).searchParams.get("p")) < 999);
  });
});

describe("facets", () => {
  test("a value narrows, says so, counts live and can be taken off where it is said", async (t) => {
    const page = await open(t, "?kind=job");
    const all = await count(page);
    const label = value(page, "location", placeName);
    await label.locator(".count").waitFor();
    const promised = Number(await label.locator(".count").textContent());
    await label.click();
    await page.waitForURL(`**/search/?kind=job&location=${place}`);
    await settled(page);
    assert.equal(await count(page), promised);
    assert.ok(promised < all);
    assert.ok((await page.locator(".row-facts").allInnerTexts()).every((text) => text.includes(placeName)), "a row names no place");
    // The other values of the same facet still say what they would add.
    assert.ok((await page.locator("[data-facet=location] li:visible").count()) > 1);
    await page.locator(".filter-part").filter({ hasText: placeName }).click();
    await settled(page);
    assert.equal(query(page), "?kind=job");
    assert.equal(await count(page), all);
    assert.equal(await label.locator("input").isChecked(), false);
  });

  test("a checked value keeps the focus, and nothing moves under it", async (t) => {
    const page = await open(t);
    const label = value(page, "recruitment", /./).first();
    const before = await label.boundingBox();
    await label.locator("input").focus();
    await page.keyboard.press("Space");
    await page.waitForURL("**recruitment=*");
    await page.waitForTimeout(500);
    assert.ok(await label.locator("input").evaluate((input) => input === document.activeElement), "the focus is lost");
    // The line that says what is filtered comes in above; values among themselves stay.
    assert.equal((await label.boundingBox()).x, before.x);
    assert.equal(await page.locator("[data-facet=recruitment] li").first().evaluate((line) => line.contains(document.activeElement)), true);
  });

  test("closed documents come only when asked for, last and with a word", async (t) => {
    const page = await open(t, "?kind=job");
    const openOnes = await count(page);
    assert.equal(await page.locator(".search-rows .chip").count(), 0);
    await page.check("input[name=state]");
    await page.waitForURL("**state=all");
    await settled(page);
    const all = await count(page);
    assert.ok(all > openOnes);
    await page.goto(`/search/?kind=job&state=all&p=${Math.ceil(all / 20)}`);
    await settled(page);
    assert.equal(await page.locator(`${ROWS}:last-child .chip-closed`).count(), 1);
  });
});

describe("when nothing is found", () => {
  test("it is said what failed, and each way out is a link that leads to results", async (t) => {
    const page = await open(t, `?q=${encodeURIComponent(`${title} 甪婳`)}`);
    assert.equal(await count(page), 0);
    const notes = page.locator(".search-notes li");
    assert.match(await notes.first().textContent(), /甪婳/);
    const way = page.locator(".search-notes a").first();
    await way.click();
    await settled(page);
    assert.ok((await count(page)) > 0, query(page));
  });

  test("a filter that hides everything is named, and clearing it is offered", async (t) => {
    const page = await open(t, `?q=${encodeURIComponent(title)}&kind=scorecard`);
    assert.equal(await count(page), 0);
    await page.locator(".search-notes a").click();
    await settled(page);
    assert.ok((await count(page)) > 0);
    assert.equal(query(page), `?q=${title}`);
  });

  for (const [name, text] of [
    ["punctuation", "，。！（）"],
    ["HTML", '"<img src=x onerror=alert(1)>" <b>甪婳</b>'],
    ["a regular expression", "((a+)+)+$"],
    ["half of a character", "\ud800风险"],
    ["ten thousand characters", "险".repeat(10_000)],
  ]) {
    test(`${name} is answered in words and injects nothing`, async (t) => {
      const page = await open(t);
      const elements = await page.evaluate(() => document.querySelectorAll("img, b, script").length);
      await page.evaluate(([selector, value]) => (document.querySelector(selector).value = value), [FIELD, text]);
      await page.press(FIELD, "Enter");
      await page.waitForTimeout(600);
      await settled(page);
      assert.match(await page.textContent(".search-count"), /没有|\d/);
      assert.equal(await page.locator(".search-error").isVisible(), false);
      assert.ok((await page.evaluate(() => document.querySelectorAll("img, b, script").length)) <= elements);
      assert.deepEqual(page.faults, []);
    });
  }
});

describe("words that were added are said", () => {
  test("synonyms, which can be taken off", async (t) => {
    const page = await open(t, `?q=${encodeURIComponent("校招")}`);
    const note = page.locator(".search-notes li").filter({ hasText: "校园招聘" });
    await note.waitFor();
    const all = await count(page);
    await note.locator("a").click();
    await settled(page);
    assert.equal(query(page).replaceAll("+", " "), '?q="校招"');
    assert.equal(await note.count(), 0);
    assert.ok((await count(page)) < all);
  });

  test("each once, where several groups have them", async (t) => {
    const page = await open(t, `?q=${encodeURIComponent("薪酬")}`);
    const words = (await page.locator(".search-notes li").first().evaluate((item) => item.firstChild.textContent)).match(/：(.*)。/)[1].split("、");
    assert.ok(words.length > 1);
    assert.deepEqual(words, [...new Set(words)]);
  });

  test("pinyin, with each word as a link to its own search", async (t) => {
    const page = await open(t, "?q=kehu");
    const link = page.locator(".search-notes a").first();
    const word = await link.textContent();
    assert.match(word, /^\p{Script=Han}+$/u);
    await link.click();
    await settled(page);
    assert.equal(await page.inputValue(FIELD), word);
    assert.ok((await count(page)) > 0);
  });
});

test("what stands left and right of a blank is no phrase, and the excerpt shows the blank", async (t) => {
  const [left, right] = blankOf();
  const page = await open(t, `?q=${encodeURIComponent(`"${left}"`)}&kind=report&state=all`);
  await page.locator(".search-rows .row-summary", { hasText: `${left}____` }).first().waitFor();
  await page.goto(`/search/?q=${encodeURIComponent(`"${left}${right}"`)}&state=all`);
  await settled(page);
  assert.equal(await page.locator(ROWS).count(), 0, `${left}${right}`);
});

describe("a broken index gives a message and never a result", () => {
  for (const [name, pattern] of [["a shard is missing", "**/search/terms/*"], ["the texts are missing", "**/search/text/**"], ["the whole index is missing", "**/search/head.json"]]) {
    test(name, async (t) => {
      const page = await openPage(opened);
      t.after(() => page.context().close());
      await page.route(pattern, (route) => route.fulfill({ status: 404, body: "" }));
      await page.goto(`/search/?q=${encodeURIComponent(title)}`);
      await page.locator(".search-error").waitFor();
      assert.equal(await page.locator(ROWS).count(), 0);
      await page.unroute(pattern);
      await page.locator(".search-reload").click();
      await page.locator(`${ROWS} a`).first().waitFor();
      assert.equal(await page.locator(".search-error").isVisible(), false);
    });
  }
});

test("the number of results is said after a pause, not at every letter", async (t) => {
  const page = await open(t);
  await page.evaluate(() => {
    globalThis.said = [];
    globalThis.pressed = [];
    new MutationObserver(() => globalThis.said.push(document.querySelector(".search-status").textContent))
      .observe(document.querySelector(".search-status"), { childList: true, characterData: true, subtree: true });
    document.addEventListener("input", () => globalThis.pressed.push(performance.now()));
  });
  // What the page says of itself when it is opened has been said.
  await page.waitForFunction(() => document.querySelector(".search-status").textContent !== "");
  await page.evaluate(() => (globalThis.said.length = 0));
  // Slow enough that every letter is searched for, too fast for each to be said.
  await page.locator(FIELD).pressSequentially("kehujing", { delay: 220 });
  await page.waitForFunction(() => globalThis.said.at(-1)?.startsWith(document.querySelector(".search-count").textContent));
  await page.waitForTimeout(600);
  const { said, pressed } = await page.evaluate(() => ({ said: globalThis.said, pressed: globalThis.pressed }));
  // On a machine that halts meanwhile, letters come apart as if the reader had paused.
  const halts = pressed.filter((time, index) => index > 0 && time - pressed[index - 1] > 400).length;
  assert.ok(said.length > 0 && said.length <= 3 + halts, JSON.stringify(said));
  assert.ok(said.at(-1).startsWith(await page.textContent(".search-count")), said.at(-1));
});

test("without scripts the page says so and links the lists", async (t) => {
  for (const width of [390, 1280]) {
    const page = await open(t, "", { javaScriptEnabled: false, viewport: { width, height: 900 } });
    for (const facet of ["recruitment", "departments", "locations", "categories"]) {
      const links = page.locator(`main a[href^='/${facet}/']`).filter({ visible: true });
      assert.ok((await links.count()) >= 2, `${facet} at ${width}`);
    }
    assert.equal(await page.locator(".search").isVisible(), false);
  }
});

describe("on a phone", () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };

  test("facets are a sheet at the bottom, loaded when it opens, with targets of 44 pixels", async (t) => {
    const asked = [];
    const page = await openPage(opened, phone);
    t.after(() => page.context().close());
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`/search/?q=${encodeURIComponent(title.slice(0, 2))}`);
    await settled(page);
    const columns = () => asked.filter((path) => path.startsWith("/search/columns/")).length;
    assert.equal(columns(), 0, "facets are loaded though nobody asked for them");
    const summary = page.locator(".search .facets-sheet > summary");
    const box = await summary.boundingBox();
    assert.ok(box.y > 422 && box.y + box.height <= 844, "the button is out of a thumb's reach");
    await summary.tap();
    await page.locator("[data-facet=kind] label").first().waitFor();
    assert.ok(columns() > 0);
    const low = await page.locator(".search .facets-sheet").evaluate((sheet) => {
      const shown = [...sheet.querySelectorAll("label, button, select, summary")].filter((element) => element.checkVisibility());
      return shown.filter((element) => element.localName !== "label" || !element.querySelector("select"))
        .filter((element) => element.getBoundingClientRect().height < 44).map((element) => element.outerHTML.slice(0, 80));
    });
    assert.deepEqual(low, []);
    await page.locator("[data-facet=kind] label").first().tap();
    await page.waitForURL("**&kind=*");
    await settled(page);
    assert.ok(await page.locator("[data-facet=kind]").isVisible(), "the sheet closed by itself");
    await page.locator(".search-show").tap();
    assert.equal(await page.locator("[data-facet=kind]").isVisible(), false);
    assert.ok(await page.locator(".search-count").isVisible());
  });
});

test("a result says education and pay as its row in the list does, and is read in its own language", async (t) => {
  const rows = new Map(Array.from(read("jobs/index.html").matchAll(/<h3 class="row-title"><a href="([^"]+)"([^>]*)>.*?<\/h3>\s*<p class="row-facts">(.*?)<\/p>/gs),
    ([, link, attributes, facts]) => [link, { language: attributes.match(/lang="([^"]+)"/)?.[1] ?? null, facts: Array.from(facts.matchAll(/<span>(.*?)<\/span>/g), (fact) => fact[1]) }]));
  assert.ok(Array.from(rows.values()).some(({ language }) => language === "en"), "no posting is in English");
  const page = await open(t, "?kind=job");
  const found = await page.locator(ROWS).evaluateAll((all) => all.map((row) => {
    const link = row.querySelector("a");
    const summary = row.querySelector(".row-summary");
    return { link: link.pathname, language: link.getAttribute("lang"), summary: summary && summary.getAttribute("lang"),
      facts: Array.from(row.querySelectorAll(".row-facts span"), (fact) => fact.textContent) };
  }));
  let seen = 0;
  for (const { link, language, summary, facts } of found.filter(({ link }) => rows.has(link))) {
    const row = rows.get(link);
    assert.deepEqual([facts.slice(1), language], [row.facts, row.language], link);
    if (summary !== null) assert.equal(summary, language, link);
    seen += 1;
  }
  assert.ok(seen > 10, `${seen} rows compared`);
  assert.deepEqual(page.faults, []);
});

for (const width of [390, 1280]) {
  for (const state of ["", `?q=${encodeURIComponent(title.slice(0, 2))}&location=${place}&state=all`, "?q=zzzzqqqq"]) {
    test(`axe finds nothing, nothing is wider than ${width}, the console is empty: /search/${decodeURIComponent(state)}`, async (t) => {
      const page = await open(t, state, { viewport: { width, height: 900 } });
      await page.evaluate(AXE);
      if (width === 390) await page.locator(".search .facets-sheet > summary").click();
      await page.waitForTimeout(400);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        const { violations } = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: tags }), TAGS);
        assert.deepEqual(violations.map(({ id, nodes }) => `${colorScheme} ${id} ${nodes.map((node) => node.target).join(" ")}`), []);
        assert.ok(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), "wider than the window");
      }
      assert.deepEqual(page.faults, []);
    });
  }
}
