// The answer to a query: synonyms, hits, checked results, counts and suggestions.

// Results beyond this place are checked without those before them.
const CHECKED_DEPTH = 500;

// Words that mean the same are searched too, and a way to the typed word alone is offered.
/** @param {Query} query @param {{ groups: string[][], shown: Record<string, string> }} known @param {SearchSuggestion[]} suggestions */
function addSynonyms(query, { groups, shown }, suggestions) {
  /** @type {[SearchSuggestion, Atom][]} */
  const marked = [];
  const written = new Map(Object.entries(shown));
  for (const clause of query.clauses) {
    if (clause.negated) continue;
    /** @type {Atom[]} */
    const added = [];
    for (const atom of clause.atoms.slice()) {
      if (atom.quoted) continue;
      /** @param {string} word */
      const known = (word) => clause.atoms.concat(added).some((other) => other.folded === word);
      const words = Array.from(new Set(/** @type {string[]} */ ([]).concat(...groups.filter((group) => group.includes(atom.folded))).filter((word) => !known(word))));
      if (words.length === 0) continue;
      for (const word of words) {
        const made = makeAtom(word, false);
        if (made.items.length > 0) added.push(made);
      }
      const suggestion = { kind: 'synonym', text: atom.text, query: '', words: words.map((word) => written.get(word) || word) };
      marked.push([suggestion, atom]);
      suggestions.push(suggestion);
    }
    clause.atoms.push(...added);
  }
  for (const [suggestion, atom] of marked) {
    suggestion.query = writeQuery(query, (other) => (other === atom ? '"' + atom.text + '"' : undefined));
  }
}

// One result: its best piece, quoted, and the link to it.
/** @param {Files} files @param {number} slot @param {number} score @param {Checked} checked @param {string} base @returns {SearchResult} */
function show(files, slot, score, checked, base) {
  let best = 0;
  let unit = checked.units[0];
  let piece = 0;
  for (const one of checked.units) {
    for (let index = 0; index < one.pieces.length; index += 1) {
      const count = checked.atoms.filter((atom) => pieceHolds(one, index, atom)).length;
      if (count <= best) continue;
      best = count;
      unit = one;
      piece = index;
    }
  }
  const anchor = unit.pieces.length > piece ? unit.pieces[piece][0] : '';
  const quotation = quote(unit, piece, checked.atoms);
  return {
    url: base + unit.url + (best > 0 && !checked.inHead && anchor !== '' ? '#' + anchor : ''),
    title: unit.title,
    kind: unit.kind,
    excerpt: quotation.text,
    marks: quotation.marks,
    titleMarks: marksOf(checked.atoms, unit.heads[0]),
    closed: files.isClosed(slot),
    facets: unit.facts[0],
    score,
  };
}

/** @param {Files} files @param {string} text @param {Options} options */
async function answer(files, text, options) {
  const filters = options.filters;
  /** @type {SearchAnswer} */
  const result = { total: 0, exact: true, results: [], facets: null, suggestions: [] };
  const query = parseQuery(text, await files.foldingOf([text]));
  if (query.clauses.length === 0 && text.trim() !== '') return result;
  const needsRows = !filters.empty || options.facets || options.sort === 'closing' || !query.clauses.some((clause) => !clause.negated);
  const names = Object.keys(filters.facets).filter((facet) => files.facets().includes(facet));
  if (options.facets) names.push(...files.facets().filter((facet) => !names.includes(facet)));
  if (filters.closes || options.sort === 'closing') names.push('closes');
  if (filters.salary) names.push('salary');
  const [groups, columns] = await Promise.all([
    query.clauses.length > 0 ? files.once('synonyms', parseJson) : { groups: [], shown: {} },
    loadColumns(files, names),
    files.loadDays(needsRows),
    files.loadAtoms(atomsOf(query)),
  ]);
  addSynonyms(query, groups, result.suggestions);
  await files.loadAtoms(atomsOf(query));
  await addSpoken(files, query, result.suggestions);
  await files.loadAtoms(atomsOf(query));
  const searched = searchClauses(files, query);
  const candidates = combine(files, searched, options);
  let passed = filterDocuments(files, candidates, filters, columns, false).passed;
  /** @type {number[]} */
  const dropped = [];
  const deep = options.offset + options.limit > CHECKED_DEPTH;
  const checking = options.limit <= CHECKED_LIMIT;
  let checked = 0;
  if (checking) {
    const start = deep ? options.offset : 0;
    const wanted = options.offset + options.limit - start;
    /** @type {[number, number, Checked][]} */
    const held = [];
    /** @type {number[]} */
    let ranked = [];
    while (held.length < wanted && !(deep && checked >= wanted)) {
      if (start + checked >= ranked.length) {
        if (ranked.length === passed.slots.length && ranked.length > 0) break;
        ranked = rank(files, passed, options.sort, columns, Math.max(start + wanted + 20, ranked.length * 4));
        if (start + checked >= ranked.length) break;
      }
      const batch = ranked.slice(start + checked, start + checked + wanted - held.length);
      await loadTexts(files, searched, batch.map((place) => passed.slots[place]));
      for (const place of batch) {
        checked += 1;
        const first = passed.slots[place];
        const found = checkDocument(files, searched, first, filters);
        if (found) held.push([first, passed.scores[place], found]);
        else dropped.push(first);
      }
    }
    result.results = held.slice(options.offset - start).map((one) => show(files, one[0], one[1], one[2], options.base));
  } else {
    const places = rank(files, passed, options.sort, columns, options.offset + options.limit).slice(options.offset);
    const cards = await files.cards(places.map((place) => passed.slots[place]));
    result.results = places.map((place) => {
      const slot = passed.slots[place];
      const [, url, title, kind] = /** @type {[number, string, string, string]} */ (cards.get(slot));
      return {
        url: options.base + url, title, kind, excerpt: '', marks: [], titleMarks: [],
        closed: files.isClosed(slot), facets: {}, score: passed.scores[place],
      };
    });
  }
  const found = passed.slots.length;
  dropped.sort((a, b) => a - b);
  passed = keep(passed, { slots: dropped, scores: [] }, false);
  result.total = passed.slots.length;
  result.exact = atomsOf(query).every(isExact) || (checking && checked === found);
  if (options.facets) {
    result.facets = filterDocuments(files, keep(candidates, { slots: dropped, scores: [] }, false), filters, columns, true).counts;
  }
  if (query.cut) result.suggestions.push({ kind: 'cut', text: '', query: '', words: [] });
  if (result.total === 0) await addWaysOut(files, query, searched, dropped, options, result.suggestions);
  return result;
}
