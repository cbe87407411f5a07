// The rules of html.test.mjs: the recommended set, except where it holds the author's text to a matter of taste.

/** @type {import("html-validate").ConfigData} */
export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // A title is as long as its author writes it; the standard sets no limit.
    "long-title": "off",
    // Headings give their own anchors: Han characters and leading digits are valid in HTML, only blanks are not.
    "valid-id": ["error", { relaxed: true }],
  },
};
