// The state of the search page, and its address, which holds all of it.
//
// The parts in this folder are one script and share one scope: results, facets and pages for the query in the address.
// The script runs on the search page only. It inserts texts of the index as text, never as HTML.

const { button, fill, kindsOf, make, marked, row, rowFacts, today } = gangwei;
const PAGE = 20;
// The page has a box for every facet, in the order of the address.
const FACETS = Array.from(document.querySelectorAll('[data-facet]'), (box) => box.dataset.facet || '');
const RANGES = /** @type {const} */ (['since', 'closing', 'salary']);
const DAY = 86400000;

/** @typedef {{ q: string, p: number, state: string, sort: string, facets: Record<string, string[]> } & Record<typeof RANGES[number], string>} State */

/** @param {string} search @returns {State} */
function readState(search) {
  const given = new URLSearchParams(search);
  /** @param {string} name @param {RegExp} form */
  const one = (name, form) => {
    const value = given.get(name) || '';
    return form.test(value) ? value : '';
  };
  /** @type {any} */
  const state = { q: given.get('q') || '', p: Number(one('p', /^[1-9]\d{0,6}$/)) || 1, facets: {} };
  for (const facet of FACETS) {
    state.facets[facet] = Array.from(new Set(given.getAll(facet).join(',').split(',').filter(Boolean))).sort();
  }
  state.since = one('since', /^[1-9]\d{0,3}d$/);
  state.closing = one('closing', /^[1-9]\d{0,3}d$/);
  state.salary = one('salary', /^[1-9]\d{0,7}$/);
  state.state = one('state', /^all$/);
  state.sort = one('sort', /^(relevance|new|closing)$/);
  return state;
}

// One state has one address: names in this order, sorted values of a facet, no default values.
/** @param {State} state */
function writeState(state) {
  const parts = new URLSearchParams();
  /** @param {string} name @param {string} value */
  const add = (name, value) => {
    if (value !== '') {
      parts.set(name, value);
    }
  };
  add('q', state.q);
  for (const facet of FACETS) {
    add(facet, state.facets[facet].join(','));
  }
  for (const name of /** @type {const} */ ([...RANGES, 'state', 'sort'])) {
    add(name, state[name]);
  }
  if (state.p > 1) {
    parts.set('p', String(state.p));
  }
  const text = parts.toString().replace(/%2C/g, ',');
  return location.pathname + (text ? '?' + text : '');
}

/** @param {State} state @param {Partial<State>} change @returns {State} */
function withChange(state, change) {
  return Object.assign({}, state, { p: 1 }, change);
}

/** @param {State} state @param {Partial<State>} change */
function withoutFilters(state, change) {
  return withChange(readState(''), Object.assign({ q: state.q, sort: state.sort }, change));
}

/** @param {State} state @param {string} facet @param {string[]} ids */
function withFacet(state, facet, ids) {
  return withChange(state, { facets: Object.assign({}, state.facets, { [facet]: ids }) });
}

/** @param {State} state */
function hasFilters(state) {
  return FACETS.some((facet) => state.facets[facet].length > 0) || RANGES.some((range) => state[range] !== '');
}

/** @param {State} state @returns {SearchWanted} */
function optionsOf(state) {
  // In days since 1970.
  const day = Date.parse(today()) / DAY;
  /** @type {NonNullable<SearchWanted['filters']>} */
  const filters = Object.assign({}, state.facets);
  if (state.since) {
    filters.published = { from: day - parseInt(state.since, 10) };
  }
  if (state.closing) {
    filters.closes = { from: day, to: day + parseInt(state.closing, 10) };
  }
  if (state.salary) {
    filters.salary = { from: Number(state.salary) };
  }
  return {
    filters,
    sort: state.sort || (state.q.trim() ? 'relevance' : 'new'),
    state: state.state || 'open',
    limit: PAGE,
    offset: (state.p - 1) * PAGE,
  };
}
