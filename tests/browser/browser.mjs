// Chromium over the portal's server, for the length of one test file.

import { after } from "node:test";
import { openChromium } from "./chromium.mjs";
import { serve } from "./server.mjs";

/** Opens the browser and the server; both close after the last test of the file. `headersOf` as in the server. */
export async function openBrowser(headersOf) {
  const browser = await openChromium();
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
