// Queries: what was typed becomes clauses that all must hold, each a choice of atoms, each atom a row of words to be
// found side by side.

// More are not looked up; the answer says so.
const MOST_CLAUSES = 32;
// Terms of one atom that are looked up.
const MOST_TERMS = 16;

/** @param {string} text @param {number} at */
function isWord(text, at) {
  return at >= 0 && at < text.length && classOf(text.charCodeAt(at)) !== OTHER;
}

/** @param {string} text @param {number} at */
function isLatin(text, at) {
  return at >= 0 && at < text.length && classOf(text.charCodeAt(at)) === LATIN;
}

/** @param {string} text @param {number} at */
function isQuote(text, at) {
  return /["\u201c-\u201f\u300c-\u300f]/.test(text.charAt(at));
}

// A sign that holds two Latin words together, as in HR-2026-0153.
/** @param {string} text @param {number} at */
function isJoiner(text, at) {
  return /[&'+\-./@_]/.test(text.charAt(at)) && isLatin(text, at - 1) && isLatin(text, at + 1);
}

/** @typedef {{ han: boolean, word: string, start: number, end: number, apart: boolean }} Word */
/** @typedef {{ key: number, next: number, pair: string }} Term */
/** @typedef {{ text: string, folded: string, items: Word[], quoted: boolean, terms: Term[], inTitles: boolean }} Atom */
/** @typedef {{ atoms: Atom[], typed: number, negated: boolean }} Clause */
/** @typedef {{ clauses: Clause[], cut: boolean }} Query */

// An atom of folded text; `typed` is how it was written.
/** @param {string} folded @param {boolean} quoted @param {string} [typed] */
function makeAtom(folded, quoted, typed) {
  /** @type {Word[]} */
  const items = [];
  let at = 0;
  while (at < folded.length) {
    const here = classOf(folded.charCodeAt(at));
    const start = at;
    while (at < folded.length && classOf(folded.charCodeAt(at)) === here) at += 1;
    if (here !== OTHER) {
      const before = items[items.length - 1];
      items.push({ han: here === HAN, word: folded.slice(start, at), start, end: at, apart: Boolean(before) && before.end < start });
    }
  }
  /** @type {Atom} */
  const atom = { text: typed === undefined ? folded : typed, folded, items, quoted, terms: [], inTitles: false };
  setTerms(atom);
  return atom;
}

// What is looked up for an atom. A single character has no pair: it is sought in titles and tags.
/** @param {Atom} atom */
function setTerms(atom) {
  const folded = atom.folded;
  /** @type {Term[]} */
  let terms = [];
  atom.items.forEach((item, index) => {
    const following = atom.items[index + 1];
    const after = following && !following.apart ? folded.charCodeAt(following.start) : -1;
    if (item.han) {
      for (let at = item.start; at + 1 < item.end; at += 1) {
        const next = at + 2 === item.end ? after : folded.charCodeAt(at + 2);
        terms.push({ key: pairKey(folded, at), next, pair: folded.slice(at, at + 2) });
      }
    } else {
      terms.push({ key: latinKey(item.word), next: after, pair: '' });
    }
    if (after >= 0) terms.push({ key: pairKey(folded, item.end - 1), next: -1, pair: '' });
  });
  atom.inTitles = terms.length === 0;
  if (atom.inTitles) {
    terms = atom.items.map((item) => {
      return { key: (folded.charCodeAt(item.start) << 16) >>> 0, next: -1, pair: '' };
    });
  }
  if (terms.length > MOST_TERMS) {
    const all = terms;
    terms = [];
    for (let index = 0; index < MOST_TERMS; index += 1) terms.push(all[Math.floor((index * all.length) / MOST_TERMS)]);
  }
  atom.terms = terms;
}

/** @param {Query} query */
function atomsOf(query) {
  return /** @type {Atom[]} */ ([]).concat(...query.clauses.map((clause) => clause.atoms));
}

// Whether finding the terms is finding the atom.
/** @param {Atom} atom */
function isExact(atom) {
  const item = atom.items[0];
  return atom.items.length === 1 && (!item.han || item.end - item.start <= 2);
}

/** @param {string} text @param {Pairs} pairs */
function parseQuery(text, pairs) {
  const folded = foldText(text, pairs);
  /** @type {Query} */
  const query = { clauses: [], cut: false };
  let at = 0;
  let negated = false;
  let joined = false;
  let noMoreQuotes = false;
  while (at < folded.length) {
    let start = -1;
    let end = -1;
    let next = at + 1;
    let quoted = false;
    if (isQuote(folded, at) && !noMoreQuotes) {
      end = at + 1;
      while (end < folded.length && !isQuote(folded, end)) end += 1;
      if (end < folded.length) {
        start = at + 1;
        next = end + 1;
        quoted = true;
      } else noMoreQuotes = true;
    } else if (folded[at] === '-' && !isWord(folded, at - 1)) {
      negated = isWord(folded, at + 1) || isQuote(folded, at + 1);
    } else if (folded[at] === '|') {
      joined = true;
    } else if (isWord(folded, at)) {
      start = at;
      end = at + 1;
      while (isWord(folded, end) || (isJoiner(folded, end) && isWord(folded, end + 1))) end += 1;
      next = end;
    }
    at = next;
    if (start < 0) continue;
    const atom = makeAtom(folded.slice(start, end), quoted, text.slice(start, end));
    if (atom.items.length > 0) {
      const last = query.clauses[query.clauses.length - 1];
      if (last && joined && !last.negated && !negated) {
        last.atoms.push(atom);
        last.typed += 1;
      } else if (query.clauses.length === MOST_CLAUSES) {
        query.cut = true;
        break;
      } else {
        query.clauses.push({ atoms: [atom], typed: 1, negated });
      }
    }
    negated = false;
    joined = false;
  }
  for (const clause of query.clauses) {
    if (clause.atoms.length > MOST_CLAUSES) {
      clause.atoms.length = MOST_CLAUSES;
      clause.typed = MOST_CLAUSES;
      query.cut = true;
    }
  }
  return query;
}

// A query as text; `write` may replace an atom's text.
/** @param {{ clauses: Clause[] }} query @param {(atom: Atom) => string | undefined} write */
function writeQuery(query, write) {
  return query.clauses.map((clause) => {
    const atoms = clause.atoms.slice(0, clause.typed).map((atom) => {
      const written = write(atom);
      return written !== undefined ? written : atom.quoted ? '"' + atom.text + '"' : atom.text;
    });
    return (clause.negated ? '-' : '') + atoms.join('|');
  }).join(' ');
}
