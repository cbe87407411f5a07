// The page's elements, the state that is shown now, and the small tools that all parts use.

// After this many milliseconds without a change, screen readers announce the number of results, and the history records
// the position of the page.
const SPEAKING = 400;
const page = document.querySelector('[data-module~="search-page"]');
const words = /** @type {Words} */ (page.dataset);
/** @param {string} name @returns {HTMLElement} */
const part = (name) => page.querySelector('.search-' + name);
/** @type {HTMLFormElement} */
const form = document.querySelector('form[data-results]');
/** @type {HTMLInputElement} */
const field = form.querySelector('[name="q"]');
const heading = part('count');
const rows = /** @type {HTMLOListElement} */ (part('rows'));
/** @type {HTMLDetailsElement} */
const sheet = page.querySelector('.facets-sheet');
const title = document.title;
const kinds = kindsOf(form);

// eslint-disable-next-line prefer-const -- 60-run.js sets it
let state = readState(location.search);
// The address before typing began; the Back button returns to it.
// eslint-disable-next-line prefer-const -- 60-run.js sets it
let settled = writeState(state);

/** @param {string} text @param {State} wanted @param {string} [className] */
function linkTo(text, wanted, className) {
  const link = make('a', className, text);
  link.href = writeState(wanted);
  link.dataset.go = '';
  return link;
}

// A control beside the facets by its name: a choice, or the box for closed postings.
/** @template {HTMLInputElement | HTMLSelectElement} [E=HTMLSelectElement] @param {string} name @returns {E} */
function control(name) {
  return page.querySelector('[name="' + name + '"]');
}
