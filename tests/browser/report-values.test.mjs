// What a report's page reads, computes and keeps, under Node: the same cases, with the same results, as the tests of
// src/blanks/value.rs and src/blanks/formula.rs. No browser is needed.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { runInThisContext } from "node:vm";

const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");
// The scripts of a page share this one name; here no other script has made it.
globalThis.gangwei = /** @type {any} */ ({});
for (const name of ["values", "state", "drafts"]) runInThisContext(read(`../../themes/default/js/report-${name}.js`));
const { reportValues: values, reportState: { openState }, reportDrafts: { openDrafts, parse, write } } = globalThis.gangwei;
/** A value that is told by its members: a test says which it must have. */
const readValue = (text, type, unit) => /** @type {any} */ (values.readValue(text, type, unit));

/** A form of fields, given as [type, unit, formula]; every field has one blank. */
function form(...fields) {
  return {
    version: "1",
    sections: [""],
    fields: fields.map(([type, unit = null, formula = null], index) => ({
      name: `f${index}`, label: `F${index}`, type, unit, formula, required: true, section: 0, blanks: [index],
    })),
    blanks: fields.map((_, index) => ({ field: index, digits: null })),
    checks: [],
    text: ["", ...fields.map(() => "。")],
  };
}

/** @returns {["field", number, number]} */
const field = (index, factor = 1) => ["field", index, factor];
/** @type {ReportFormula} */
const growth = ["*", ["/", field(1), ["-", field(0), field(1)]], 100];

describe("values as src/blanks/value.rs reads them", () => {
  const money = (text) => readValue(text, "money", "万元");

  test("figures are read as people type them", () => {
    for (const [text, shown, number] of /** @type {[string, string, number][]} */ ([
      ["48600", "48,600", 48600],
      ["１２，３４５．５０", "12,345.50", 12345.5],
      ["3.2亿", "32,000", 32000],
      ["3.2億元", "32,000", 32000],
      ["5000元", "0.5", 0.5],
      ["-120万元", "-120", -120],
      ["−1 234", "-1,234", -1234],
    ])) {
      assert.deepEqual([money(text).shown, money(text).number], [shown, number], text);
    }
    assert.equal(readValue("85%", "percent", "%").number, 85);
    assert.equal(readValue("2026年", "year", null).shown, "2026");
    assert.equal(readValue("2026/1/5", "date", null).shown, "2026年1月5日");
    assert.equal(readValue("２戶", "integer", "户").number, 2);
    assert.equal(readValue("  澄东   支行 ", "branch", null).shown, "澄东 支行");
    assert.equal(money("  "), null);
  });

  test("the cases of tests/blanks/values.json, which Rust reads too", () => {
    for (const [text, type, unit, shown, number] of JSON.parse(read("../blanks/values.json"))) {
      const value = readValue(text, type, unit);
      assert.deepEqual([value.shown ?? null, value.number ?? null], [shown, number], text);
    }
  });

  test("a value of the wrong type is refused, by name", () => {
    for (const [text, type, unit, fault] of [
      ["很多", "money", "万元", "number"],
      ["12户", "money", "万元", "number"],
      ["1.2.3", "money", "万元", "number"],
      ["9".repeat(400), "money", "万元", "number"],
      ["1.5", "integer", "户", "integer"],
      ["13", "month", null, "month"],
      ["26", "year", null, "year"],
      ["0", "rank", null, "rank"],
      ["2026-02-30", "date", null, "date"],
      ["2026-13-01", "date", null, "date"],
      ["26-01-05", "date", null, "date"],
    ]) {
      assert.equal(readValue(text, type, unit).fault, fault, text);
    }
  });

  test("computed values are rounded half away from zero", () => {
    const all = [16.319444, 1.005, -1.005, 1234567, -0.001].map((number) => values.showComputed(number).shown);
    assert.deepEqual(all, ["16.32", "1.01", "-1.01", "1,234,567", "0"]);
    assert.match(values.showComputed(1e25).shown, /^[\d,]+$/, "no powers of ten");
    assert.equal(values.round(2.5, 0), 3);
    assert.equal(values.round(-2.5, 0), -3);
  });
});

describe("formulas as src/blanks/formula.rs computes them", () => {
  test("a missing value gives nothing, and division by zero is told apart from it", () => {
    const numbers = [120, 20, null];
    assert.equal(values.evaluate(growth, numbers), 20);
    assert.equal(values.evaluate(["-", field(0), ["*", 2, ["-", 0, field(1)]]], numbers), 160);
    assert.equal(values.evaluate(["+", field(2), 1], numbers), null);
    assert.ok(Number.isNaN(values.evaluate(["/", field(0), ["-", field(1), 20]], numbers)));
    assert.ok(Number.isNaN(values.evaluate(["+", field(2), ["/", 1, 0]], numbers)));
    assert.equal(values.evaluate(["+", field(0, 10000), field(1)], numbers), 1200020);
  });

  test("what follows is computed in the order of need, and only that is reported as changed", () => {
    // The last follows from the second, which follows from the first.
    const state = openState(form(["money", "万元", ["*", field(2), 2]], ["text"], ["money", "万元", ["+", field(3), 1]], ["money", "万元"]));
    assert.deepEqual(state.set(3, "10"), [3, 2, 0]);
    assert.deepEqual(state.shown, ["22", "", "11", "10"]);
    assert.deepEqual(state.set(1, "甲"), [1]);
    assert.equal(state.missing(), 0);
    assert.deepEqual(state.set(3, ""), [3, 2, 0]);
    assert.equal(state.missing(), 3);
  });

  test("a formula that needs itself computes nothing and hangs nothing", () => {
    const state = openState(form(["money", null, ["+", field(1), 1]], ["money", null, ["+", field(0), 1]], ["money"]));
    assert.deepEqual(state.set(2, "1"), [2]);
    assert.deepEqual(state.set(0, "5"), [0]);
    assert.deepEqual(state.shown, ["5", "", "1"]);
  });

  test("a year that follows is a year, not a figure", () => {
    const state = openState(form(["year"], ["year", null, ["+", field(0), 1]]));
    state.set(0, "2026");
    assert.equal(state.shown[1], "2027");
    assert.ok(state.isComputed(1));
  });
});

describe("contradictions", () => {
  test("rounding explains half a unit of the last decimal that was typed, and no more", () => {
    const state = openState(form(["money", "万元"], ["money", "万元"], ["percent", "%", growth]));
    state.set(0, "48600");
    state.set(1, "8100");
    for (const [typed, isDoubted] of /** @type {const} */ ([["20", false], ["20.00", false], ["20.4", true], ["19", true], ["20.01", true]])) {
      state.set(2, typed);
      assert.equal(state.doubt(2) !== null, isDoubted, typed);
    }
    assert.deepEqual(state.doubt(2), { fault: "formula", typed: "20.01", computed: "20" });
    state.set(1, "6800");
    state.set(2, "16.3");
    assert.equal(state.doubt(2), null, "16.27 is 16.3 with one decimal");
    state.set(2, "16.4");
    assert.equal(state.doubt(2).computed, "16.27");
    state.set(0, "6800");
    state.set(2, "");
    assert.equal(state.doubt(2).fault, "zero");
  });

  test("parts may not be more than their total, in the total's unit", () => {
    const whole = form(["money", "亿元"], ["money", "万元"], ["money", "万元"]);
    whole.checks = [{ total: 0, parts: [[1, 0.0001], [2, 0.0001]] }];
    const state = openState(whole);
    state.set(0, "1.3");
    state.set(1, "7000");
    state.set(2, "6000");
    assert.equal(state.doubt(0), null);
    state.set(2, "6001");
    assert.deepEqual(state.doubt(0), { fault: "parts", sum: "1.3001", total: "1.3", parts: [1, 2] });
    state.set(0, "");
    assert.equal(state.doubt(0), null, "a total that is missing contradicts nothing");
  });
});

describe("text and drafts", () => {
  test("the filled text keeps what is missing as blanks, shows years by their last digits and stays text", () => {
    const report = form(["year"], ["branch"]);
    report.blanks[0].digits = 2;
    report.text = ["20", "年，", "支行"];
    assert.equal(values.fill(report, ["2026", ""]), "2026年，____支行");
    assert.equal(values.fill(report, ["2026", "*甲*|[乙]"]), "2026年，\\*甲\\*\\|\\[乙\\]支行");
    assert.equal(values.fill(report, values.desensitise(["2026", "甲"])), "20____年，____支行");
  });

  /** A storage like the browser's, with room for so many characters. */
  function storage(room = Infinity) {
    const entries = new Map();
    return {
      get length() { return entries.size; },
      key: (index) => [...entries.keys()][index] ?? null,
      getItem: (key) => entries.get(key) ?? null,
      setItem(key, text) {
        if (text.length > room) throw new Error("full");
        entries.set(key, text);
      },
      removeItem: (key) => entries.delete(key),
      clear: () => entries.clear(),
    };
  }
  const draft = (name) => ({ template: "t", title: "T", version: "1", name, values: new Map([["存款", "1"], ["__proto__", "2"]]), labels: new Map() });

  test("drafts are kept apart by report, come back as they were, and are wiped for all reports", () => {
    const device = storage();
    device.setItem("gangwei-theme", "dark");
    const [one, other] = ["a", "b"].map((template) => openDrafts(() => device, template));
    assert.ok(one.save(1, draft("甲")) && one.save(2, draft("乙")) && other.save(1, draft("丙")));
    assert.deepEqual(one.list().map((entry) => entry.draft), [draft("甲"), draft("乙")]);
    device.setItem("gangwei-report:a:3", "{broken");
    assert.equal(one.list().length, 2);
    assert.ok(one.wipe());
    assert.deepEqual([one.list(), other.list(), device.length], [[], [], 1]);
  });

  test("a storage that is full or blocked is an answer, not an exception", () => {
    const full = openDrafts(() => storage(10), "a");
    assert.equal(full.save(1, draft("甲")), false);
    const blocked = openDrafts(() => { throw new Error("blocked"); }, "a");
    assert.deepEqual([blocked.save(1, draft("甲")), blocked.list(), blocked.last(), blocked.wipe()], [false, [], 0, false]);
  });

  test("a file that is no draft is refused, and values that are no text are left out", () => {
    for (const json of ["", "[]", "null", "{}", '{"format":"gangwei-report-draft"}', '{"values":{}}', "\u0000"]) assert.equal(parse(json), null, json);
    const read = parse('{"format":"gangwei-report-draft","values":{"a":1,"b":"x"},"name":{}}');
    assert.deepEqual([read.name, [...read.values]], ["", [["b", "x"]]]);
    assert.deepEqual(parse(write(draft("甲"))), draft("甲"));
  });
});
