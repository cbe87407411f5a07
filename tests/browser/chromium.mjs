// How the tests start Chromium.

import { chromium } from "playwright-core";

/** Names the browser that tests/browser/run.mjs has started for all files. */
export const SHARED = "GANGWEI_BROWSER";

export const LAUNCH = {
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

/** The browser of the whole run, or one of this file's own where the file is run by hand. */
export function openChromium() {
  const shared = process.env[SHARED];
  return shared ? chromium.connect(shared) : chromium.launch(LAUNCH);
}
