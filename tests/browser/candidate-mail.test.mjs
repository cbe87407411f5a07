// A mail to apply begins with the right subject and a list of what goes with it; both can be copied.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowser } from "./browser.mjs";
import { idOf, mailing, visit } from "./candidate.mjs";
import { openJobs, read } from "./portal.mjs";

const opened = await openBrowser();
const unescaped = (text) => text.replaceAll("&amp;", "&").replaceAll("&quot;", '"');

test("every mail link carries the subject that its page states, the number and the materials", () => {
  let links = 0;
  for (const page of openJobs) {
    const html = read(page.file);
    const link = html.match(/href="(mailto:[^"]+)"/)?.[1];
    if (!link) continue;
    links += 1;
    const query = new URLSearchParams(unescaped(link).slice(link.indexOf("?")).replaceAll("+", "%2B"));
    const subject = html.match(/<span data-module="copy" data-text="([^"]*)"/)[1];
    assert.equal(query.get("subject"), unescaped(subject), page.url);
    assert.ok(query.get("body").includes(idOf(page)), page.url);
    assert.doesNotMatch(query.get("body"), /[^\r]\n/, "lines of a mail end with both marks");
    const materials = html.match(/<dt>[^<]*材料<\/dt><dd>([^<]*)<\/dd>/)?.[1].split("、") ?? [];
    materials.forEach((material, place) => assert.ok(query.get("body").includes(`\r\n${place + 1}. ${material}`), page.url));
    assert.equal(link.includes("+"), false, "a plus is read as itself in mail");
  }
  assert.ok(links > 0, "no posting is applied for by mail");
});

test("where the clipboard is refused, the text stands there selected", async () => {
  const { page, close } = await visit(opened, mailing.url, {}, (page) => page.addInitScript(() => {
    Object.defineProperty(navigator, "clipboard", { value: undefined });
    document.execCommand = () => false;
  }));
  const first = page.locator(".apply-facts [data-module=copy]").first();
  await first.locator("xpath=following-sibling::button[1]").click();
  assert.equal(await page.evaluate(() => getSelection().toString()), await first.getAttribute("data-text"));
  await close();
});

