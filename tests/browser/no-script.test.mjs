// Without scripts, pages still show what a candidate needs: title, facts, ways to narrow a list, how to apply.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowser, openPage } from "./browser.mjs";
import { openJobs, read } from "./portal.mjs";

const opened = await openBrowser();
const jobs = JSON.parse(read("jobs.json")).jobs;

/** The text of an element that must be visible: a hidden element still has its text. */
async function visibleText(page, selector) {
  const element = page.locator(selector);
  assert.ok(await element.isVisible(), `${selector} is hidden`);
  return (await element.innerText()).trim();
}

for (const width of [390, 1280]) {
  const options = { javaScriptEnabled: false, viewport: { width, height: 900 } };

  test(`a posting shows title, facts and how to apply, ${width} wide`, async () => {
    const { url } = openJobs[0];
    const job = jobs.find((job) => new URL(job.absolute_url).pathname === url);
    const page = await openPage(opened, options);
    await page.goto(url);
    assert.equal(await visibleText(page, "h1"), job.title);
    // The department stands above the facts, beside the unit.
    const facts = (await visibleText(page, ".kicker")) + (await visibleText(page, ".job-facts"));
    for (const fact of [job.location.name, job.departments[0].name, job.id]) {
      assert.ok(facts.includes(fact), `the facts lack ${fact}`);
    }
    assert.match(await visibleText(page, "section.apply"), /https?:|@|\d{3}/, "how to apply names no address and no number");
    await page.context().close();
  });

  test(`the list shows postings and facets, ${width} wide`, async () => {
    const page = await openPage(opened, options);
    await page.goto("/jobs/");
    assert.ok(await page.locator("h1").isVisible(), "the title is hidden");
    const shown = (selector) => page.locator(selector).filter({ visible: true }).count();
    assert.ok((await shown("main a[href^='/jobs/']")) >= 10, "too few postings are visible");
    for (const facet of ["recruitment", "departments", "locations", "categories"]) {
      assert.ok((await shown(`.facets a[href^='/${facet}/']`)) >= 2, `the facet ${facet} is hidden`);
    }
    await page.context().close();
  });
}
