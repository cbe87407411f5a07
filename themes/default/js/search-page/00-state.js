// The state of the search page, and its address, which holds all of it.
//
// The parts in this folder are one script and share one scope: results, facets and pages of what the address asks for.
// It runs on the search page only. What comes from the index is put in as text, never as HTML.

const { button, fill, kindsOf, make, marked, today } = gangwei;
const root = document.documentElement;
const PAGE = 20;
const FACETS = /** @type {const} */ (['kind', 'unit', 'department', 'location', 'category', 'recruitment', 'education']);
const RANGES = /** @type {const} */ (['since', 'closing', 'salary']);
const DAY = 86400000;

/** @typedef {typeof FACETS[number]} Facet */
/** @typedef {{ q: string, p: number, state: string, sort: string } & Record<Facet, string[]> & Record<typeof RANGES[number], string>} State */

/** @param {string} search @returns {State} */
function readState(search) {
  const given = new URLSearchParams(search);
  /** @param {string} name @param {RegExp} form */
  const one = (name, form) => {
    const value = given.get(name) || '';
    return form.test(value) ? value : '';
  };
  /** @type {any} */
  const state = { q: given.get('q') || '', p: Number(one('p', /^[1-9]\d{0,6}$/)) || 1 };
  for (const facet of FACETS) {
    state[facet] = Array.from(new Set(given.getAll(facet).join(',').split(',').filter(Boolean))).sort();
  }
  state.since = one('since', /^[1-9]\d{0,3}d$/);
  state.closing = one('closing', /^[1-9]\d{0,3}d$/);
  state.salary = one('salary', /^[1-9]\d{0,7}$/);
  state.state = one('state', /^all$/);
  state.sort = one('sort', /^(relevance|new|closing)$/);
  return state;
}

// One state has one address: names in this order, values of a facet sorted, nothing that is usual.
/** @param {State} state */
function writeState(state) {
  const parts = new URLSearchParams();
  for (const name of /** @type {const} */ (['q', ...FACETS, ...RANGES, 'state', 'sort'])) {
    const value = String(state[name]);
    if (value !== '') {
      parts.set(name, value);
    }
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

/** @param {State} state */
function hasFilters(state) {
  return FACETS.some((facet) => state[facet].length > 0) || RANGES.some((range) => state[range] !== '');
}

/** @param {State} state @returns {SearchWanted} */
function optionsOf(state) {
  // In days since 1970.
  const day = Date.parse(today()) / DAY;
  /** @type {NonNullable<SearchWanted['filters']>} */
  const filters = {};
  for (const facet of FACETS) {
    filters[facet] = state[facet];
  }
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
