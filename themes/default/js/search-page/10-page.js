// The page's elements, what is shown just now, and the small tools that all parts use.

const gangwei = window.gangwei;
// After so many milliseconds without a change it is read aloud what was found, and recorded where one is.
const SPEAKING = 400;
const page = document.querySelector('[data-module~="search-page"]');
const words = page.dataset;
const part = (name) => page.querySelector('.search-' + name);
const form = document.querySelector('form[data-results]');
const field = form.elements.q;
const heading = part('count');
const rows = part('rows');
const sheet = page.querySelector('.facets-sheet');
const title = document.title;
const kinds = new Map(form.dataset.kinds.split('|').map((pair) => pair.split('=')));

let state = readState(location.search);
// The address before typing began, which Back leads to.
let settled = writeState(state);

function make(name, className, text) {
  const element = document.createElement(name);
  if (className) {
    element.className = className;
  }
  if (text !== undefined) {
    element.textContent = text;
  }
  return element;
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (values[name] === undefined ? whole : values[name]));
}

function linkTo(text, wanted, className) {
  const link = make('a', className, text);
  link.href = writeState(wanted);
  link.dataset.go = '';
  return link;
}

function control(name) {
  return page.querySelector('[name="' + name + '"]');
}
