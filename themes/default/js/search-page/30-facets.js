// Facets: their values, counted, with a box to tick beside each.

// The number of values before `more`.
const SHOWN_VALUES = 8;
/** @typedef {{ line: HTMLElement, input: HTMLInputElement, text: HTMLElement, number: HTMLElement, count: number }} Item */
/** @typedef {{ box: HTMLElement, title: string, names: Map<string, string>, items: Map<string, Item>, all: boolean, more: HTMLElement }} FacetBox */
/** @type {Map<string, FacetBox>} */
const facets = new Map();
/** @type {string | undefined} */
let lastQuery;

for (const box of page.querySelectorAll('[data-facet]')) {
  const name = box.dataset.facet || '';
  const more = button('', 'search-more', () => {
    const facet = facetOf(name);
    facet.all = !facet.all;
    fold(name);
  });
  facets.set(name, { box, title: box.querySelector('legend').textContent || '', names: new Map(), items: new Map(), all: false, more });
  box.append(more);
}

/** @param {string} name */
function facetOf(name) {
  return /** @type {FacetBox} */ (facets.get(name));
}

// The names are known before the columns of the facets are loaded; a phone may never load the columns.
async function readNames() {
  for (const [facet, , values] of await gangwei.searchLists()) {
    for (const [id, name] of values) {
      facetOf(facet).names.set(id, name);
    }
  }
}

const named = readNames().catch(() => {});

// The name of a facet's value, or its id until the index is loaded.
/** @param {string} facet @param {string} id */
function nameOf(facet, id) {
  return facetOf(facet).names.get(id) || (facet === 'kind' && kinds.get(id)) || id;
}

// Shows the first values and all chosen ones; after `more`, all values.
/** @param {string} name */
function fold(name) {
  const facet = facetOf(name);
  let shown = 0;
  let folded = 0;
  for (const item of facet.items.values()) {
    const counts = item.count > 0 || item.input.checked;
    const isShown = counts && (facet.all || item.input.checked || shown < SHOWN_VALUES);
    item.line.hidden = !isShown;
    shown += isShown ? 1 : 0;
    folded += counts && !isShown ? 1 : 0;
  }
  facet.box.hidden = shown === 0;
  facet.more.hidden = !facet.all && folded === 0;
  facet.more.textContent = facet.all ? words.fewer : fill(words.more, { n: folded });
  facet.more.setAttribute('aria-expanded', String(facet.all));
}

// The line of a facet's value: a box to tick, its name and its number.
/** @param {string} name @param {string} id */
function addValue(name, id) {
  const line = make('li');
  const label = make('label', 'search-choice');
  const input = make('input');
  const text = make('span', 'search-choice-name');
  const number = make('span', 'count');
  input.type = 'checkbox';
  input.addEventListener('change', () => {
    const others = state.facets[name].filter((other) => other !== id);
    go(withFacet(state, name, input.checked ? others.concat(id).sort() : others), {});
  });
  label.append(input, text, ' ', number);
  line.append(label);
  facetOf(name).items.set(id, { line, input, text, number, count: 0 });
  return line;
}

// Values keep their places while one query is narrowed, so that nothing moves under the finger.
/** @param {SearchAnswer['facets']} counted */
function showFacets(counted) {
  const anew = counted && state.q !== lastQuery;
  if (counted) {
    lastQuery = state.q;
  }
  for (const name of FACETS) {
    const facet = facetOf(name);
    const list = facet.box.querySelector('ul');
    const values = counted ? counted[name] || [] : [];
    if (anew) {
      facet.items.clear();
      list.textContent = '';
    }
    for (const value of values) {
      facet.names.set(value.id, value.name);
    }
    const counts = new Map(values.map((value) => [value.id, value.count]));
    for (const id of values.map((value) => value.id).concat(state.facets[name])) {
      if (!facet.items.has(id)) {
        list.append(addValue(name, id));
      }
    }
    for (const [id, item] of facet.items) {
      item.input.checked = state.facets[name].includes(id);
      item.text.textContent = nameOf(name, id);
      if (counted) {
        item.count = counts.get(id) || 0;
        item.number.textContent = String(item.count);
      }
    }
    fold(name);
  }
}
