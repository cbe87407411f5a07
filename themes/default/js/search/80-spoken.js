// Words by their sound: those that Latin letters may stand for, and those that sound like what was typed.

// What may differ from a reading, from nothing on.
/** @type {Tolerance[]} */
const TOLERANCES = [{}, { typing: true }, { fuzzy: true }, { fuzzy: true, typing: true }];
// Words that are searched for instead of letters.
const MOST_WORDS = 5;
// The longest run that is changed or taken apart.
const LONGEST_RUN = 64;

// Compares lists of numbers, truth values and texts, place by place.
/** @param {any[]} a @param {any[]} b */
function byParts(a, b) {
  for (let place = 0; place < a.length; place += 1) {
    if (a[place] < b[place]) return -1;
    if (a[place] > b[place]) return 1;
  }
  return 0;
}

// Words whose first two letters of readings are `key`.
/** @typedef {[string, string, number]} Entry */
/** @param {Files} files @param {string} key @returns {Promise<Entry[]>} */
async function lexicon(files, key) {
  const tags = await files.once('tags/lexicon', parseJson);
  const tag = tags[key];
  return tag === undefined ? [] : parseJson(await inflate(await files.tagged('lexicon/' + key, tag)));
}

// The words that letters may stand for, the likeliest first, with what had to be allowed.
/** @param {Files} files @param {string} typed @returns {Promise<[number, string][]>} */
async function spokenWords(files, typed) {
  const pinyin = gangwei.pinyin;
  if (!pinyin) return [];
  /** @type {Map<string, [number, boolean, number, string]>} */
  const found = new Map();
  const splits = pinyin.syllables(typed).filter((tokens) => tokens.length > 1);
  await Promise.all(splits.map(async (tokens) => {
    const begun = tokens.some((token) => token.endsWith('-'));
    for (const [word, reading, weight] of await lexicon(files, tokens[0][0] + tokens[1][0])) {
      const syllables = reading.split(' ');
      const kind = TOLERANCES.findIndex((tolerance) => pinyin.matches(tokens, syllables, tolerance));
      if (kind < 0) continue;
      const before = found.get(word);
      /** @type {[number, boolean, number, string]} */
      const rank = [kind, begun, -weight, word];
      if (!before || byParts(rank, before) < 0) found.set(word, rank);
    }
  }));
  const ranked = Array.from(found.values()).sort(byParts);
  // What only sounds alike is for when nothing else fits.
  const exact = ranked.some((rank) => rank[0] < 2);
  return ranked.filter((rank) => rank[0] < 2 || !exact).map((rank) => [rank[0], rank[3]]);
}

/** @param {Clause} clause */
function mayBePinyin(clause) {
  const atom = clause.atoms[0];
  return clause.atoms.length === 1 && !clause.negated && !atom.quoted && /^[a-z'\u00fc]{2,}$/.test(atom.folded);
}

// Words of the lexicon are folded like queries: a few may be in Traditional characters.
/** @param {Files} files @param {string[]} words */
async function makeAtoms(files, words) {
  const pairs = await files.foldingOf(words);
  return words.map((word) => makeAtom(foldText(word, pairs), false));
}

// Where Latin letters find nothing, the words that they may stand for are searched; where they do, these are offered.
/** @param {Files} files @param {Query} query @param {SearchSuggestion[]} suggestions */
async function addSpoken(files, query, suggestions) {
  const clauses = query.clauses;
  const empty = clauses.map((clause) => (mayBePinyin(clause) ? atomHits(files, clause.atoms[0], -1).slots.length === 0 : null));
  if (empty.length > 1 && !empty.includes(null) && empty.includes(true)) {
    // Syllables typed apart are one word.
    const typed = clauses.map((clause) => clause.atoms[0].text).join(' ');
    const words = (await spokenWords(files, typed)).slice(0, MOST_WORDS).map((word) => word[1]);
    if (words.length > 0) {
      suggestions.push({ kind: 'pinyin', text: typed, query: words[0], words });
      query.clauses = [{ atoms: await makeAtoms(files, words), typed: 0, negated: false }];
      return;
    }
  }
  for (let index = 0; index < clauses.length; index += 1) {
    if (empty[index] === null) continue;
    const atom = clauses[index].atoms[0];
    const words = (await spokenWords(files, atom.text)).filter((word) => empty[index] || word[0] === 0)
      .slice(0, MOST_WORDS).map((word) => word[1]);
    if (words.length === 0) continue;
    suggestions.push({
      kind: 'pinyin', text: atom.text, query: writeQuery(query, (other) => (other === atom ? words[0] : undefined)), words,
    });
    if (empty[index]) clauses[index].atoms.push(...(await makeAtoms(files, words)));
  }
}

// A run of characters with some changed to a word that sounds the same, the likeliest first.
/** @param {Files} files @param {Atom} atom */
async function corrections(files, atom) {
  const pinyin = gangwei.pinyin;
  const item = atom.items[0];
  if (!pinyin || atom.items.length !== 1 || !item.han || item.word.length > LONGEST_RUN) return [];
  const table = await files.once('pinyin', (bytes) => pinyin.decode(new TextDecoder().decode(bytes)));
  const characters = Array.from(item.word);
  const sounds = characters.map((character) => table.get(character) || []);
  /** @param {number} start @returns {string[]} */
  const keysAt = (start) => {
    const keys = new Set();
    for (const one of sounds[start]) for (const other of sounds[start + 1]) keys.add(one[0] + other[0]);
    return Array.from(keys).sort();
  };
  const spans = [];
  /** @type {Set<string>} */
  const keys = new Set();
  /** @type {Map<string, Entry[]>} */
  const loaded = new Map();
  for (let length = Math.min(characters.length, 12); length > 1; length -= 1) {
    for (let start = 0; start + length <= characters.length; start += 1) {
      spans.push([start, length]);
      for (const key of keysAt(start)) if (keys.size < 24) keys.add(key);
    }
  }
  await Promise.all(Array.from(keys, async (key) => loaded.set(key, await lexicon(files, key))));
  const folding = await files.foldingOf(/** @type {Entry[]} */ ([]).concat(...loaded.values()).map((entry) => entry[0]));
  /** @type {[number, number, number, string, number][]} */
  const found = [];
  for (const [start, length] of spans) {
    const own = characters.slice(start, start + length).join('');
    for (const key of keysAt(start)) {
      for (const [written, reading, weight] of loaded.get(key) || []) {
        const word = foldText(written, folding);
        const syllables = reading.split(' ');
        if (word === own || syllables.length !== length || Array.from(word).length !== length) continue;
        /** @param {Tolerance} tolerance */
        const alike = (tolerance) => syllables.every((syllable, place) =>
          sounds[start + place].some((sound) => pinyin.matches([sound], [syllable], tolerance)));
        const kind = alike({}) ? 0 : alike({ fuzzy: true }) ? 1 : -1;
        if (kind >= 0) found.push([kind, -length, -weight, word, start]);
      }
    }
  }
  const texts = found.sort(byParts).map((one) => {
    return characters.slice(0, one[4]).join('') + one[3] + characters.slice(one[4] - one[1]).join('');
  });
  return Array.from(new Set(texts));
}
