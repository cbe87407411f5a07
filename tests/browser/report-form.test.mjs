// A report's page as a form: the text fills while fields are typed, sums follow, contradictions are said where they are,
// nothing leaves the device, and what is copied or printed is the report alone.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import { openBrowser, openPage } from "./browser.mjs";
import { pages, read } from "./portal.mjs";
import { answer, input, left, moneyIn, openReport, place, reportWith, reports, withMoney } from "./reports.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
const opened = await openBrowser();
const open = (t, report, options, prepare) => openReport(opened, openPage, t, report.url, options, prepare);
const typesOf = (report) => new Set(report.form.fields.map((field) => field.type));

/** A percentage that follows from two fields that can be typed. */
const needs = (expr) => (typeof expr === "number" ? [] : expr[0] === "field" ? [expr[1]] : [...needs(expr[1]), ...needs(expr[2])]);
const rateIn = (report) => report.form.fields.findIndex((field) => field.type === "percent" && field.formula !== null);
const withRate = reportWith("a computed percentage", (report) => rateIn(report) >= 0);

describe("filling", () => {
  test("a whole report is filled with the network off, and nothing is asked for", async (t) => {
    const report = reportWith("dates and figures", ({ form }) => form.fields.some((field) => field.type === "date"));
    const page = await open(t, report);
    await page.context().setOffline(true);
    assert.equal(await left(page), report.form.fields.filter((field) => field.required).length);
    for (const [index, field] of report.form.fields.entries()) await input(page, index).fill(answer(field, index));
    await page.locator("h1").click();
    assert.match(await page.textContent(".report-left"), new RegExp(String(report.form.fields.length)));
    assert.equal(await page.locator(".blank:not(.is-filled)").count(), 0);
    for (const [number, blank] of report.form.blanks.entries()) {
      const { type } = report.form.fields[blank.field];
      const shown = await place(page, number).textContent();
      if (type === "date") assert.equal(shown, "2026年11月16日");
      if (type === "money") assert.match(shown, /^1,\d{3}$/);
    }
    assert.deepEqual([page.requests, page.faults], [[], []]);
  });

  test("every kind of field has its input, its label with the unit, and its notes", async (t) => {
    const modes = { year: "numeric", month: "numeric", integer: "numeric", rank: "numeric", money: "decimal", number: "decimal", percent: "decimal" };
    for (const report of [withMoney, reportWith("a date", (one) => typesOf(one).has("date"))]) {
      const page = await open(t, report);
      for (const [index, field] of report.form.fields.entries()) {
        const box = input(page, index);
        assert.equal(await box.getAttribute("inputmode"), modes[field.type] ?? null, field.type);
        assert.equal(await box.getAttribute("type"), field.type === "date" ? "date" : "text");
        const label = await page.textContent(`label[for=gw-report-${index}]`);
        assert.ok(label.startsWith(field.label) && (!field.unit || label.includes(field.unit)), label);
        assert.equal(await box.getAttribute("aria-required"), field.required ? "true" : null);
        if (field.example) assert.match(await page.textContent(`#gw-report-${index}-note`), new RegExp(field.example));
      }
      const legends = await page.locator(".report-fields legend").allTextContents();
      assert.deepEqual(legends.slice(1), report.form.sections.filter((_, section) => section > 0 && report.form.fields.some((field) => field.section === section)));
    }
  });

  test("a unit is written as the text writes it", async (t) => {
    const report = reportWith("units in Traditional characters", ({ form }) => form.fields.some((field) => field.unit === "万元" && form.text[field.blanks[0] + 1].startsWith("萬元")));
    const page = await open(t, report);
    const units = await page.locator(".report-unit").allTextContents();
    assert.ok(units.includes("萬元"), units.join(" "));
    const sheet = await page.textContent(".sheet");
    for (const unit of units) assert.ok(sheet.includes(unit), unit);
  });

  test("text fills at each key; the field takes the report's form only when it is left", async (t) => {
    const index = moneyIn(withMoney);
    const [number] = withMoney.form.fields[index].blanks;
    const page = await open(t, withMoney);
    await input(page, index).pressSequentially("3.2亿");
    assert.equal(await place(page, number).textContent(), "32,000");
    assert.equal(await input(page, index).inputValue(), "3.2亿", "the field was rewritten while it had the focus");
    await page.keyboard.press("Tab");
    assert.equal(await input(page, index).inputValue(), "32,000");
    await input(page, index).fill("");
    assert.match(await place(page, number).textContent(), /^\s+$/, "the gap is not back");
    await input(page, index).fill("很多");
    assert.equal(await page.locator(`#gw-report-${index}-message`).isVisible(), false, "judged while typing");
    await page.keyboard.press("Tab");
    assert.match(await page.textContent(`#gw-report-${index}-message`), /很多/);
    assert.equal(await input(page, index).inputValue(), "很多", "what was typed is lost");
    assert.equal(await input(page, index).getAttribute("aria-invalid"), "true");
  });

  test("an input method composes undisturbed, also where it ends after the field was left", async (t) => {
    const index = moneyIn(withMoney);
    const [number] = withMoney.form.fields[index].blanks;
    const page = await open(t, withMoney);
    const gap = await place(page, number).textContent();
    await input(page, index).focus();
    const session = await page.context().newCDPSession(page);
    await session.send("Input.imeSetComposition", { text: "3yi", selectionStart: 3, selectionEnd: 3 });
    await page.waitForTimeout(900);
    assert.equal(await input(page, index).inputValue(), "3yi");
    assert.equal(await place(page, number).textContent(), gap, "letters of a composition reach the text");
    await session.send("Input.insertText", { text: "3亿" });
    assert.equal(await place(page, number).textContent(), "30,000");
    assert.equal(await input(page, index).inputValue(), "3亿");
    const late = await input(page, index).evaluate((box) => {
      const send = (name, data) => box.dispatchEvent(new CompositionEvent(name, { bubbles: true, data }));
      send("compositionstart", "");
      box.value = "4亿";
      box.blur();
      const kept = box.value;
      send("compositionend", "4亿");
      return [kept, box.value];
    });
    assert.deepEqual(late, ["4亿", "40,000"]);
  });
});

describe("computing", () => {
  test("a rate follows from its figures, says so, may be typed over, and a contradiction is said at field and place", async (t) => {
    const index = rateIn(withRate);
    const field = withRate.form.fields[index];
    const page = await open(t, withRate);
    for (const [order, needed] of [...new Set(needs(field.formula))].entries()) await input(page, needed).fill(String(1000 * (order + 3)));
    const computed = await place(page, field.blanks[0]).textContent();
    assert.match(computed, /^-?[\d,.]+$/);
    assert.equal(await input(page, index).inputValue(), computed);
    assert.ok(await page.locator(`#gw-report-${index}-badge`).isVisible());
    const message = page.locator(`#gw-report-${index}-message`);
    const status = page.locator(".report-status");
    await input(page, index).fill("1234.5");
    assert.equal(await message.isVisible(), false, "said at the keystroke");
    await message.waitFor();
    const said = await message.textContent();
    assert.ok(said.includes("1,234.5") && said.includes(computed), said);
    assert.ok((await status.textContent()).includes(said), "nothing is read out");
    assert.match(await input(page, index).getAttribute("aria-describedby"), new RegExp(`gw-report-${index}-message`));
    assert.equal(await place(page, field.blanks[0]).getAttribute("aria-describedby"), `gw-report-${index}-message`);
    assert.equal(await page.locator(`#gw-report-${index}-badge`).isVisible(), false);
    await input(page, index).fill("");
    assert.equal(await input(page, index).inputValue(), "", "the field was rewritten while it had the focus");
    await page.keyboard.press("Tab");
    assert.equal(await input(page, index).inputValue(), computed, "the computed value is not back");
    assert.equal(await message.isVisible(), false);
  });

  test("parts that are more than their total are said at the total", async (t) => {
    const report = reportWith("a total with parts", ({ form }) => form.checks.length > 0);
    const [check] = report.form.checks;
    const page = await open(t, report);
    await input(page, check.total).fill("100");
    for (const [part, factor] of check.parts) await input(page, part).fill(String(101 / factor));
    await page.keyboard.press("Tab");
    const said = await page.textContent(`#gw-report-${check.total}-message`);
    assert.ok(said.includes(report.form.fields[check.parts[0][0]].label), said);
    assert.ok(await place(page, report.form.fields[check.total].blanks[0]).evaluate((one) => one.classList.contains("is-doubtful")));
  });

  test("the years before and after follow from the report's", async (t) => {
    const follows = ({ form }) => form.fields.findIndex((field) => field.type === "year" && field.formula !== null);
    const report = reportWith("a year that follows", (one) => follows(one) >= 0);
    const index = follows(report);
    const page = await open(t, report);
    await input(page, needs(report.form.fields[index].formula)[0]).fill("2026");
    assert.match(await input(page, index).inputValue(), /^20(25|27)$/);
    const [number] = report.form.fields[index].blanks;
    const { digits } = report.form.blanks[number];
    assert.equal((await place(page, number).textContent()).length, digits ?? 4);
  });

  test("an input on a report of 200 fields costs far less than drawing it anew, and leaving a field no more", async (t) => {
    const form = large(200);
    const page = await open(t, withMoney, {}, (page) => page.route(`**${withMoney.url}`, (route) => route.fulfill({ contentType: "text/html", body: largePage(form) })));
    assert.equal(await page.locator(".report-fields .report-input").count(), 200);
    const times = await page.evaluate(() => {
      const median = (numbers) => numbers.sort((one, other) => one - other)[Math.floor(numbers.length / 2)];
      const timed = (run) => {
        const from = performance.now();
        run();
        return performance.now() - from;
      };
      /** @type {NodeListOf<HTMLInputElement>} */
      const inputs = document.querySelectorAll(".report-fields .report-input");
      const mask = document.querySelector(".report-mask");
      const each = [];
      const all = [];
      const leaving = [];
      for (let round = 0; round < 60; round += 1) {
        const box = inputs[(round * 7) % 150];
        box.value = String(1000 + round);
        each.push(timed(() => box.dispatchEvent(new InputEvent("input", { bubbles: true }))));
        leaving.push(timed(() => box.dispatchEvent(new FocusEvent("focusout", { bubbles: true }))));
        if (round % 4 === 0) all.push(timed(() => mask.click()));
      }
      return { input: median(each), whole: median(all), leaving: median(leaving), worst: each[each.length - 1] };
    });
    t.diagnostic(`median ${times.input.toFixed(2)} ms an input, worst ${times.worst.toFixed(2)} ms, ${times.leaving.toFixed(2)} ms on leaving a field, ${times.whole.toFixed(2)} ms a whole drawing`);
    assert.ok(times.input < times.whole / 4, `${times.input} ms of ${times.whole} ms`);
    assert.ok(times.leaving <= times.whole * 2, `${times.leaving} ms on leaving, of ${times.whole} ms`);
  });
});

/** A form of so many fields, every tenth computed from the two before it. */
function large(size) {
  const fields = Array.from({ length: size }, (_, index) => ({
    name: `n${index}`, label: `余额${index}`, type: "money", unit: "万元", scale: 10000, section: Math.floor(index / 20), required: true, example: null, hint: null,
    formula: index % 10 === 9 ? ["/", ["field", index - 1, 1], ["field", index - 2, 1]] : null, proposed: false, blanks: [index],
  }));
  const sections = Array.from({ length: size / 20 }, (_, index) => (index ? `第${index}部分` : ""));
  return { version: "large", sections, fields, blanks: fields.map((_, index) => ({ field: index, digits: null })), checks: [], text: ["", ...fields.map(() => "。\n\n")] };
}

function largePage(form) {
  const text = form.fields.map((field, index) => `<p>${field.label}<span class="blank" data-blank="${index}" role="img" aria-label="填空">    </span>万元。</p>`).join("\n");
  return read(withMoney.file)
    .replace(/(id="report-form">).*?(<\/script>)/s, (_, before, after) => before + JSON.stringify(form) + after)
    .replace(/(<div class="prose sheet"[^>]*>).*?(<\/div>)/s, (_, before, after) => before + text + after);
}

describe("field and place", () => {
  test("a field in focus highlights its places and brings one into sight only where none is", async (t) => {
    const report = reports.reduce((one, other) => (other.form.fields.length > one.form.fields.length ? other : one));
    const last = report.form.fields.findLastIndex((field) => field.blanks.length > 0);
    const page = await open(t, report);
    await input(page, 0).focus();
    assert.equal(await page.locator(".is-current").count(), report.form.fields[0].blanks.length);
    const seen = (number) => place(page, number).evaluate((one) => one.getBoundingClientRect().bottom <= innerHeight && one.getBoundingClientRect().top >= 0);
    assert.equal(await seen(report.form.fields[last].blanks[0]), false, "the report is too short to test scrolling");
    await input(page, last).focus();
    assert.ok(await seen(report.form.fields[last].blanks[0]), "the place stays out of sight");
    assert.ok(await input(page, last).evaluate((box) => box.getBoundingClientRect().bottom <= innerHeight), "the field is out of sight");
    const before = await page.evaluate(() => scrollY);
    await input(page, last - 1).focus();
    if (await seen(report.form.fields[last - 1].blanks[0])) assert.equal(await page.evaluate(() => scrollY), before, "the text jumped");
  });

  for (const width of [390, 1280]) {
    test(`going back by keyboard, no field hides behind the count, ${width} wide`, async (t) => {
      const page = await open(t, withMoney, { viewport: { width, height: 700 } });
      await input(page, 14).focus();
      for (let step = 0; step < 12; step += 1) {
        await page.keyboard.press("Shift+Tab");
        const [top, bar] = await page.evaluate(() => [document.activeElement, document.querySelector(".report-count")].map((one) => one.getBoundingClientRect()[one.matches("input") ? "top" : "bottom"]));
        assert.ok(top >= bar - 1, `${top} under ${bar} after ${step} steps`);
      }
    });
  }

  test("a place leads to its field by mouse and by keyboard, and arrows lead from place to place", async (t) => {
    const page = await open(t, withMoney);
    const blanks = withMoney.form.blanks;
    await place(page, 2).click();
    assert.ok(await input(page, blanks[2].field).evaluate((box) => box === document.activeElement));
    assert.equal(await page.locator('.sheet .blank[tabindex="0"]').count(), 1);
    await place(page, 0).focus();
    await page.keyboard.press("ArrowRight");
    assert.ok(await place(page, 1).evaluate((one) => one === document.activeElement));
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    assert.ok(await input(page, blanks[blanks.length - 1].field).evaluate((box) => box === document.activeElement));
    await input(page, 0).focus();
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.matches(".report-input:not(#gw-report-0)")), true, "Enter does not go on");
  });
});

describe("what is taken away", () => {
  test("where the clipboard is refused, the text stands selected", async (t) => {
    const page = await open(t, withMoney, {}, (page) => page.addInitScript(() => {
      Object.defineProperty(navigator, "clipboard", { value: undefined });
      document.execCommand = () => false;
    }));
    await page.locator(".report-tools .tool").first().click();
    const selected = await page.locator(".report-by-hand").evaluate((box) => box === document.activeElement && box.selectionEnd - box.selectionStart === box.value.length && box.value.length);
    assert.ok(selected > 100);
  });

  test("the report alone is printed, filled, with gaps where nothing was typed", async (t) => {
    const page = await open(t, withMoney);
    await input(page, moneyIn(withMoney)).fill("48600");
    await page.emulateMedia({ media: "print" });
    const others = page.locator("h1, header, nav, footer, .facts, .tools, .report-form, button, input, .related").filter({ visible: true });
    assert.deepEqual(await others.evaluateAll((all) => all.map((one) => one.outerHTML.slice(0, 100))), []);
    assert.ok(await page.locator(".sheet-title").isVisible());
    assert.match(await page.locator(".sheet").innerText(), /48,600\s*万元/);
    const gap = await page.locator(".blank:not(.is-filled)").first().evaluate((one) => [one.offsetWidth, getComputedStyle(one).borderBottomStyle]);
    assert.ok(gap[0] > 10 && gap[1] === "solid", String(gap));
    const pdf = (await page.pdf({ format: "A4", preferCSSPageSize: true })).toString("latin1");
    assert.ok((pdf.match(/\/Type\s*\/Page(?![A-Za-z])/g)?.length ?? 0) >= 1);
  });
});

describe("without a form", () => {
  test("without scripts a report reads and prints as a form with blanks", async (t) => {
    const page = await open(t, withMoney, { javaScriptEnabled: false });
    assert.equal(await page.locator(".report-form").isVisible(), false);
    assert.equal(await page.locator(".report-tools").isVisible(), false);
    assert.equal(await page.locator(".sheet .blank").filter({ visible: true }).count(), withMoney.form.blanks.length);
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.locator("h1").isVisible());
  });

  test("a sample has no form and loads nothing of it", () => {
    const samples = pages.filter((page) => page.kind === "report" && !reports.some((report) => report.file === page.file));
    assert.ok(samples.length > 0);
    for (const { file } of samples) assert.doesNotMatch(read(file), /report-form|report-values/, file);
    assert.doesNotMatch(read("index.html"), /report-values/);
  });
});

describe("accessible", { concurrency: 2 }, () => {
  for (const width of [390, 1280]) {
    for (const colorScheme of ["light", "dark"]) {
      test(`${width} wide, ${colorScheme}: filled, contradicted, with everything open`, async (t) => {
        const page = await open(t, withRate, { viewport: { width, height: 900 }, colorScheme });
        const index = rateIn(withRate);
        for (const needed of needs(withRate.form.fields[index].formula)) await input(page, needed).fill("9000");
        await input(page, index).fill("1");
        await page.locator(".report-shelf summary").click();
        await page.locator(".report-wipe").click();
        await page.locator(".report-mask").click();
        await page.waitForTimeout(900);
        await page.evaluate(AXE);
        const { violations } = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: tags }), TAGS);
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].target} ${nodes[0].failureSummary}`), []);
        assert.ok(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), "wider than the window");
        if (width === 390) {
          const small = await page.locator(".report-work :is(button, input, select, summary, .report-jump)").filter({ visible: true })
            .evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height < 43.9).map((one) => one.outerHTML.slice(0, 80)));
          assert.deepEqual(small, []);
        }
        assert.deepEqual(page.faults, []);
      });
    }
  }
});
