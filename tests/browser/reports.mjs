// The report pages of the portal with their forms, and how a test opens one.

import { pages, read } from "./portal.mjs";

/** Every report that has a form: its page and the form's data. */
export const reports = pages
  .filter((page) => page.kind === "report")
  .map((page) => ({ ...page, html: read(page.file) }))
  .flatMap((page) => {
    const json = page.html.match(/<script type="application\/json" id="report-form">(.*?)<\/script>/s)?.[1];
    return json ? [{ ...page, form: JSON.parse(json) }] : [];
  });

if (reports.length === 0) throw new Error("the portal has no report with a form");

/** A report whose form satisfies a condition. */
export function reportWith(what, wanted) {
  const found = reports.find(wanted);
  if (!found) throw new Error(`no report of the portal has ${what}`);
  return found;
}

/** A field of 万元 that no formula gives and that needs no other. */
export const moneyIn = (report) => report.form.fields.findIndex((field) => field.type === "money" && field.unit === "万元" && field.formula === null);
export const withMoney = reportWith("a field of 万元", (report) => moneyIn(report) >= 0);

/** A text that a field takes: the same for the same field, a figure where it takes one. */
export function answer(field, index) {
  const given = { year: "2026", month: "11", date: "2026-11-16", rank: "2", percent: "8.5", integer: String(index + 1) };
  return given[field.type] ?? (field.type === "money" || field.type === "number" ? String(1000 + index) : `示例${index}`);
}

export const input = (page, index) => page.locator(`#gw-report-${index}`);
export const place = (page, number) => page.locator(`.sheet .blank[data-blank="${number}"]`);
export const left = async (page) => Number((await page.textContent(".report-left")).match(/\d+/)[0]);

/** Opens a report; `faults` collects whatever the browser complains of, `requests` what is asked for once it stands. */
export async function openReport(opened, openPage, t, url, options = {}, prepare = async (_page) => {}) {
  const page = await openPage(opened, options);
  t.after(() => page.context().close());
  page.faults = [];
  page.requests = [];
  page.on("pageerror", (error) => page.faults.push(error.message));
  page.on("console", (message) => page.faults.push(message.text()));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective}`));
  });
  await prepare(page);
  await page.goto(url, { waitUntil: "networkidle" });
  page.on("request", (request) => page.requests.push(request.url()));
  return page;
}
