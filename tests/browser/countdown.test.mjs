// A page outlives its build: its states and days turn in the browser when their moments pass, in any zone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowser, openPage } from "./browser.mjs";
import { openJobs, pages, read } from "./portal.mjs";

const opened = await openBrowser();
const announced = pages.find((page) => page.kind === "job" && page.state === "announced");
const open = openJobs.find((page) => page.state === "open" && /class="doc-state">.*?data-end-at/.test(read(page.file)));
const turn = (page, name) => read(page.file).match(new RegExp(`class="doc-state">.*?data-${name}-at="([^"]+)"`))?.[1];
const MINUTE = 60000;

/** Opens an address with a clock that stands at a moment: it is opened an hour before, since a clock cannot stop earlier. */
async function stand(shown, moment, url) {
  const time = Date.parse(moment);
  await shown.clock.install({ time: time - 60 * MINUTE });
  await shown.goto(url);
  await shown.clock.pauseAt(time);
}

/** The posting's page at a moment on a machine in another zone; the demonstration's fixed day is taken out. */
async function at(page, moment, change = (html) => html, timezoneId = "America/New_York") {
  const shown = await openPage(opened, { timezoneId });
  const faults = [];
  shown.on("pageerror", (error) => faults.push(error.message));
  shown.on("console", (message) => faults.push(message.text()));
  const unfixed = (html) => change(html.replace(/ data-clock="[^"]*"/, ""));
  await shown.route(`**${page.url}`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: unfixed(await response.text()) });
  });
  await stand(shown, moment, page.url);
  return {
    shown,
    faults,
    state: async () => (await shown.locator(".doc-state .chip").getAttribute("class")).replace("chip chip-", ""),
    text: async () => (await shown.locator(".doc-state .chip").innerText()).replace(/\s+/g, " "),
    close: () => shown.context().close(),
  };
}

const minutes = (moment, count) => new Date(Date.parse(moment) + count * MINUTE).toISOString();

test("an announced posting opens by itself when its moment passes, and can then be applied for", async () => {
  const opens = turn(announced, "open");
  assert.match(opens, /T\d\d:\d\d:\d\d[+-]\d\d:\d\d$/, "the moment has no offset");
  const { shown, faults, state, text, close } = await at(announced, minutes(opens, -2));
  assert.equal(await state(), "announced");
  assert.ok(!(await shown.locator(".action").isVisible()), "what is not open yet can be applied for");
  await shown.clock.runFor(MINUTE);
  assert.equal(await state(), "announced");
  await shown.clock.runFor(2 * MINUTE);
  assert.equal(await state(), turn(announced, "soon") > opens ? "open" : "soon");
  assert.match(await text(), /截止|还剩|天/);
  assert.doesNotMatch(await text(), /开始/);
  assert.ok(await shown.locator(".action a").first().isVisible());
  assert.deepEqual(faults, []);
  await close();
});

test("an open posting is closing soon, then closed, by itself, each at its moment", async () => {
  const [soon, end] = [turn(open, "soon"), turn(open, "end")];
  const { shown, faults, state, text, close } = await at(open, minutes(soon, -1));
  assert.equal(await state(), "open");
  await shown.clock.runFor(MINUTE);
  assert.equal(await state(), "soon");
  assert.match(await text(), /7/);
  await shown.clock.fastForward(Date.parse(end) - Date.parse(soon) - 30 * MINUTE);
  assert.equal(await state(), "soon");
  assert.match(await text(), /今天 ?24:00/);
  for (const offered of [".action", "[data-check-link]"]) assert.ok(await shown.locator(offered).isVisible(), offered);
  assert.ok(!(await shown.locator(".banner-closed").isVisible()));
  // What is printed on the last day is read on the next.
  const date = read(open.file).match(/class="doc-state">.*?<time [^>]*>([^<]+)</s)[1];
  assert.doesNotMatch(await text(), new RegExp(date), "the date is told twice");
  await shown.emulateMedia({ media: "print" });
  assert.ok((await text()).includes(date), await text());
  assert.doesNotMatch(await text(), /今天/);
  await shown.emulateMedia({ media: "screen" });
  await shown.clock.runFor(29 * MINUTE);
  assert.equal(await state(), "soon");
  await shown.clock.runFor(MINUTE);
  assert.equal(await state(), "closed");
  for (const gone of ["[data-check-link]", ".action", ".apply", ".check", ".checklist-section", ".form-sheet"]) {
    assert.ok(!(await shown.locator(gone).isVisible()), `${gone} is still offered`);
  }
  assert.ok(await shown.locator(".banner-closed").isVisible());
  assert.deepEqual(faults, []);
  await close();
});

for (const zone of ["Pacific/Kiritimati", "America/Los_Angeles", "Europe/London", "Asia/Shanghai"]) {
  test(`the last minute of the last day is the same on a machine in ${zone}`, async () => {
    const end = turn(open, "end");
    const before = await at(open, minutes(end, -1), undefined, zone);
    assert.equal(await before.state(), "soon");
    assert.match(await before.text(), /今天 ?24:00/);
    await before.close();
    const after = await at(open, end, undefined, zone);
    assert.equal(await after.state(), "closed");
    await after.close();
  });
}

test("an exact time with another offset counts to the second, without waiting for a full minute", async () => {
  const end = "2026-12-31T17:30:20+08:00";
  const change = (html) => html.replace(/data-end-at="[^"]+"/g, 'data-end-at="2026-12-31T09:30:20+00:00"').replace(/data-soon-at="[^"]+"/g, 'data-soon-at="2026-12-24T17:30:20+08:00"').replace(/data-closes="[^"]+"/g, `data-closes="${end}"`);
  const { shown, state, text, close } = await at(open, minutes(end, -1), change);
  assert.equal(await state(), "soon");
  assert.match(await text(), /今天 ?17:30/);
  await shown.clock.runFor(59000);
  assert.equal(await state(), "soon");
  await shown.clock.runFor(1100);
  assert.equal(await state(), "closed");
  await close();
});

test("days are counted in the site's zone and go down at its midnight", async () => {
  const end = turn(open, "end");
  const { shown, text, close } = await at(open, minutes(end, -3 * 1440 - 1));
  assert.match(await text(), /3/);
  await shown.clock.runFor(MINUTE);
  assert.match(await text(), /2/);
  await shown.clock.fastForward(1440 * MINUTE);
  assert.match(await text(), /明天 ?24:00/);
  await close();
});

test("a device whose clock is behind reopens nothing that the build saw later", async () => {
  const soon = openJobs.find((page) => page.state === "soon");
  const { state, close } = await at(soon, "2001-01-01T00:00:00Z");
  assert.equal(await state(), "soon");
  await close();
});

test("a portal with a fixed day stands still", async () => {
  const shown = await openPage(opened);
  await shown.clock.install({ time: new Date("2036-01-01T00:00:00Z") });
  await shown.goto(open.url);
  await shown.clock.runFor(5 * MINUTE);
  assert.match(await shown.locator(".doc-state .chip").getAttribute("class"), /chip-open/);
  await shown.context().close();
});

test("a step whose day is over is done, and the next one is named", async () => {
  const campaign = pages.find((page) => page.kind === "campaign" && /data-module="step"/.test(read(page.file)));
  const days = [...read(campaign.file).matchAll(/data-module="step">.*?<time class="step-date" datetime="([^"]+)"/gs)].map((match) => match[1]);
  const { shown, faults, close } = await at(campaign, `${days[0]}T15:59:00Z`);
  const done = () => shown.locator(".step-done time").evaluateAll((all) => all.map((time) => time.dateTime));
  assert.ok(!(await done()).includes(days[0]), "the day counts whole, in the site's zone");
  await shown.clock.runFor(MINUTE);
  assert.ok((await done()).includes(days[0]));
  assert.ok(!(await done()).includes(days[1]));
  assert.deepEqual(faults, []);
  await close();
  const list = { url: "/jobs/", file: "jobs/index.html" };
  const card = await at(list, `${days[0]}T16:00:00Z`);
  const name = read(campaign.file).match(/<h1[^>]*>([^<]+)</)[1];
  const next = card.shown.locator(".campaign-card", { hasText: name }).locator(".campaign-next").filter({ visible: true });
  assert.equal(await next.count(), 1);
  assert.equal(await next.locator("time").getAttribute("datetime"), days[1]);
  await card.close();
});

test("rows of lists turn too", async () => {
  const end = turn(open, "end");
  const shown = await openPage(opened, { timezoneId: "America/New_York" });
  await shown.route("**/jobs/", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace(/ data-clock="[^"]*"/, "") });
  });
  await stand(shown, minutes(end, -1), "/jobs/");
  const ids = await shown.locator(`.row-job:has([data-end-at="${end}"])`).evaluateAll((all) => all.map((row) => row.dataset.id));
  const chip = shown.locator(`.row-job[data-id="${ids[0]}"] .chip`).first();
  assert.match(await chip.getAttribute("class"), /chip-soon/);
  await shown.clock.runFor(MINUTE);
  assert.match(await chip.getAttribute("class"), /chip-closed/);
  await shown.context().close();
});
