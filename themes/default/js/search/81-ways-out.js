// What to offer when nothing is found: every offer is a query that finds something, and says how much.

// Slips of the pen: letters left out, added, changed, or two neighbours exchanged.
/** @param {string} a @param {string} b */
function slipsBetween(a, b) {
  const rows = [Array.from({ length: b.length + 1 }, (_, place) => place)];
  for (let i = 1; i <= a.length; i += 1) {
    rows.push([i]);
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, rows[i - 2][j - 2] + 1);
      rows[i].push(least);
    }
  }
  return rows[a.length][b.length];
}

// Latin words that differ from an atom by one or two slips.
/** @param {Files} files @param {Atom} atom */
async function respellings(files, atom) {
  const own = atom.folded;
  if (atom.items.length !== 1 || !/^[a-z0-9]{3,24}$/.test(own)) return [];
  const most = own.length < 5 ? 1 : 2;
  /** @type {[number, boolean, number, string][]} */
  const found = [];
  (await files.once('latin', parseJson)).forEach((/** @type {string[]} */ [word], /** @type {number} */ place) => {
    if (!/^[\u0000-\u007f]*$/.test(word) || Math.abs(word.length - own.length) > most) return;
    const slips = slipsBetween(own, word);
    if (slips > 0 && slips <= most) found.push([slips, word[0] !== own[0], place, word]);
  });
  return found.sort(byParts).map((one) => one[3]);
}

/** @param {Files} files @param {string} text */
async function searchText(files, text) {
  const query = parseQuery(text, await files.foldingOf([text]));
  await files.loadAtoms(atomsOf(query));
  return searchClauses(files, query);
}

// The parts of an atom that occur, each as long as it can be, as they were typed.
/** @param {Files} files @param {Atom} atom */
async function occurringParts(files, atom) {
  /** @param {string} text */
  const occurs = async (text) => {
    const part = makeAtom(text, false);
    await files.loadAtoms([part]);
    return atomHits(files, part, -1).slots.length > 0;
  };
  const parts = [];
  for (const item of atom.items) {
    const last = Math.min(item.end, item.start + LONGEST_RUN);
    let at = item.start;
    while (at < last) {
      let end = item.han ? at + 2 : last;
      if (end > last || !(await occurs(atom.folded.slice(at, end)))) {
        at = item.han ? at + 1 : last;
        continue;
      }
      while (end < last && (await occurs(atom.folded.slice(at, end + 1)))) end += 1;
      parts.push(atom.text.slice(at, end));
      at = end;
    }
  }
  return parts;
}

// `dropped` are the documents that the text check refused.
/**
 * @param {Files} files @param {Query} query @param {Searched[]} searched @param {number[]} dropped @param {Options} options
 * @param {SearchSuggestion[]} suggestions
 */
async function addWaysOut(files, query, searched, dropped, options, suggestions) {
  const positive = query.clauses.filter((clause) => !clause.negated);
  if (positive.length === 0) return;
  const written = writeQuery(query, () => undefined);
  await files.loadDays(true);
  for (const state of ['open', 'all']) {
    const hidden = keep(combine(files, searched, Object.assign({}, options, { state })), { slots: dropped, scores: [] }, false).slots;
    const tried = hidden.slice(0, 12);
    await loadTexts(files, searched, tried);
    if (tried.some((first) => checkDocument(files, searched, first, NO_FILTERS))) {
      const kind = state === 'all' && options.state !== 'all' ? 'closed' : 'filters';
      suggestions.push({ kind, text: '', query: written, words: [], total: hidden.length });
      return;
    }
  }
  /** @param {Clause} clause */
  const none = (clause) => documentsOf(files, searched[query.clauses.indexOf(clause)].hits).slots.length === 0;
  let failed = positive.filter(none);
  if (failed.length === 0 && query.clauses.length === 1) failed = positive;
  if (failed.length === 0) suggestions.push({ kind: 'together', text: written, query: '', words: [] });
  for (const clause of failed) {
    suggestions.push({ kind: 'failed', text: writeQuery({ clauses: [clause] }, () => undefined), query: '', words: [] });
  }
  /** @param {string} text */
  const countText = async (text) => combine(files, await searchText(files, text), options).slots.length;
  for (const [kind, propose] of /** @type {const} */ ([['sound', corrections], ['spelling', respellings]])) {
    for (const clause of failed) {
      const atom = clause.atoms[0];
      let offered = 0;
      for (const word of (await propose(files, atom)).slice(0, 12)) {
        const other = writeQuery(query, (one) => (one === atom ? word : undefined));
        const total = await countText(other);
        if (total === 0 || offered === 3) continue;
        offered += 1;
        suggestions.push({ kind, text: atom.text, query: other, words: [word], total });
      }
    }
  }
  const parts = new Set();
  for (const clause of positive) {
    for (const part of await occurringParts(files, clause.atoms[0])) parts.add(part);
  }
  const words = Array.from(parts);
  const excluded = writeQuery({ clauses: query.clauses.filter((clause) => clause.negated) }, () => undefined);
  for (const [kind, sign] of [['near', ' '], ['any', '|']]) {
    const other = (words.join(sign) + ' ' + excluded).trim();
    if (words.length === 0 || other === written || (kind === 'any' && words.length === 1)) continue;
    const total = await countText(other);
    if (total > 0) suggestions.push({ kind, text: written, query: other, words, total });
  }
}
