// From clauses to documents: the units that seem to hold each clause, with scores, and the documents that hold all.

// What a term is worth by its impact: once in the text, more often, heading, title, its beginning, its end, both.
const WEIGHTS = [4, 5, 10, 24, 26, 26, 28];
// Pages of more results than this are not checked against the texts.
const CHECKED_LIMIT = 50;

// The first place from `from` on whose slot is not below `wanted`.
/** @typedef {number[] | Int32Array} Slots */
/** @typedef {{ slots: number[], scores: number[] }} Hits */
/** @typedef {{ clause: Clause, hits: Hits[] }} Searched */
/** @typedef {{ filters: Filters, sort: string, state: string, limit: number, offset: number, facets: boolean, base: string }} Options */

/** @param {Slots} slots @param {number} from @param {number} wanted */
function gallop(slots, from, wanted) {
  let step = 1;
  let low = from;
  while (low + step < slots.length && slots[low + step] < wanted) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step + 1, slots.length);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (slots[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

// The units that seem to hold an atom. `follower` is the first code unit of the next clause.
/** @param {Files} files @param {Atom} atom @param {number} follower */
function atomHits(files, atom, follower) {
  const terms = atom.terms;
  const lists = terms.map((term) => files.lists.get(term.key) || NO_LIST);
  const every = log2(files.head.documents + 1);
  const rarity = lists.map((list) => Math.max(8, every - log2(list.slots.length)));
  const order = lists.map((list, index) => index).sort((a, b) => lists[a].slots.length - lists[b].slots.length || a - b);
  const total = rarity.reduce((sum, one) => sum + one, 0);
  const last = lists.length - 1;
  const needed = terms.map((term) => (term.next < 0 ? 0 : bucketBit(term.next)));
  const followed = follower < 0 ? 0 : bucketBit(follower);
  const cursors = new Int32Array(lists.length);
  /** @type {Hits} */
  const hits = { slots: [], scores: [] };
  const leading = lists[order[0]].slots;
  next: for (let place = 0; place < leading.length; place += 1) {
    const slot = leading[place];
    let score = 0;
    let bonus = 0;
    let inTitle = true;
    let ends = 0;
    for (const index of order) {
      const list = lists[index];
      const cursor = gallop(list.slots, cursors[index], slot);
      cursors[index] = cursor;
      if (list.slots[cursor] !== slot) continue next;
      const signature = list.signatures[cursor];
      if ((signature & needed[index]) !== needed[index]) continue next;
      const impact = list.impacts[cursor];
      score += rarity[index] * WEIGHTS[impact];
      if (impact < 3) inTitle = false;
      if (index === 0 && (impact === 4 || impact === 6)) ends |= 1;
      if (index === last) {
        if (impact >= 5) ends |= 2;
        if (signature & followed) bonus = 8 * rarity[index];
      }
    }
    if (inTitle && ends & 1) bonus += total * (ends === 3 ? 32 : 8);
    hits.slots.push(slot);
    hits.scores.push(score + bonus);
  }
  return hits;
}

// The hits of every clause's atoms.
/** @param {Files} files @param {Query} query @returns {Searched[]} */
function searchClauses(files, query) {
  return query.clauses.map((clause, index) => {
    const following = query.clauses[index + 1];
    const atom = following && !following.negated ? following.atoms[0] : null;
    const follower = atom && atom.items.length > 0 ? atom.folded.charCodeAt(atom.items[0].start) : -1;
    const hits = clause.atoms.map((atom, place) => {
      const found = atomHits(files, atom, follower);
      // Choices that were not typed count three quarters.
      if (place >= clause.typed) found.scores = found.scores.map((score) => Math.floor((score * 3) / 4));
      return found;
    });
    return { clause, hits };
  });
}

// The documents that hold one of several atoms, each with its best score.
/** @param {Files} files @param {Hits[]} atoms @returns {Hits} */
function documentsOf(files, atoms) {
  const found = atoms.reduce((all, hits) => {
    /** @type {Hits} */
    const own = { slots: [], scores: [] };
    for (let place = 0; place < hits.slots.length; place += 1) {
      const first = files.firstSlot(hits.slots[place]);
      const last = own.slots.length - 1;
      if (last >= 0 && own.slots[last] === first) own.scores[last] = Math.max(own.scores[last], hits.scores[place]);
      else {
        own.slots.push(first);
        own.scores.push(hits.scores[place]);
      }
    }
    return all ? union(all, own) : own;
  }, /** @type {Hits | null} */ (null));
  return found || { slots: [], scores: [] };
}

/** @param {Hits} a @param {Hits} b */
function union(a, b) {
  /** @type {Hits} */
  const all = { slots: [], scores: [] };
  let i = 0;
  let j = 0;
  while (i < a.slots.length || j < b.slots.length) {
    const x = i < a.slots.length ? a.slots[i] : Infinity;
    const y = j < b.slots.length ? b.slots[j] : Infinity;
    all.slots.push(Math.min(x, y));
    all.scores.push(x === y ? Math.max(a.scores[i], b.scores[j]) : x < y ? a.scores[i] : b.scores[j]);
    if (x <= y) i += 1;
    if (y <= x) j += 1;
  }
  return all;
}

// The documents of `a` that are in `b`, scores added, or those that are not.
/** @param {Hits} a @param {Hits} b @param {boolean} both */
function keep(a, b, both) {
  /** @type {Hits} */
  const kept = { slots: [], scores: [] };
  let at = 0;
  for (let place = 0; place < a.slots.length; place += 1) {
    const slot = a.slots[place];
    at = gallop(b.slots, at, slot);
    if ((b.slots[at] === slot) !== both) continue;
    kept.slots.push(slot);
    kept.scores.push(both ? a.scores[place] + b.scores[at] : a.scores[place]);
  }
  return kept;
}

// The documents that hold every clause, as far as the index can tell.
/** @param {Files} files @param {Searched[]} searched @param {Options} options @returns {Hits} */
function combine(files, searched, options) {
  /** @type {Hits | null} */
  let all = null;
  for (const one of searched) {
    if (one.clause.negated) continue;
    const documents = documentsOf(files, one.hits);
    all = all ? keep(all, documents, true) : documents;
  }
  let found = all || { slots: files.first, scores: files.first.map(() => 0) };
  for (const one of searched) {
    if (!one.clause.negated) continue;
    one.clause.atoms.forEach((atom, place) => {
      // What only seems to hold an excluded phrase is left to the text check.
      if (isExact(atom) || options.limit > CHECKED_LIMIT) found = keep(found, documentsOf(files, [one.hits[place]]), false);
    });
  }
  // Half as much again for a posting: those with the words in their titles come before others whose titles begin with them,
  // and after one whose whole title they are.
  found.scores = found.scores.map((score, place) => score + (files.flags[found.slots[place]] & POSTING ? score >> 1 : 0));
  if (options.state === 'all') return found;
  /** @type {Hits} */
  const open = { slots: [], scores: [] };
  for (let place = 0; place < found.slots.length; place += 1) {
    if (files.isClosed(found.slots[place])) continue;
    open.slots.push(found.slots[place]);
    open.scores.push(found.scores[place]);
  }
  return open;
}
