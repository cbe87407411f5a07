// What machines read: feeds, sitemap, jobs.json and JSON-LD parse, and every internal address leads somewhere.
// XML and HTML are read with Chromium's own parsers, the strictest and the most lenient there are.

import assert from "node:assert/strict";
import { test } from "node:test";
import { parseAtomFeed, parseJsonFeed } from "feedsmith";
import { openBrowser, openPage } from "./browser.mjs";
import { fileAt, files, htmlFiles, isOpen, origin, pages, read, urlPath } from "./portal.mjs";

const opened = await openBrowser();
const reader = await openPage(opened);
// Read before the first test begins: the browser closes when the last test known by then has ended.
const contents = new Map();
for (const file of htmlFiles) contents.set(file, await reader.evaluate(readHtml, read(file)));

/** The texts of the selected elements or attributes; a fault in the XML fails the test. */
async function readXml(file, selectors) {
  const { fault, texts } = await reader.evaluate(
    ([text, wanted]) => {
      const xml = new DOMParser().parseFromString(text, "application/xml");
      const select = ([selector, attribute]) =>
        [...xml.querySelectorAll(selector)].map((element) => (attribute ? element.getAttribute(attribute) : element.textContent));
      return { fault: xml.querySelector("parsererror")?.textContent, texts: wanted.map(select) };
    },
    [read(file), selectors],
  );
  assert.equal(fault, undefined, `${file}: ${fault}`);
  return texts;
}

function assertLead(file, urls) {
  assert.ok(urls.length > 0, `${file} names no address`);
  for (const url of urls) {
    assert.ok(URL.canParse(url), `${file}: ${url} is not an absolute URL`);
    assert.equal(new URL(url).origin, origin, `${file}: ${url}`);
    assert.ok(fileAt(new URL(url).pathname), `${file}: ${url} leads nowhere`);
  }
}

test("Atom feeds", async () => {
  for (const file of files.filter((file) => file.endsWith("feed.xml"))) {
    const [entries, ids, dates, links] = await readXml(file, [["entry"], ["id"], ["updated"], ["link", "href"]]);
    assertLead(file, links);
    assert.equal(ids.length, entries.length + 1, `${file}: an entry or the feed has no id`);
    assert.equal(dates.length, entries.length + 1, `${file}: an entry or the feed has no date`);
    for (const date of dates) assert.ok(!Number.isNaN(Date.parse(date)), `${file}: ${date}`);
  }
});

test("another maker's parser reads the same from both kinds of feed", () => {
  const feeds = files.filter((file) => /(^|\/)feed\.xml$/.test(file));
  for (const folder of ["departments", "locations", "recruitment"]) {
    assert.ok(feeds.some((file) => file.startsWith(`${folder}/`)), folder);
  }
  for (const file of feeds) {
    const atom = parseAtomFeed(read(file));
    const json = parseJsonFeed(read(file.replace(/xml$/, "json")));
    assert.ok(atom.title && atom.id && atom.updated, file);
    assert.equal(atom.title.value, json.title, file);
    assert.equal(atom.links.find(({ rel }) => rel === "alternate").href, json.home_page_url, file);
    const entries = atom.entries ?? [];
    assert.equal(new Set(entries.map(({ id }) => id)).size, entries.length, `${file}: an id twice`);
    const told = ({ id, title, updated }) => ({ id, title: title.value ?? title, updated: Date.parse(updated) });
    assert.deepEqual(
      entries.map(told),
      (json.items ?? []).map(({ id, title, date_modified }) => told({ id, title, updated: date_modified })),
      file,
    );
  }
});

test("JSON feeds", () => {
  for (const file of files.filter((file) => file.endsWith("feed.json"))) {
    const feed = JSON.parse(read(file));
    assert.equal(feed.version, "https://jsonfeed.org/version/1.1");
    assertLead(file, [feed.home_page_url, feed.feed_url, ...feed.items.map((item) => item.url)]);
    for (const item of feed.items) assert.ok(item.id && item.title && (item.content_text || item.content_html), item.url);
  }
});

test("sitemap.xml", async () => assertLead("sitemap.xml", (await readXml("sitemap.xml", [["loc"]]))[0]));

test("robots.txt", () => {
  assertLead("robots.txt", [...read("robots.txt").matchAll(/^Sitemap: (\S+)$/gm)].map((found) => found[1]));
});

test("llms.txt", () => {
  assert.match(read("llms.txt"), /^# \S/);
  assertLead("llms.txt", [...read("llms.txt").matchAll(/\]\((\S+?)\)/g)].map((found) => found[1]));
});

test("jobs.json", () => {
  const { jobs, meta } = JSON.parse(read("jobs.json"));
  assert.equal(meta.total, jobs.length);
  assertLead("jobs.json", jobs.map((job) => job.absolute_url));
  for (const job of jobs) assert.ok(job.id && job.title && job.location.name && job.content, job.absolute_url);
});

test("texts for other programs name the portal's own pages in full", async () => {
  const { jobs } = JSON.parse(read("jobs.json"));
  const bodies = [...jobs.map((job) => job.content.replaceAll("&quot;", '"')), ...(await readXml("jobs.xml", [["description"]]))[0]];
  const links = bodies.flatMap((body) => [...body.matchAll(/ (?:href|src)="([^"]+)"/g)].map((found) => found[1]));
  assert.ok(links.some((link) => link.startsWith(origin)));
  for (const link of links) assert.ok(!link.startsWith("/"), link);
});

/** In the browser: the addresses, anchors and JSON-LD of one page. */
function readHtml(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const values = (name) => [...page.querySelectorAll(`[${name}]`)].map((element) => element.getAttribute(name));
  const sets = values("srcset").flatMap((set) => set.split(",").map((part) => part.trim().split(/\s+/)[0]));
  return {
    links: [...values("href"), ...values("src"), ...values("action"), ...sets],
    ids: values("id"),
    jsonLd: [...page.querySelectorAll("script[type='application/ld+json']")].map((script) => script.textContent),
  };
}

test("every internal address leads to a file, every anchor to an id", () => {
  const faults = [];
  for (const [file, { links }] of contents) {
    for (const link of links) {
      const url = new URL(link, origin + urlPath(file));
      if (url.origin !== origin) continue;
      const target = fileAt(url.pathname);
      if (!target) faults.push(`${file}: ${link} leads nowhere`);
      const anchor = decodeURIComponent(url.hash.slice(1));
      // An anchor into anything but a page is for the program that opens it.
      if (anchor && contents.has(target) && !contents.get(target).ids.includes(anchor)) faults.push(`${file}: ${link} names no id`);
    }
  }
  assert.equal(faults.length, 0, `${faults.length} faults\n${faults.slice(0, 40).join("\n")}`);
});

test("JSON-LD parses; open postings state a JobPosting, others none", () => {
  const faults = [];
  for (const page of pages) {
    const data = contents.get(page.file).jsonLd.map((text) => JSON.parse(text));
    const postings = data.filter((item) => item["@type"] === "JobPosting");
    const wanted = page.kind === "job" && isOpen(page) ? 1 : 0;
    if (postings.length !== wanted) faults.push(`${page.file} (${page.state}): ${postings.length} JobPosting`);
    for (const posting of postings) faults.push(...missing(posting).map((name) => `${page.file}: JobPosting lacks ${name}`));
  }
  assert.deepEqual(faults, []);
});

/** The required properties that a posting lacks. */
function missing(posting) {
  const places = [posting.jobLocation].flat();
  const required = {
    title: posting.title,
    description: posting.description,
    datePosted: posting.datePosted,
    validThrough: posting.validThrough,
    "hiringOrganization.name": posting.hiringOrganization?.name,
    "jobLocation.address.addressCountry": places.every((place) => place?.address?.addressCountry),
  };
  return Object.keys(required).filter((name) => !required[name]);
}
