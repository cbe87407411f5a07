// Licence expressions are read as SPDX defines them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isAllowed } from "./expression.mjs";

const ALLOWED = new Set(["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "Unicode-3.0"]);
const allowed = (expression) => isAllowed(expression, ALLOWED);

test("one allowed side of OR is enough, AND needs both", () => {
  assert.ok(allowed("GPL-3.0-only OR MIT"));
  assert.ok(allowed("GPL-3.0-only/MIT"));
  assert.ok(!allowed("GPL-3.0-only AND MIT"));
  assert.ok(!allowed("GPL-3.0-only"));
});

test("AND binds more tightly than OR, parentheses more tightly than both", () => {
  assert.ok(allowed("MIT OR Apache-2.0 AND GPL-3.0-only"));
  assert.ok(!allowed("(MIT OR Apache-2.0) AND GPL-3.0-only"));
  assert.ok(allowed("(MIT OR GPL-3.0-only) AND Unicode-3.0"));
});

test("a licence with an exception is allowed by its own name only", () => {
  assert.ok(allowed("Apache-2.0 WITH LLVM-exception"));
  assert.ok(!allowed("MIT WITH LLVM-exception"));
});

test("what cannot be read is a fault, not a pass", () => {
  for (const text of ["", "MIT OR", "(MIT", "MIT)", "MIT Apache-2.0", "SEE LICENSE IN file.txt"]) {
    assert.throws(() => allowed(text), /not a licence expression/, text);
  }
});
