// The lint of all JavaScript: scripts of pages in one dialect, and what runs in Node.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import js from "@eslint/js";
import globals from "globals";

const SCRIPTS = "themes/default/js";
const PREVIEW = "src/serve/reload.js";

// One dialect: constants, arrows for what is handed over, declarations for what has a name, `await` for what takes time.
const dialect = {
  "no-var": "error",
  "prefer-const": "error",
  "prefer-arrow-callback": "error",
  "func-style": ["error", "declaration", { allowArrowFunctions: true }],
  "object-shorthand": "error",
  eqeqeq: "error",
  "no-restricted-syntax": ["error", { selector: "CallExpression[callee.property.name='then']", message: "`await` says the same." }],
  "no-unused-vars": ["error", { caughtErrors: "none", argsIgnorePattern: "^_" }],
};

const forPages = {
  ...dialect,
  // Control characters are looked for on purpose.
  "no-control-regex": "off",
  "no-implicit-globals": "error",
  strict: ["error", "function"],
  "no-restricted-syntax": [
    ...dialect["no-restricted-syntax"],
    { selector: "TemplateLiteral", message: "src/theme/compact.rs, which shortens scripts, does not know template strings." },
    { selector: "CallExpression[callee.object.name='document'][callee.property.name='createElement']", message: "`make` of 00-start.js does it." },
    { selector: ":not(AssignmentExpression) > MemberExpression[object.name='window'][property.name='gangwei']", message: "It is called `gangwei`." },
  ],
};

/** The parts of a folder are one script: a part may use what another declares, and is where others find what it declares. */
function parts(folder) {
  if (!existsSync(`tests/types/${folder}.json`)) throw new Error(`tests/types/${folder}.json is missing: nothing checks the types of ${SCRIPTS}/${folder}`);
  const files = readdirSync(path.join(SCRIPTS, folder)).sort().map((name) => {
    const file = `${SCRIPTS}/${folder}/${name}`;
    const text = readFileSync(file, "utf8").replace(/\/\*[^]*?\*\/|\/\/.*/g, "");
    const declared = [...text.matchAll(/^(?:(?:async )?function|class|let|const) (\w+|\{[^}]*\})/gm)].flatMap(([, name]) => name.match(/\w+/g));
    return { file, declared, words: new Set(text.match(/\w+/g)) };
  });
  return files.map(({ file, declared }) => {
    const others = files.filter((other) => other.file !== file);
    const used = declared.filter((name) => others.some((other) => other.words.has(name)));
    return {
      files: [file],
      languageOptions: { globals: Object.fromEntries(others.flatMap((other) => other.declared).map((name) => [name, "writable"])) },
      rules: {
        strict: "off",
        "no-implicit-globals": "off",
        "no-unused-vars": ["error", { caughtErrors: "none", varsIgnorePattern: `^(?:${used.join("|")})$` }],
      },
    };
  });
}

const folders = readdirSync(SCRIPTS, { withFileTypes: true }).filter((entry) => entry.isDirectory());

export default [
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  { ignores: ["target/", "public/"] },
  js.configs.recommended,
  {
    files: [`${SCRIPTS}/**/*.js`, PREVIEW],
    languageOptions: { sourceType: "script", ecmaVersion: 2018, globals: { ...globals.browser, gangwei: "readonly", globalThis: "readonly", BigInt: "readonly" } },
    rules: forPages,
  },
  // The preview runs where its author is, in a browser of this year.
  { files: [PREVIEW], languageOptions: { ecmaVersion: 2023 } },
  ...folders.flatMap((entry) => parts(entry.name)),
  {
    files: ["**/*.mjs"],
    // Tests hand functions over that run in the page.
    languageOptions: { globals: { ...globals.nodeBuiltin, ...globals.browser } },
    rules: { ...dialect, "no-control-regex": "off" },
  },
];
