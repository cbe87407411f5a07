// One portal with all the texts of `tests/hostile/texts.yaml` in fields, markdown and settings, in a real browser with
// the policy on: no page runs one of them, asks another origin for anything, or breaks the policy.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const TABS = 4;
/** What a text may wait for. The event is an ordinary one that no control of the portal acts on. */
const AWAITED = ["error", "load", "mouseover", "pointerenter", "focus", "animationstart", "toggle", "begin", "scrollend"];

process.env.PORTAL_DIR = process.env.GANGWEI_HOSTILE_PORTAL ?? writePortal();
// The portal is chosen when these are loaded.
const { openBrowser, openPage } = await import("./browser.mjs");
const { openJobs, pages } = await import("./portal.mjs");
const opened = await openBrowser();

/** Lets the Rust test build the portal into a new folder. */
function writePortal() {
  const made = mkdtempSync(path.join(tmpdir(), "gangwei-hostile-"));
  after(() => rmSync(made, { recursive: true, force: true }));
  const run = spawnSync("cargo", ["test", "--quiet", "--test", "it", "all_the_texts_at_once"], {
    cwd: path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../.."),
    env: { ...process.env, GANGWEI_HOSTILE_PORTAL: made },
    encoding: "utf8",
  });
  assert.equal(run.status, 0, run.stderr + run.stdout);
  return made;
}

/** A tab that notes dialogs, windows, words on the console, breaches of the policy and whatever leaves the origin. */
async function openTab(faults) {
  const page = await openPage(opened);
  const note = (what) => faults.push(`${new URL(page.url()).pathname}: ${what}`);
  page.on("dialog", (dialog) => {
    note(`dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  page.on("popup", () => note("a window"));
  page.on("pageerror", (error) => note(`script: ${error.message}`));
  page.on("console", (message) => note(`console: ${message.text()}`));
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== opened.origin) note(`request: ${request.url()}`);
  });
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  return page;
}

/** In the page: wakes whatever waits for an event, and names what could act in the document as it stands now. */
function live(awaited) {
  const found = [];
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      const address = value.replace(/[\p{Cc}\s]/gu, "").toLowerCase();
      const leads = /^(href|src|srcset|action|formaction|xlink:href|poster|background|cite)$/.test(name);
      if (/^on|^srcdoc$/.test(name) || (leads && /^(javascript|vbscript|data):/.test(address))) found.push(element.outerHTML.slice(0, 200));
    }
    if (element.matches("script:not([src]):not([type$=json]), iframe, object, embed, base, frame, portal")) found.push(element.outerHTML.slice(0, 200));
    if (element.closest("main")) for (const name of awaited) element.dispatchEvent(new Event(name));
  }
  return found;
}

async function look(page, faults) {
  for (const found of await page.evaluate(live, AWAITED)) faults.push(`${new URL(page.url()).pathname}: ${found}`);
}

test("no page of a portal with every hostile text acts, asks elsewhere or breaks the policy", async () => {
  const faults = [];
  const waiting = pages.map((page) => page.url);
  assert.ok(waiting.length > 100, `only ${waiting.length} pages`);
  const work = async () => {
    const page = await openTab(faults);
    for (let url = waiting.pop(); url; url = waiting.pop()) {
      await page.goto(url);
      await look(page, faults);
    }
    await page.context().close();
  };
  await Promise.all(Array.from({ length: TABS }, work));
  assert.deepEqual(faults, []);
});

test("results of the search show the texts as they are written", async () => {
  const faults = [];
  const page = await openTab(faults);
  for (const query of ["alert", "<script>", "onerror", "</mark><img src=x onerror=alert(1)>"]) {
    await page.goto(`/search/?q=${encodeURIComponent(query)}`);
    await page.waitForFunction(() => !document.querySelector(".search-rows").hasAttribute("aria-busy") && !document.querySelector(".search-bar").hidden);
    await look(page, faults);
    if (query === "alert") assert.match(await page.textContent(".search-rows"), /<script>alert\(1\)<\/script>/);
  }
  assert.deepEqual(faults, []);
  await page.context().close();
});

test("what the device keeps of a posting shows its texts as they are written", async () => {
  const faults = [];
  const page = await openTab(faults);
  for (const job of openJobs.slice(0, 2)) {
    await page.goto(job.url);
    await page.locator(".job-tools .save").click();
  }
  await page.locator(".job-tools a[data-module=saved-link]").click();
  await page.locator(".shelf .row-title a").nth(1).waitFor();
  await look(page, faults);
  assert.deepEqual(faults, []);
  await page.context().close();
});
