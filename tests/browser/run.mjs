// Runs test files side by side, with one browser for all of them.
//
//   node tests/browser/run.mjs FILE...

import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { chromium } from "playwright-core";
import { LAUNCH, SHARED } from "./chromium.mjs";

const browser = await chromium.launchServer(LAUNCH);
// Node itself would leave one core idle: on two cores, no two files would run at a time.
const options = ["--test", "--test-reporter=spec", `--test-concurrency=${availableParallelism()}`];
const tests = spawn(process.execPath, [...options, ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, [SHARED]: browser.wsEndpoint() },
});
const [code] = await new Promise((resolve) => tests.once("exit", (...ended) => resolve(ended)));
await browser.close();
process.exitCode = code ?? 1;
