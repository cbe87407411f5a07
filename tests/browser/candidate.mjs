// What the tests of the candidate's features share: a page that notes every fault, and accessibility in every look.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { openPage } from "./browser.mjs";
import { openJobs, read } from "./portal.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];

export const JOBS = "/jobs/";
export const idOf = (page) => decodeURIComponent(page.url.split("/").at(-2));

/** An open posting whose conditions ask for an education and for majors, and one that is applied for by mail. */
export const asking = openJobs.find(({ file }) => /data-ask="education"/.test(read(file)) && /data-ask="majors"/.test(read(file)));
export const mailing = openJobs.find(({ file }) => /href="mailto:/.test(read(file)));
if (!asking || !mailing) throw new Error("the portal has no posting with conditions, or none by mail");

/** Opens an address. `faults` gathers script errors, words on the console and anything sent; `prepare` runs first. */
export async function visit(opened, url, options, prepare) {
  const page = await openPage(opened, options);
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => faults.push(message.text()));
  page.on("request", (request) => {
    const { origin, search } = new URL(request.url());
    if (request.method() !== "GET" || search || origin !== opened.origin) faults.push(`sent: ${request.url()}`);
  });
  if (prepare) await prepare(page);
  await page.goto(url);
  return { page, faults, close: () => page.context().close() };
}

/** What axe finds in the page as it stands, light and dark, and whether it is wider than its window. */
export async function looks(page) {
  const faults = [];
  await page.evaluate(AXE);
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    if (await page.evaluate(() => document.scrollingElement.scrollWidth > innerWidth)) faults.push(`${colorScheme}: too wide`);
    const { violations } = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: tags }), TAGS);
    for (const { id, nodes } of violations) faults.push(`${colorScheme}: ${id}: ${nodes.slice(0, 3).map((node) => node.target.join(" ")).join(" | ")}`);
  }
  return faults;
}

/** In the page: controls that can be seen below some element and that a finger would miss. */
export async function smallTargets(page, within) {
  return page.locator(within).locator("a, button, select, input, summary, label:has(input)").evaluateAll((all) =>
    // The title of a row is a link that covers the row.
    all.filter((element) => !element.closest(".row-title") && element.checkVisibility() && !element.closest("label:has(input)")?.contains(element.matches("input") ? element : null))
      .map((element) => [element.outerHTML.slice(0, 90), element.getBoundingClientRect().height])
      .filter(([, height]) => height < 43.5));
}

/** The sizes at which everything is looked at. */
export const SIZES = [390, 1280].map((width) => ({ width, height: 900 }));
