// Every HTML file is valid.

import assert from "node:assert/strict";
import { test } from "node:test";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import config from "./html-validate.config.mjs";
import { htmlFiles, read } from "./portal.mjs";

test("every HTML file is valid", async () => {
  const validator = new HtmlValidate(new StaticConfigLoader(config));
  const faults = [];
  for (const file of htmlFiles) {
    const report = await validator.validateString(read(file), file);
    for (const { messages } of report.results) {
      faults.push(...messages.map(({ line, column, ruleId, message }) => `${file}:${line}:${column} ${ruleId}: ${message}`));
    }
  }
  assert.equal(faults.length, 0, `${faults.length} faults\n${faults.slice(0, 40).join("\n")}`);
});
