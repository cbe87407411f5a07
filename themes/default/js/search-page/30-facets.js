// Facets: their values, counted, with a box to tick beside each.

// So many values stand before `more`.
const SHOWN_VALUES = 8;
const facets = new Map();
let lastQuery;

for (const box of page.querySelectorAll('[data-facet]')) {
  const facet = { box, title: box.querySelector('legend').textContent, names: new Map(), items: new Map(), all: false };
  facets.set(box.dataset.facet, facet);
  facet.more = gangwei.button('', 'search-more', () => {
    facet.all = !facet.all;
    fold(box.dataset.facet);
  });
  box.append(facet.more);
}

// Names are known before the columns of the facets are loaded, which a telephone may never ask for.
const named = gangwei.searchLists().then((lists) => {
  for (const [facet, , values] of lists) {
    for (const [id, name] of values) {
      facets.get(facet).names.set(id, name);
    }
  }
}).catch(() => {});

// The name of a facet's value, or its id while the index has not told.
function nameOf(facet, id) {
  return facets.get(facet).names.get(id) || (facet === 'kind' && kinds.get(id)) || id;
}

// The first values are shown, chosen ones always, all after `more`.
function fold(name) {
  const facet = facets.get(name);
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

function addValue(name, id) {
  const line = make('li');
  const label = make('label', 'search-choice');
  const input = make('input');
  const text = make('span', 'search-choice-name');
  const number = make('span', 'count');
  input.type = 'checkbox';
  input.addEventListener('change', () => {
    const others = state[name].filter((other) => other !== id);
    go(withChange(state, { [name]: input.checked ? others.concat(id).sort() : others }), {});
  });
  label.append(input, text, ' ', number);
  line.append(label);
  facets.get(name).items.set(id, { line, input, text, number, count: 0 });
}

// Values keep their places while one query is narrowed, so that nothing moves under the finger.
function showFacets(counted) {
  const anew = counted && state.q !== lastQuery;
  if (counted) {
    lastQuery = state.q;
  }
  for (const name of FACETS) {
    const facet = facets.get(name);
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
    for (const id of values.map((value) => value.id).concat(state[name])) {
      if (!facet.items.has(id)) {
        addValue(name, id);
        list.append(facet.items.get(id).line);
      }
    }
    for (const [id, item] of facet.items) {
      item.input.checked = state[name].includes(id);
      item.text.textContent = nameOf(name, id);
      if (counted) {
        item.count = counts.get(id) || 0;
        item.number.textContent = String(item.count);
      }
    }
    fold(name);
  }
}
