// The portal served with exactly the headers that the build wrote: every kind of page loads, search answers and a report
// fills, and the browser complains of nothing.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openBrowser, openPage } from "./browser.mjs";
import { fileAt, files, MISSING, openJobs, read, samples } from "./portal.mjs";
import { answer, input, left, place, reports } from "./reports.mjs";

/** What a static host does without a rule: browsers ask anew each time. */
const HOST = { "Cache-Control": "public, max-age=0, must-revalidate" };

/** The rules of `_headers`: a path, where `*` stands for anything, and its header lines. */
function parse(text) {
  const rules = [];
  for (const line of text.split("\n").filter((line) => line.trim() && !line.trim().startsWith("#"))) {
    if (!/^\s/.test(line)) {
      const pattern = line.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&")).join(".*");
      rules.push({ path: line, pattern: new RegExp(`^${pattern}$`), headers: [] });
      continue;
    }
    const [, name, value] = line.match(/^\s+([A-Za-z-]+): (.+)$/) ?? assert.fail(`not a header: ${line}`);
    rules.at(-1).headers.push([name, value]);
  }
  return rules;
}

const rules = parse(read("_headers"));

function headersOf(pathname) {
  const matching = rules.filter(({ pattern }) => pattern.test(pathname)).flatMap(({ headers }) => headers);
  // Hosts join the values of one header, which no browser would understand here.
  const names = matching.map(([name]) => name);
  assert.equal(new Set(names).size, names.length, `${pathname} has a header twice: ${names}`);
  return { ...HOST, ...Object.fromEntries(matching) };
}

const opened = await openBrowser(headersOf);

/** A page on which everything that the browser says is noted, the policy's violations too. */
async function openHeard(t, url) {
  const page = await openPage(opened);
  t.after(() => page.context().close());
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(`script: ${error.message}`));
  page.on("console", (message) => {
    if (message.location().url !== opened.origin + MISSING) page.faults.push(`console: ${message.text()}`);
  });
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  const response = await page.goto(url, { waitUntil: "networkidle" });
  return { page, response };
}

test("the headers are the strict ones, for pages, files and addresses that lead nowhere", () => {
  for (const path of ["/", openJobs[0].url, "/jobs.json", MISSING]) {
    const headers = headersOf(path);
    const policy = headers["Content-Security-Policy"];
    for (const part of ["default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"]) {
      assert.ok(policy.split("; ").includes(part), `${path}: ${part}`);
    }
    assert.ok(!/unsafe|\*|data:|blob:/.test(policy), policy);
    assert.equal(headers["X-Content-Type-Options"], "nosniff");
    for (const name of ["Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy", "Strict-Transport-Security"]) {
      assert.ok(headers[name], `${path}: ${name}`);
    }
  }
});

test("files are kept for ever exactly where their name holds the hash of their bytes", () => {
  const kept = files.filter((file) => headersOf(`/${file}`)["Cache-Control"].includes("immutable"));
  for (const file of kept) assert.match(file, /^assets\/.+\.[0-9a-f]{10}\.[a-z0-9]+$|(^|\/)search\/[a-z]+\/.*-[0-9a-f]{6}\.bin$/);
  assert.deepEqual(files.filter((file) => file.startsWith("assets/")), kept.filter((file) => file.startsWith("assets/")));
  assert.ok(kept.some((file) => file.startsWith("search/terms/")), "the index is not kept");
  // Cloudflare reads no more than a hundred rules; an edition adds its own.
  assert.ok(rules.length <= 20, `${rules.length} rules`);
});

describe("every kind of page loads in silence", { concurrency: 2 }, () => {
  for (const [name, url] of samples()) {
    test(name, async (t) => {
      assert.ok(url === MISSING || (url && fileAt(url)), "the portal has no such page");
      const { page, response } = await openHeard(t, url);
      assert.equal(response.status(), url === MISSING ? 404 : 200);
      assert.equal(response.headers()["content-security-policy"], headersOf(url)["Content-Security-Policy"]);
      assert.ok(await page.locator("h1").isVisible());
      assert.deepEqual(page.faults, []);
    });
  }
});

test("search finds a posting", async (t) => {
  const { title } = JSON.parse(read("jobs.json")).jobs.find((job) => /^\p{Script=Han}{4,}$/u.test(job.title));
  const { page } = await openHeard(t, "/search/");
  await page.fill("main input[name=q]", title);
  await page.keyboard.press("Enter");
  await page.locator(".search-rows > li a mark").first().waitFor();
  assert.equal(await page.locator(".search-rows > li a").first().textContent(), title);
  assert.deepEqual(page.faults, []);
});

test("a report fills, and its values are saved as a file", async (t) => {
  const { page } = await openHeard(t, reports[0].url);
  const { fields } = reports[0].form;
  const index = fields.findIndex((field) => field.type === "text");
  assert.ok(index >= 0 && (await left(page)) > 0);
  await input(page, index).fill(answer(fields[index], index));
  assert.equal(await place(page, fields[index].blanks[0]).textContent(), answer(fields[index], index));
  assert.deepEqual(page.faults, []);
});

test("a script that somebody put into a page does not run, and a foreign page cannot frame the portal", async (t) => {
  const { page } = await openHeard(t, "/");
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "globalThis.ran = true";
    document.body.append(script);
    const image = document.createElement("img");
    image.src = "https://elsewhere.example/pixel.png";
    document.body.append(image);
    const frame = document.createElement("iframe");
    frame.src = "/jobs/";
    document.body.append(frame);
  });
  const blocked = (directive) => page.faults.some((fault) => fault.includes(`policy: ${directive}`));
  await page.waitForFunction(() => document.querySelector("iframe"));
  // What is blocked is told a moment later; what is never told fails below.
  const told = () => blocked("script-src") && blocked("img-src") && page.faults.some((fault) => fault.includes("frame-ancestors"));
  for (let tries = 0; tries < 100 && !told(); tries += 1) await page.waitForTimeout(50);
  assert.equal(await page.evaluate(() => globalThis.ran), undefined);
  assert.ok(blocked("script-src"), page.faults.join("\n"));
  assert.ok(blocked("img-src"), page.faults.join("\n"));
  assert.ok(page.faults.some((fault) => fault.includes("frame-ancestors")), page.faults.join("\n"));
});

test("every rule speaks of files that the portal has", () => {
  // Only a large portal has long lists, only a build that runs has a working folder, and the changes are written only
  // where an earlier portal is named.
  const elsewhere = ["/search/lists/*", "/.gangwei/*", "/changes.json"];
  const expected = rules.filter(({ path }) => !elsewhere.includes(path));
  for (const { path, pattern } of expected) assert.ok(files.some((file) => pattern.test(`/${file}`)), path);
});
