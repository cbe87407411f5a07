// Chromium over the portal's server, for the length of one test file.

import { after } from "node:test";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Opens the browser and the server; both close after the last test of the file. `headersOf` as in the server. */
export async function openBrowser(headersOf) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: FLAGS,
  });
  const server = await serve(headersOf);
  after(async () => {
    await browser.close();
    await server.close();
  });
  return { browser, origin: server.origin };
}

/** A page in a context of its own; motion is reduced so that colours are measured at rest. */
export async function openPage(opened, options = {}) {
  const context = await opened.browser.newContext({
    baseURL: opened.origin,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    reducedMotion: "reduce",
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  return context.newPage();
}
