// Filters, counts and order of the documents found.

/** @typedef {[number | null, number | null] | null} Bounds */
/** @typedef {{ facets: Record<string, string[]>, published?: Bounds, closes?: Bounds, salary?: Bounds, empty?: boolean }} Filters */
/** @typedef {Record<string, Column>} Columns */
/** @type {Filters} */
const NO_FILTERS = { facets: {} };

/** @param {Bounds | undefined} bounds @param {number[]} range */
function overlaps(bounds, [from, to]) {
  if (!bounds) return true;
  return from !== undefined && (bounds[0] === null || to >= bounds[0]) && (bounds[1] === null || from <= bounds[1]);
}

// Whether a document passes by its own account.
/** @param {Facts} facts @param {Filters} filters */
function passes(facts, filters) {
  for (const facet of Object.keys(filters.facets)) {
    const own = facts[0][facet] || [];
    if (!filters.facets[facet].some((id) => own.includes(id))) return false;
  }
  /** @param {number | null} value */
  const day = (value) => (value === null ? [] : [value, value]);
  return overlaps(filters.published, day(facts[1])) && overlaps(filters.closes, day(facts[2])) &&
    overlaps(filters.salary, facts[3] || []);
}

/** @param {number | string} value */
function dayNumber(value) {
  if (typeof value === 'number') return value;
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value || '');
  return parts ? Date.UTC(+parts[1], +parts[2] - 1, +parts[3]) / 86400000 : null;
}

/** @param {any} value */
function isGiven(value) {
  return value !== undefined && value !== null && value !== '';
}

/** @param {any} range @param {(value: any) => number | null} read @returns {Bounds} */
function boundsOf(range, read) {
  if (!range) return null;
  /** @param {any} value */
  const one = (value) => (isGiven(value) ? read(value) : null);
  const from = one(range.from);
  const to = one(range.to);
  return from === null && to === null ? null : [from, to];
}

/** @param {SearchWanted['filters']} given */
function readFilters(given) {
  /** @type {Filters} */
  const filters = { facets: {} };
  for (const [facet, wanted] of Object.entries(given || {})) {
    if (facet === 'published' || facet === 'closes') filters[facet] = boundsOf(wanted, dayNumber);
    else if (facet === 'salary') filters.salary = boundsOf(wanted, Number);
    else {
      const ids = /** @type {any[]} */ ([]).concat(wanted).filter(isGiven).map(String);
      if (ids.length > 0) filters.facets[facet] = ids;
    }
  }
  filters.empty = Object.keys(filters.facets).length === 0 && !filters.published && !filters.closes && !filters.salary;
  return filters;
}

/** @param {Files} files @param {string[]} names */
async function loadColumns(files, names) {
  /** @type {Columns} */
  const columns = {};
  await Promise.all(names.map(async (name) => {
    columns[name] = await files.column(name);
  }));
  return columns;
}

// Those that pass, and the counts for each facet, where its own filter is left out.
/**
 * @param {Files} files @param {Hits} documents @param {Filters} filters @param {Columns} columns @param {boolean} counting
 * @returns {{ passed: Hits, counts: SearchAnswer['facets'] }}
 */
function filterDocuments(files, documents, filters, columns, counting) {
  if (filters.empty && !counting) return { passed: documents, counts: null };
  /** @type {Hits} */
  const passed = { slots: [], scores: [] };
  const wanted = files.facets().filter((facet) => columns[facet]).map(/** @returns {FacetCount} */ (facet) => {
    const head = columns[facet].head;
    const ids = filters.facets[facet];
    return {
      facet,
      rows: columns[facet].rows,
      values: head[0],
      sets: head[1],
      passes: head[1].map((/** @type {number[]} */ set) => !ids || set.some((value) => ids.includes(head[0][value][0]))),
      numbers: new Int32Array(head[1].length),
    };
  });
  const unknown = Object.keys(filters.facets).some((facet) => !columns[facet]);
  /** @param {string} name @param {number} row @returns {number[]} */
  const range = (name, row) => {
    const column = columns[name];
    return column && column.rows[row] > 0 ? column.head[0][column.rows[row]] : [];
  };
  for (let place = 0; place < documents.slots.length && !unknown; place += 1) {
    const slot = documents.slots[place];
    const row = files.row[slot];
    const day = files.days[slot];
    if (!overlaps(filters.published, day === NO_DAY ? [] : [day, day])) continue;
    if (!overlaps(filters.closes, range('closes', row)) || !overlaps(filters.salary, range('salary', row))) continue;
    let failed = 0;
    let only = null;
    for (const one of wanted) {
      if (one.passes[one.rows[row]]) continue;
      failed += 1;
      only = one;
    }
    if (failed > 1) continue;
    for (const one of wanted) if (!only || only === one) one.numbers[one.rows[row]] += 1;
    if (only) continue;
    passed.slots.push(slot);
    passed.scores.push(documents.scores[place]);
  }
  /** @type {SearchAnswer['facets']} */
  const counts = counting ? {} : null;
  if (counts) for (const one of wanted) counts[one.facet] = countValues(one);
  return { passed, counts };
}

/** @typedef {{ facet: string, rows: Int32Array, values: [string, string][], sets: number[][], passes: boolean[], numbers: Int32Array }} FacetCount */
/** @param {FacetCount} one */
function countValues(one) {
  const numbers = new Int32Array(one.values.length);
  one.sets.forEach((set, index) => {
    for (const value of set) numbers[value] += one.numbers[index];
  });
  return one.values.map((value, index) => ({ id: value[0], name: value[1], count: numbers[index] }))
    .filter((value) => value.count > 0)
    .sort((a, b) => b.count - a.count);
}

// The places of the first `count` documents in order.
/** @param {Files} files @param {Hits} documents @param {string} sort @param {Columns} columns @param {number} count */
function rank(files, documents, sort, columns, count) {
  const slots = documents.slots;
  const scores = documents.scores;
  const days = files.days;
  const closes = columns.closes;
  /** @param {number} slot */
  const closing = (slot) => {
    const index = closes ? closes.rows[files.row[slot]] : 0;
    return index > 0 ? closes.head[0][index][0] : Infinity;
  };
  /** @param {number} a @param {number} b */
  const compare = (a, b) => {
    const x = slots[a];
    const y = slots[b];
    const state = +files.isClosed(x) - +files.isClosed(y);
    if (state !== 0) return state;
    const score = scores[b] - scores[a];
    const day = days[y] - days[x];
    if (sort === 'new') return day || score || x - y;
    if (sort === 'closing') {
      const p = closing(x);
      const q = closing(y);
      if (p !== q) return p < q ? -1 : 1;
    }
    return score || day || x - y;
  };
  if (count * 4 > slots.length) return slots.map((slot, place) => place).sort(compare).slice(0, count);
  /** @type {number[]} */
  const best = [];
  for (let place = 0; place < slots.length; place += 1) {
    if (best.length === count && compare(place, best[count - 1]) > 0) continue;
    let low = 0;
    let high = best.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(best[middle], place) < 0) low = middle + 1;
      else high = middle;
    }
    best.splice(low, 0, place);
    if (best.length > count) best.pop();
  }
  return best;
}
