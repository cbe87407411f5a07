// The text check: whether a unit really holds an atom, which documents stay, and what to quote.

/** @typedef {[Record<string, string[]>, number | null, number | null, number[] | null]} Facts */
/** @typedef {{ slot: number, url: string, title: string, kind: string, facts: Facts, pieces: string[][], heads: string[], words: string[], bodies: string[][] }} Unit */
/** @typedef {{ units: Unit[], atoms: Atom[], inHead: boolean }} Checked */

/** @param {any[]} row @param {Pairs} pairs @returns {Unit} */
function foldUnit(row, pairs) {
  /** @param {string} text */
  const fold = (text) => foldText(text, pairs);
  return {
    slot: row[0],
    url: row[1],
    title: row[2],
    kind: row[3],
    facts: row[7],
    pieces: row[8],
    heads: [row[2], row[4]].concat(row[5]).map(fold),
    words: row[6].map(fold),
    bodies: row[8].map((/** @type {string[]} */ piece) => [fold(piece[1]), fold(piece[2])]),
  };
}

// The width of the gap before an item, or -1 where no such gap may be.
/** @param {Atom} atom @param {number} index @param {string} text @param {number} at */
function gapWidth(atom, index, text, at) {
  let width = 0;
  while (width < 4 && at + width < text.length && !isWord(text, at + width)) width += 1;
  const item = atom.items[index];
  const otherScript = item.han !== atom.items[index - 1].han;
  if (item.apart ? width <= 3 && (width > 0 || otherScript) : width === 0 || (width === 1 && text[at] === ' ')) return width;
  return -1;
}

// The end of an atom that begins at a place, or -1.
/** @param {Atom} atom @param {string} text @param {number} start */
function endOf(atom, text, start) {
  let at = start;
  for (let index = 0; index < atom.items.length; index += 1) {
    if (index > 0) {
      const width = gapWidth(atom, index, text, at);
      if (width < 0) return -1;
      at += width;
    }
    const item = atom.items[index];
    const end = at + item.word.length;
    if (!text.startsWith(item.word, at) || (!item.han && (isLatin(text, at - 1) || isLatin(text, end)))) return -1;
    at = end;
  }
  return at;
}

// The next occurrence of an atom: its start and end, or null.
/** @param {Atom} atom @param {string} text @param {number} from @returns {SearchMark | null} */
function occurrence(atom, text, from) {
  for (let start = text.indexOf(atom.items[0].word, from); start >= 0; start = text.indexOf(atom.items[0].word, start + 1)) {
    const end = endOf(atom, text, start);
    if (end >= 0) return [start, end];
  }
  return null;
}

/** @param {Atom} atom @param {string} text */
function holds(atom, text) {
  return occurrence(atom, text, 0) !== null;
}

// Whether title, number, tags or words hold an atom.
/** @param {Unit} unit @param {Atom} atom */
function headHolds(unit, atom) {
  if (unit.heads.some((text) => holds(atom, text))) return true;
  if (!atom.inTitles && unit.words.some((text) => holds(atom, text))) return true;
  // A record number may be typed without its signs.
  return atom.items.length === 1 && Array.from(unit.heads[1]).filter((sign) => isWord(sign, 0)).join('') === atom.items[0].word;
}

/** @param {Unit} unit @param {number} piece @param {Atom} atom */
function pieceHolds(unit, piece, atom) {
  return !atom.inTitles && unit.bodies[piece].some((text) => holds(atom, text));
}

/** @param {Unit} unit @param {Atom} atom */
function unitHolds(unit, atom) {
  return headHolds(unit, atom) || unit.bodies.some((texts, piece) => pieceHolds(unit, piece, atom));
}

// Whether the pairs that were looked up stand in the unit, as the index said.
/** @param {Unit} unit @param {Atom} atom */
function hasPairs(unit, atom) {
  const texts = unit.heads.concat(unit.words, ...unit.bodies);
  return atom.terms.every((term) => term.pair === '' || texts.some((text) => text.includes(term.pair)));
}

// The occurrences of atoms in a text, sorted, joined where they overlap.
/** @param {Atom[]} atoms @param {string} text */
function marksOf(atoms, text) {
  /** @type {SearchMark[]} */
  const all = [];
  for (const atom of atoms) {
    for (let mark = occurrence(atom, text, 0); mark; mark = occurrence(atom, text, mark[1])) all.push(mark);
  }
  all.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  /** @type {SearchMark[]} */
  const joined = [];
  for (const mark of all) {
    const last = joined[joined.length - 1];
    if (last && last[1] >= mark[0]) last[1] = Math.max(last[1], mark[1]);
    else joined.push(mark);
  }
  return joined;
}

// A quotation around the first mark, from a sentence's beginning where one is near.
/** @param {Unit} unit @param {number} piece @param {Atom[]} atoms @returns {{ text: string, marks: SearchMark[] }} */
function quote(unit, piece, atoms) {
  if (piece >= unit.pieces.length) return { text: '', marks: [] };
  const written = unit.pieces[piece][2];
  const folded = unit.bodies[piece][1];
  const marks = marksOf(atoms, folded);
  const first = marks.length > 0 ? marks[0][0] : 0;
  /** @param {number} at */
  const isLow = (at) => at < written.length && (written.charCodeAt(at) & 0xfc00) === 0xdc00;
  const earliest = Math.max(0, first - 24);
  let start = earliest;
  for (let at = first - 1; at >= earliest; at -= 1) {
    if ('\n\u3002!?;'.includes(folded[at])) {
      start = at + 1;
      break;
    }
  }
  while (start < first && !isWord(folded, start)) start += 1;
  if (start > 0 && isLow(start)) start -= 1;
  let end = Math.min(start + 96, written.length);
  if (end > start && isLow(end)) end -= 1;
  const shift = start > 0 ? 1 : 0;
  return {
    text: (shift ? '…' : '') + written.slice(start, end).replace(/[\u0000-\u001f]/g, ' ') + (end < written.length ? '…' : ''),
    marks: marks.filter((mark) => mark[0] >= start && mark[0] < end)
      .map((mark) => [mark[0] - start + shift, Math.min(mark[1], end) - start + shift]),
  };
}

// The units of a document that hold something, or null when the check fails. All texts are loaded.
/** @param {Files} files @param {Searched[]} searched @param {number} first @param {Filters} filters @returns {Checked | null} */
function checkDocument(files, searched, first, filters) {
  /** @type {Unit[]} */
  const units = [];
  /** @type {Atom[]} */
  const atoms = [];
  let inHead = true;
  for (const one of searched) {
    let found = false;
    one.clause.atoms.forEach((atom, place) => {
      for (const slot of slotsOf(files, one.hits[place], first)) {
        const unit = /** @type {Unit} */ (files.units.get(slot));
        if (!units.includes(unit)) units.push(unit);
        ensure(passes(unit.facts, filters) && hasPairs(unit, atom));
        if (!unitHolds(unit, atom)) continue;
        found = true;
        if (!one.clause.negated && !atoms.includes(atom)) atoms.push(atom);
      }
    });
    if (found === one.clause.negated) return null;
    inHead = inHead && (one.clause.negated || units.some((unit) => one.clause.atoms.some((atom) => headHolds(unit, atom))));
  }
  if (units.length === 0) {
    units.push(/** @type {Unit} */ (files.units.get(first)));
    ensure(passes(units[0].facts, filters));
  }
  units.sort((a, b) => a.slot - b.slot);
  return { units, atoms, inHead };
}

// The units of a document among hits.
/** @param {Files} files @param {Hits} hits @param {number} first */
function slotsOf(files, hits, first) {
  const slots = [];
  for (let at = gallop(hits.slots, 0, first); at < hits.slots.length && files.firstSlot(hits.slots[at]) === first; at += 1) {
    slots.push(hits.slots[at]);
  }
  return slots;
}

// Loads the texts that the check of documents needs.
/** @param {Files} files @param {Searched[]} searched @param {number[]} documents */
function loadTexts(files, searched, documents) {
  /** @type {Set<number>} */
  const slots = new Set();
  for (const first of documents) {
    const size = slots.size;
    for (const one of searched) for (const hits of one.hits) for (const slot of slotsOf(files, hits, first)) slots.add(slot);
    if (slots.size === size) slots.add(first);
  }
  return files.loadUnits(Array.from(slots));
}
