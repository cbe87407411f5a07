// Search: reads the index that the build wrote and answers queries. No DOM, no network of its own.
// The Rust reader (src/search/reader) answers the same; src/search/mod.rs describes the files.
(() => {
  'use strict';

  const gangwei = (globalThis.gangwei = globalThis.gangwei || {});

  const FORMAT = 1;
  const PART = 256;
  const CARD_SLOTS = 256;
  const LONG_LIST = 1024;
  const MOST_CLAUSES = 32;
  const MOST_TERMS = 16;
  const CHECKED_LIMIT = 50;
  const CHECKED_DEPTH = 500;
  const WEIGHTS = [4, 5, 10, 24, 26, 26, 28];
  const FACETS = ['kind', 'unit', 'department', 'category', 'location', 'recruitment', 'education'];
  const NO_LIST = { slots: new Int32Array(0), impacts: new Uint8Array(0), signatures: new Uint8Array(0) };

  function stale() {
    return Object.assign(new Error('the search index has just changed or is incomplete'), { code: 'stale' });
  }

  function ensure(sound) {
    if (!sound) throw stale();
  }

  // ---- Folding and classes of UTF-16 code units

  const OTHER = 0;
  const LATIN = 1;
  const HAN = 2;

  function classOf(u) {
    if (u < 0x2000) {
      return (u > 0x2f && u < 0x3a) || (u > 0x60 && u < 0x7b) || u === 0xaa || u === 0xb5 || u === 0xba ||
        (u > 0xbf && u !== 0xd7 && u !== 0xf7) ? LATIN : OTHER;
    }
    return (u >= 0x3005 && u <= 0x3007) || (u >= 0x3021 && u <= 0x3029) || (u >= 0x3041 && u <= 0x3096) ||
      (u >= 0x309d && u <= 0x30fa) || (u >= 0x30fc && u <= 0x318f) || (u >= 0x31a0 && u <= 0x31bf) ||
      (u >= 0x31f0 && u <= 0x31ff) || (u >= 0x3400 && u <= 0x4dbf) || (u >= 0x4e00 && u <= 0x9fff) ||
      (u >= 0xac00 && u <= 0xdfff) || (u >= 0xf900 && u <= 0xfaff) || (u >= 0xff66 && u <= 0xff9f) ? HAN : OTHER;
  }

  // Width and case by rule, characters by the pairs given.
  function foldText(text, pairs) {
    let folded = '';
    for (let at = 0; at < text.length; at += 1) {
      let u = text.charCodeAt(at);
      if (u === 0x3000) u = 0x20;
      else if (u >= 0xff01 && u <= 0xff5e) u -= 0xfee0;
      if (u > 0x40 && u < 0x5b) u += 32;
      else if (u >= 0x2e80 && pairs) u = pairs.get(u) || u;
      folded += String.fromCharCode(u);
    }
    return folded;
  }

  function pairsOf(text) {
    const pairs = new Map();
    for (let at = 0; at + 1 < text.length; at += 2) pairs.set(text.charCodeAt(at), text.charCodeAt(at + 1));
    return pairs;
  }

  function decodeFold(bytes) {
    const pairs = new Map();
    const count = (bytes[0] << 8) | bytes[1];
    const targets = [];
    let at = 2;
    let target = 0;
    for (let pair = 0; pair < count; pair += 1) {
      if (bytes[at] < 255) target += bytes[at++];
      else {
        target += (bytes[at + 1] << 8) | bytes[at + 2];
        at += 3;
      }
      targets.push(target);
    }
    for (let pair = 0; pair < count; pair += 1) pairs.set((bytes[at + pair] << 8) | bytes[at + count + pair], targets[pair]);
    return pairs;
  }

  // Characters that fold although the GB 2312 set holds them.
  const FOLDING_GB = '乾吒夥後徵捱摺於榘甯菸薹醣麴麽';
  let simplified;

  // Whether folding may need the table: every character outside GB 2312 may, and a few within.
  function mayNeedTable(text) {
    if (simplified === undefined) {
      try {
        const bytes = new Uint8Array(72 * 94 * 2);
        let at = 0;
        for (let row = 0xb0; row < 0xf8; row += 1) {
          for (let cell = 0xa1; cell < 0xff; cell += 1) {
            bytes[at++] = row;
            bytes[at++] = cell;
          }
        }
        simplified = new Set(new TextDecoder('gbk').decode(bytes));
        for (const character of FOLDING_GB) simplified.delete(character);
      } catch (error) {
        // Without this decoder the table is always loaded.
        simplified = new Set();
      }
    }
    for (const character of text) {
      const u = character.charCodeAt(0);
      if (u >= 0x2e80 && classOf(u) === HAN && character.length === 1 && !simplified.has(character)) return true;
    }
    return false;
  }

  // ---- Keys, tags, logarithms

  function mix(value) {
    let hash = value;
    hash ^= hash >>> 16;
    hash = Math.imul(hash, 0x85ebca6b);
    hash ^= hash >>> 13;
    hash = Math.imul(hash, 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) >>> 0;
  }

  function pairKey(text, at) {
    return ((text.charCodeAt(at) << 16) | text.charCodeAt(at + 1)) >>> 0;
  }

  function latinKey(text) {
    let hash = 0x811c9dc5;
    for (let at = 0; at < text.length && at < 64; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619);
    return 0x20000000 + (mix(hash) % 0x0e000000);
  }

  function bucketBit(u) {
    return 1 << (Math.imul(u, 0x9e3779b1) >>> 29);
  }

  function tagOf(bytes, end) {
    let hash = 0x811c9dc5;
    for (let at = 0; at < end; at += 1) hash = Math.imul(hash ^ bytes[at], 16777619);
    return mix(hash) & 0xffffff;
  }

  function tagAt(bytes, index) {
    ensure(index * 3 + 2 < bytes.length);
    return bytes[index * 3] | (bytes[index * 3 + 1] << 8) | (bytes[index * 3 + 2] << 16);
  }

  function hex(value, width) {
    return value.toString(16).padStart(width, '0');
  }

  function log2(value) {
    const number = Math.max(value, 1);
    const whole = 31 - Math.clz32(number);
    return whole * 16 + Math.floor((number * 16) / 2 ** whole) - 16;
  }

  // ---- Bits, least significant first

  class Bits {
    constructor(bytes) {
      this.bytes = bytes;
      this.at = 0;
    }

    peek() {
      const bytes = this.bytes;
      const start = this.at >>> 3;
      return ((bytes[start] | (bytes[start + 1] << 8) | (bytes[start + 2] << 16) | (bytes[start + 3] << 24)) >>> (this.at & 7));
    }

    get overrun() {
      return this.at > this.bytes.length * 8;
    }

    bits(count) {
      if (count > 16) {
        const low = this.bits(16);
        return (low | (this.bits(count - 16) << 16)) >>> 0;
      }
      const value = this.peek() & ((1 << count) - 1);
      this.at += count;
      return value;
    }

    unary(most) {
      const zeros = ~this.peek();
      const count = Math.min(zeros === 0 ? 32 : 31 - Math.clz32(zeros & -zeros), most);
      this.at += count < most ? count + 1 : count;
      return count;
    }

    rice(k) {
      const quotient = this.unary(24);
      return quotient === 24 ? this.bits(32) : ((quotient << k) | this.bits(k)) >>> 0;
    }

    gamma() {
      const width = this.unary(24);
      return (1 << width) | this.bits(width);
    }

    ascending(limit) {
      const count = this.gamma() - 1;
      const values = [];
      if (count === 0) return values;
      const k = this.bits(5);
      let next = 0;
      for (let index = 0; index < count; index += 1) {
        const value = next + this.rice(k);
        ensure(!this.overrun && value < limit);
        values.push(value);
        next = value + 1;
      }
      return values;
    }
  }

  function decodeList(reader, count, scale) {
    // A posting takes two bits at least; a broken count cannot ask for more memory than that.
    ensure(count <= reader.bytes.length * 8);
    const k = 31 - Math.clz32(Math.max(1, Math.floor((scale * 45) / (count * 64))));
    const slots = new Int32Array(count);
    const impacts = new Uint8Array(count);
    const signatures = new Uint8Array(count);
    const hasUsual = count >= 8 && reader.bits(1) === 1;
    const usual = hasUsual ? reader.bits(8) : 0;
    let next = 0;
    for (let index = 0; index < count; index += 1) {
      const slot = next + reader.rice(k);
      const impact = reader.unary(6);
      let signature = 0;
      if (hasUsual && reader.bits(1) === 0) signature = usual;
      else if (reader.bits(1) === 0) signature = 1 << reader.bits(3);
      else if (impact > 0 && reader.bits(1) === 1) signature = reader.bits(8);
      slots[index] = slot;
      impacts[index] = impact;
      signatures[index] = signature;
      next = slot + 1;
    }
    ensure(!reader.overrun);
    return { slots, impacts, signatures };
  }

  // A list in a file of its own: gaps, impacts, signatures, and the large gaps.
  function decodeLongList(bytes, count) {
    ensure(bytes.length >= 3 * count);
    const slots = new Int32Array(count);
    let large = 3 * count;
    let next = 0;
    for (let index = 0; index < count; index += 1) {
      let gap = bytes[index];
      if (gap === 255) {
        gap = bytes[large] | (bytes[large + 1] << 8) | (bytes[large + 2] << 16);
        large += 3;
      }
      slots[index] = next + gap;
      next += gap + 1;
    }
    ensure(bytes.length === large);
    return { slots, impacts: bytes.subarray(count, 2 * count), signatures: bytes.subarray(2 * count, 3 * count) };
  }

  // A term of a shard: its list, or where its list stands alone.
  function findList(bytes, wanted, scale) {
    const reader = new Bits(bytes);
    const terms = reader.gamma() - 1;
    const k = reader.bits(5);
    let next = 0;
    for (let term = 0; term < terms; term += 1) {
      const name = next + reader.rice(k);
      next = name + 1;
      const count = reader.gamma();
      const alone = count >= LONG_LIST && reader.bits(1) === 1;
      const found = alone ? { count, tag: reader.bits(24) } : decodeList(reader, count, scale);
      ensure(!reader.overrun);
      if (name >= wanted) return name === wanted ? found : NO_LIST;
    }
    ensure(!reader.overrun);
    return NO_LIST;
  }

  // ---- Inflating

  // The bases and extra bits of lengths and distances: a few codes of each width (RFC 1951, 3.2.5).
  function bases(first, plain, group, count) {
    const all = [];
    for (let code = 0, base = first; code < count; code += 1) {
      const bits = code < plain ? 0 : Math.floor(code / group) - 1;
      all.push([base, bits]);
      base += 1 << bits;
    }
    return all;
  }

  const LENGTHS = bases(3, 8, 4, 28).concat([[258, 0]]);
  const DISTANCES = bases(1, 4, 2, 30);
  const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

  // How many codes of each length there are, and the symbols in the order of their codes (RFC 1951, 3.2.2).
  function codes(lengths) {
    const counts = new Uint16Array(16);
    for (const length of lengths) counts[length] += 1;
    counts[0] = 0;
    const offsets = new Uint16Array(16);
    for (let length = 1; length < 16; length += 1) offsets[length] = offsets[length - 1] + counts[length - 1];
    const symbols = [];
    lengths.forEach((length, symbol) => {
      if (length) symbols[offsets[length]++] = symbol;
    });
    return { counts, symbols };
  }

  function symbolOf(reader, table) {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length < 16; length += 1) {
      code |= reader.bits(1);
      const count = table.counts[length];
      if (code - count < first) return table.symbols[index + code - first];
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw stale();
  }

  function fixedCodes() {
    const lengths = [];
    for (let symbol = 0; symbol < 288; symbol += 1) lengths.push(symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8);
    return [codes(lengths), codes(new Array(30).fill(5))];
  }

  function dynamicCodes(reader) {
    const literals = reader.bits(5) + 257;
    const distances = reader.bits(5) + 1;
    const used = reader.bits(4) + 4;
    const own = new Array(19).fill(0);
    for (let index = 0; index < used; index += 1) own[CODE_ORDER[index]] = reader.bits(3);
    const table = codes(own);
    const lengths = [];
    while (lengths.length < literals + distances) {
      ensure(!reader.overrun);
      const symbol = symbolOf(reader, table);
      if (symbol < 16) lengths.push(symbol);
      else {
        const value = symbol === 16 ? lengths[lengths.length - 1] : 0;
        let repeat = symbol === 16 ? 3 + reader.bits(2) : symbol === 17 ? 3 + reader.bits(3) : 11 + reader.bits(7);
        while (repeat-- > 0) lengths.push(value);
      }
    }
    return [codes(lengths.slice(0, literals)), codes(lengths.slice(literals, literals + distances))];
  }

  // For browsers that cannot inflate without a header.
  function inflateHere(bytes) {
    const reader = new Bits(bytes);
    let out = new Uint8Array(bytes.length * 4 + 64);
    let size = 0;
    function room(count) {
      if (size + count <= out.length) return;
      const larger = new Uint8Array(Math.max(out.length * 2, size + count));
      larger.set(out);
      out = larger;
    }
    let last = 0;
    while (!last) {
      ensure(!reader.overrun);
      last = reader.bits(1);
      const type = reader.bits(2);
      ensure(type < 3);
      if (type === 0) {
        reader.at = (reader.at + 7) & ~7;
        const count = reader.bits(16);
        reader.bits(16);
        const start = reader.at >>> 3;
        ensure(start + count <= bytes.length);
        room(count);
        out.set(bytes.subarray(start, start + count), size);
        size += count;
        reader.at += count * 8;
        continue;
      }
      const tables = type === 1 ? fixedCodes() : dynamicCodes(reader);
      for (;;) {
        ensure(!reader.overrun);
        const symbol = symbolOf(reader, tables[0]);
        if (symbol === 256) break;
        if (symbol < 256) {
          room(1);
          out[size++] = symbol;
          continue;
        }
        const [shortest, more] = LENGTHS[symbol - 257] || [0, 0];
        const length = shortest + reader.bits(more);
        const [nearest, farther] = DISTANCES[symbolOf(reader, tables[1])] || [Infinity, 0];
        const distance = nearest + reader.bits(farther);
        ensure(length && distance <= size);
        room(length);
        for (let index = 0; index < length; index += 1, size += 1) out[size] = out[size - distance];
      }
    }
    return out.subarray(0, size);
  }

  let canInflate;

  async function inflate(bytes) {
    if (canInflate === undefined) {
      try {
        canInflate = Boolean(new DecompressionStream('deflate-raw'));
      } catch (error) {
        canInflate = false;
      }
    }
    if (!canInflate) return inflateHere(bytes);
    try {
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
      return new Uint8Array(await new Response(stream).arrayBuffer());
    } catch (error) {
      throw stale();
    }
  }

  function parseJson(bytes, encoding) {
    try {
      return JSON.parse(new TextDecoder(encoding).decode(bytes));
    } catch (error) {
      throw stale();
    }
  }

  // ---- Queries

  function isWord(text, at) {
    return at >= 0 && at < text.length && classOf(text.charCodeAt(at)) !== OTHER;
  }

  function isLatin(text, at) {
    return at >= 0 && at < text.length && classOf(text.charCodeAt(at)) === LATIN;
  }

  function isQuote(text, at) {
    return /["\u201c-\u201f\u300c-\u300f]/.test(text.charAt(at));
  }

  function isJoiner(text, at) {
    return /[&'+\-./@_]/.test(text.charAt(at)) && isLatin(text, at - 1) && isLatin(text, at + 1);
  }

  function makeAtom(folded, quoted, typed) {
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
    const atom = { text: typed === undefined ? folded : typed, folded: folded, items, quoted, terms: [], inTitles: false };
    setTerms(atom);
    return atom;
  }

  function setTerms(atom) {
    const folded = atom.folded;
    let terms = [];
    atom.items.forEach((item, index) => {
      const following = atom.items[index + 1];
      const after = following && !following.apart ? folded.charCodeAt(following.start) : -1;
      if (item.han) {
        for (let at = item.start; at + 1 < item.end; at += 1) {
          const next = at + 2 === item.end ? after : folded.charCodeAt(at + 2);
          terms.push({ key: pairKey(folded, at), next: next, pair: folded.slice(at, at + 2) });
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

  // Whether finding the terms is finding the atom.
  function isExact(atom) {
    const item = atom.items[0];
    return atom.items.length === 1 && (!item.han || item.end - item.start <= 2);
  }

  function parseQuery(text, pairs) {
    const folded = foldText(text, pairs);
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
  function writeQuery(query, write) {
    return query.clauses.map((clause) => {
      const atoms = clause.atoms.slice(0, clause.typed).map((atom) => {
        const written = write(atom);
        return written !== undefined ? written : atom.quoted ? '"' + atom.text + '"' : atom.text;
      });
      return (clause.negated ? '-' : '') + atoms.join('|');
    }).join(' ');
  }

  // ---- The files of one build

  class Files {
    constructor(fetchBytes) {
      this.fetchBytes = fetchBytes;
      this.asked = new Map();
      this.lists = new Map();
      this.units = new Map();
      this.parsed = new Map();
    }

    static async open(fetchBytes) {
      const files = new Files(fetchBytes);
      const head = parseJson(await files.bytes('head.json', true));
      ensure(head && head.format === FORMAT && head.files && Array.isArray(head.parts));
      files.head = head;
      files.readState(await files.single('state'));
      return files;
    }

    // Each path is asked for once. `fresh`: the name does not change with the content.
    bytes(path, fresh) {
      if (!this.asked.has(path)) {
        const got = Promise.resolve(this.fetchBytes(path, Boolean(fresh))).then(
          (bytes) => {
            ensure(bytes && bytes.length !== undefined);
            return bytes;
          },
          () => {
            throw stale();
          }
        );
        this.asked.set(path, got);
      }
      return this.asked.get(path);
    }

    async tagged(name, tag) {
      ensure(Number.isInteger(tag));
      const bytes = await this.bytes(name + '-' + hex(tag, 6) + '.bin');
      ensure(tagOf(bytes, bytes.length) === tag);
      return bytes;
    }

    single(name) {
      return this.tagged(name, this.head.files[name]);
    }

    // A single file, inflated and read once.
    once(name, read) {
      if (!this.parsed.has(name)) {
        this.parsed.set(name, this.single(name).then(inflate).then(read));
      }
      return this.parsed.get(name);
    }

    readState(bytes) {
      const reader = new Bits(bytes);
      const count = reader.gamma() - 1;
      const undated = reader.bits(1) === 1;
      this.groups = [];
      let base = 0;
      let period = null;
      for (let index = 0; index < count; index += 1) {
        if (index > 0 || !undated) period = period === null ? reader.bits(32) | 0 : period + reader.gamma();
        const slots = 2 ** reader.bits(5);
        ensure(!reader.overrun && base + slots <= 2 ** 26);
        this.groups.push({ period, base, slots });
        base += slots;
      }
      ensure(base === this.head.slots);
      this.flags = new Uint8Array(base);
      for (const slot of reader.ascending(base)) this.flags[slot] |= 1;
      for (const group of this.groups) {
        const fewAreOpen = reader.bits(1) === 1;
        const few = reader.ascending(group.slots);
        if (fewAreOpen) for (let slot = group.base; slot < group.base + group.slots; slot += 1) this.flags[slot] |= 2;
        for (const slot of few) this.flags[group.base + slot] ^= 2;
      }
      ensure(!reader.overrun);
    }

    async loadList(key) {
      if (this.lists.has(key)) return;
      const head = this.head;
      const hash = mix(key);
      const shard = hash & (head.shards - 1);
      const rest = hash >>> (31 - Math.clz32(head.shards));
      const part = Math.floor(shard / PART);
      const tags = await this.tagged('tags/terms-' + hex(part, 2), head.parts[part]);
      const bytes = await this.tagged('terms/' + hex(shard, 4), tagAt(tags, shard % PART));
      let list = findList(bytes, rest, head.scale);
      if (list.tag !== undefined) {
        const alone = await this.tagged('lists/' + hex(shard, 4) + '-' + hex(rest, 6), list.tag);
        list = decodeLongList(await inflate(alone), list.count);
      }
      ensure(list.slots.length === 0 || list.slots[list.slots.length - 1] < head.slots);
      this.lists.set(key, list);
    }

    async loadAtoms(atoms) {
      const keys = new Set();
      for (const atom of atoms) for (const term of atom.terms) keys.add(term.key);
      await Promise.all(Array.from(keys, (key) => this.loadList(key)));
    }

    async loadUnits(slots) {
      const blocks = new Set(slots.filter((slot) => !this.units.has(slot)).map((slot) => Math.floor(slot / this.head.block)));
      await Promise.all(Array.from(blocks, async (block) => {
        const bytes = await this.bytes('text/' + hex(block >> 8, 2) + '/' + hex(block & 255, 2) + '.bin', true);
        const end = bytes.length - 3;
        ensure(end >= 0 && tagOf(bytes, end) === tagAt(bytes.subarray(end), 0));
        const content = parseJson(await inflate(bytes.subarray(0, end)), 'gb18030');
        const pairs = pairsOf(content[1]);
        for (const row of content[0]) this.units.set(row[0], foldUnit(row, pairs));
      }));
      for (const slot of slots) ensure(this.units.has(slot));
    }

    async cards(slots) {
      const tags = await this.single('tags/cards');
      const found = new Map();
      await Promise.all(Array.from(new Set(slots.map((slot) => Math.floor(slot / CARD_SLOTS))), async (number) => {
        const bytes = await inflate(await this.tagged('cards/' + hex(number, 3), tagAt(tags, number)));
        for (const card of parseJson(bytes)) found.set(card[0], card);
      }));
      for (const slot of slots) ensure(found.has(slot));
      return found;
    }

    // By slot the day of publishing; without details it is the period's.
    async loadDays(rows) {
      if (!this.days) {
        this.days = new Int32Array(this.head.slots).fill(-2147483648);
        for (const group of this.groups) {
          if (group.period !== null) this.days.fill(group.period * this.head.period, group.base, group.base + group.slots);
        }
      }
      if (this.first || (!rows && this.head.period === 1)) return;
      const reader = new Bits(await this.single('days'));
      const first = reader.ascending(this.head.slots);
      ensure(first.length === this.head.documents);
      const width = 31 - Math.clz32(this.head.period);
      const row = new Int32Array(this.head.slots).fill(-1);
      for (let index = 0; index < first.length; index += 1) {
        const offset = reader.bits(width);
        row[first[index]] = index;
        if (this.days[first[index]] !== -2147483648) this.days[first[index]] += offset;
      }
      ensure(!reader.overrun);
      this.row = row;
      this.first = first;
    }

    // A column: its dictionary and the index of every document.
    column(name) {
      const documents = this.head.documents;
      return this.once('columns/' + name, (bytes) => {
        const end = bytes.indexOf(0);
        ensure(end > 0);
        const head = parseJson(bytes.subarray(0, end));
        const width = head[head.length - 1];
        const rows = new Int32Array(documents);
        ensure(bytes.length === end + 1 + documents * width);
        for (let byte = 0, at = end + 1; byte < width; byte += 1) {
          for (let index = 0; index < documents; index += 1) rows[index] |= bytes[at++] << (8 * byte);
        }
        return { head, rows };
      });
    }

    // The pairs that fold the words of entries, if any needs them.
    foldingOf(lists) {
      const needed = lists.some((entries) => entries.some((entry) => mayNeedTable(entry[0])));
      return needed ? this.once('fold', decodeFold) : null;
    }

    firstSlot(slot) {
      let first = slot;
      while (first > 0 && this.flags[first] & 1) first -= 1;
      return first;
    }
  }

  // ---- From clauses to documents

  // The first place from `from` on whose slot is not below `wanted`.
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

  function atomHits(files, atom, follower) {
    const terms = atom.terms;
    const lists = terms.map((term) => files.lists.get(term.key));
    const every = log2(files.head.documents + 1);
    const rarity = lists.map((list) => Math.max(8, every - log2(list.slots.length)));
    const order = lists.map((list, index) => index).sort((a, b) => lists[a].slots.length - lists[b].slots.length || a - b);
    const total = rarity.reduce((sum, one) => sum + one, 0);
    const last = lists.length - 1;
    const needed = terms.map((term) => (term.next < 0 ? 0 : bucketBit(term.next)));
    const followed = follower < 0 ? 0 : bucketBit(follower);
    const cursors = new Int32Array(lists.length);
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
  function documentsOf(files, atoms) {
    return atoms.reduce((all, hits) => {
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
    }, null) || { slots: [], scores: [] };
  }

  function union(a, b) {
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
  function keep(a, b, both) {
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

  function combine(files, searched, options) {
    let all = null;
    for (const one of searched) {
      if (one.clause.negated) continue;
      const documents = documentsOf(files, one.hits);
      all = all ? keep(all, documents, true) : documents;
    }
    if (!all) all = { slots: files.first, scores: files.first.map(() => 0) };
    for (const one of searched) {
      if (!one.clause.negated) continue;
      one.clause.atoms.forEach((atom, place) => {
        // What only seems to hold an excluded phrase is left to the text check.
        if (isExact(atom) || options.limit > CHECKED_LIMIT) all = keep(all, documentsOf(files, [one.hits[place]]), false);
      });
    }
    if (options.state === 'all') return all;
    const open = { slots: [], scores: [] };
    for (let place = 0; place < all.slots.length; place += 1) {
      if (files.flags[all.slots[place]] & 2) continue;
      open.slots.push(all.slots[place]);
      open.scores.push(all.scores[place]);
    }
    return open;
  }

  // ---- The text check

  function foldUnit(row, pairs) {
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
      bodies: row[8].map((piece) => [fold(piece[1]), fold(piece[2])]),
    };
  }

  function gapWidth(atom, index, text, at) {
    let width = 0;
    while (width < 4 && at + width < text.length && !isWord(text, at + width)) width += 1;
    const item = atom.items[index];
    const otherScript = item.han !== atom.items[index - 1].han;
    if (item.apart ? width <= 3 && (width > 0 || otherScript) : width === 0 || (width === 1 && text[at] === ' ')) return width;
    return -1;
  }

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
  function occurrence(atom, text, from) {
    for (let start = text.indexOf(atom.items[0].word, from); start >= 0; start = text.indexOf(atom.items[0].word, start + 1)) {
      const end = endOf(atom, text, start);
      if (end >= 0) return [start, end];
    }
    return null;
  }

  function holds(atom, text) {
    return occurrence(atom, text, 0) !== null;
  }

  function headHolds(unit, atom) {
    if (unit.heads.some((text) => holds(atom, text))) return true;
    if (!atom.inTitles && unit.words.some((text) => holds(atom, text))) return true;
    // A record number may be typed without its signs.
    return atom.items.length === 1 && Array.from(unit.heads[1]).filter((sign) => isWord(sign, 0)).join('') === atom.items[0].word;
  }

  function pieceHolds(unit, piece, atom) {
    return !atom.inTitles && unit.bodies[piece].some((text) => holds(atom, text));
  }

  function unitHolds(unit, atom) {
    return headHolds(unit, atom) || unit.bodies.some((texts, piece) => pieceHolds(unit, piece, atom));
  }

  // Whether the pairs that were looked up stand in the unit, as the index said.
  function hasPairs(unit, atom) {
    const texts = unit.heads.concat(unit.words, ...unit.bodies);
    return atom.terms.every((term) => term.pair === '' || texts.some((text) => text.includes(term.pair)));
  }

  function marksOf(atoms, text) {
    const all = [];
    for (const atom of atoms) {
      for (let mark = occurrence(atom, text, 0); mark; mark = occurrence(atom, text, mark[1])) all.push(mark);
    }
    all.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const joined = [];
    for (const mark of all) {
      const last = joined[joined.length - 1];
      if (last && last[1] >= mark[0]) last[1] = Math.max(last[1], mark[1]);
      else joined.push(mark);
    }
    return joined;
  }

  // A quotation around the first mark, from a sentence's beginning where one is near.
  function quote(unit, piece, atoms) {
    if (piece >= unit.pieces.length) return { text: '', marks: [] };
    const written = unit.pieces[piece][2];
    const folded = unit.bodies[piece][1];
    const marks = marksOf(atoms, folded);
    const first = marks.length > 0 ? marks[0][0] : 0;
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
  function checkDocument(files, searched, first, filters) {
    const units = [];
    const atoms = [];
    let inHead = true;
    for (const one of searched) {
      let found = false;
      one.clause.atoms.forEach((atom, place) => {
        for (const slot of slotsOf(files, one.hits[place], first)) {
          const unit = files.units.get(slot);
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
      units.push(files.units.get(first));
      ensure(passes(units[0].facts, filters));
    }
    units.sort((a, b) => a.slot - b.slot);
    return { units, atoms, inHead };
  }

  // The units of a document among hits.
  function slotsOf(files, hits, first) {
    const slots = [];
    for (let at = gallop(hits.slots, 0, first); at < hits.slots.length && files.firstSlot(hits.slots[at]) === first; at += 1) {
      slots.push(hits.slots[at]);
    }
    return slots;
  }

  // Loads the texts that the check of documents needs.
  function loadTexts(files, searched, documents) {
    const slots = new Set();
    for (const first of documents) {
      const size = slots.size;
      for (const one of searched) for (const hits of one.hits) for (const slot of slotsOf(files, hits, first)) slots.add(slot);
      if (slots.size === size) slots.add(first);
    }
    return files.loadUnits(Array.from(slots));
  }

  // ---- Filters, counts, order

  const NO_FILTERS = { facets: {} };

  function overlaps(bounds, from, to) {
    if (!bounds) return true;
    return from !== undefined && (bounds[0] === null || to >= bounds[0]) && (bounds[1] === null || from <= bounds[1]);
  }

  function passes(facts, filters) {
    for (const facet of Object.keys(filters.facets)) {
      const own = facts[0][facet] || [];
      if (!filters.facets[facet].some((id) => own.includes(id))) return false;
    }
    const day = (value) => (value === null ? [] : [value, value]);
    return overlaps(filters.published, ...day(facts[1])) && overlaps(filters.closes, ...day(facts[2])) &&
      overlaps(filters.salary, ...(facts[3] || []));
  }

  function dayNumber(value) {
    if (typeof value === 'number') return value;
    const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value || '');
    return parts ? Date.UTC(+parts[1], parts[2] - 1, +parts[3]) / 86400000 : null;
  }

  function boundsOf(range, read) {
    if (!range) return null;
    const one = (value) => (value === undefined || value === null || value === '' ? null : read(value));
    const from = one(range.from);
    const to = one(range.to);
    return from === null && to === null ? null : [from, to];
  }

  function readFilters(given) {
    const filters = { facets: {} };
    for (const facet of Object.keys(given || {})) {
      if (facet === 'published' || facet === 'closes') filters[facet] = boundsOf(given[facet], dayNumber);
      else if (facet === 'salary') filters.salary = boundsOf(given.salary, Number);
      else {
        const ids = [].concat(given[facet]).filter((id) => id !== undefined && id !== null && id !== '').map(String);
        if (ids.length > 0) filters.facets[facet] = ids;
      }
    }
    filters.empty = Object.keys(filters.facets).length === 0 && !filters.published && !filters.closes && !filters.salary;
    return filters;
  }

  async function loadColumns(files, names) {
    const columns = {};
    await Promise.all(names.map(async (name) => {
      columns[name] = await files.column(name);
    }));
    return columns;
  }

  // Those that pass, and the counts for each facet, where its own filter is left out.
  function filterDocuments(files, documents, filters, columns, counting) {
    if (filters.empty && !counting) return { passed: documents, counts: null };
    const passed = { slots: [], scores: [] };
    const wanted = FACETS.filter((facet) => columns[facet]).map((facet) => {
      const head = columns[facet].head;
      const ids = filters.facets[facet];
      return {
        facet,
        rows: columns[facet].rows,
        values: head[0],
        sets: head[1],
        passes: head[1].map((set) => !ids || set.some((value) => ids.includes(head[0][value][0]))),
        numbers: new Int32Array(head[1].length),
      };
    });
    const unknown = Object.keys(filters.facets).some((facet) => !columns[facet]);
    const range = (name, row) => {
      const column = columns[name];
      return column && column.rows[row] > 0 ? column.head[0][column.rows[row]] : [];
    };
    for (let place = 0; place < documents.slots.length && !unknown; place += 1) {
      const slot = documents.slots[place];
      const row = files.row[slot];
      const day = files.days[slot];
      if (!overlaps(filters.published, ...(day === -2147483648 ? [] : [day, day]))) continue;
      if (!overlaps(filters.closes, ...range('closes', row)) || !overlaps(filters.salary, ...range('salary', row))) continue;
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
    const counts = counting ? {} : null;
    if (counting) for (const one of wanted) counts[one.facet] = countValues(one);
    return { passed, counts };
  }

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
  function rank(files, documents, sort, columns, count) {
    const slots = documents.slots;
    const scores = documents.scores;
    const days = files.days;
    const closes = columns.closes;
    const closing = (slot) => {
      const index = closes ? closes.rows[files.row[slot]] : 0;
      return index > 0 ? closes.head[0][index][0] : Infinity;
    };
    const compare = (a, b) => {
      const x = slots[a];
      const y = slots[b];
      const state = (files.flags[x] & 2) - (files.flags[y] & 2);
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

  // ---- Words by their sound, and ways out when nothing is found

  const TOLERANCES = [{}, { typing: true }, { fuzzy: true }, { fuzzy: true, typing: true }];
  const MOST_WORDS = 5;
  const LONGEST_RUN = 64;

  // Compares lists of numbers, truth values and texts, place by place.
  function byParts(a, b) {
    for (let place = 0; place < a.length; place += 1) {
      if (a[place] < b[place]) return -1;
      if (a[place] > b[place]) return 1;
    }
    return 0;
  }

  async function lexicon(files, key) {
    const tags = await files.once('tags/lexicon', parseJson);
    const tag = tags[key];
    return tag === undefined ? [] : files.tagged('lexicon/' + key, tag).then(inflate).then(parseJson);
  }

  // The words that letters may stand for, the likeliest first, with what had to be allowed.
  async function spokenWords(files, typed) {
    const pinyin = gangwei.pinyin;
    const splits = pinyin ? pinyin.syllables(typed).filter((tokens) => tokens.length > 1) : [];
    const found = new Map();
    await Promise.all(splits.map(async (tokens) => {
      const begun = tokens.some((token) => token.endsWith('-'));
      for (const [word, reading, weight] of await lexicon(files, tokens[0][0] + tokens[1][0])) {
        const syllables = reading.split(' ');
        const kind = TOLERANCES.findIndex((tolerance) => pinyin.matches(tokens, syllables, tolerance));
        if (kind < 0) continue;
        const rank = [kind, begun, -weight, word];
        if (!found.has(word) || byParts(rank, found.get(word)) < 0) found.set(word, rank);
      }
    }));
    const ranked = Array.from(found.values()).sort(byParts);
    // What only sounds alike is for when nothing else fits.
    const exact = ranked.some((rank) => rank[0] < 2);
    return ranked.filter((rank) => rank[0] < 2 || !exact).map((rank) => [rank[0], rank[3]]);
  }

  function mayBePinyin(clause) {
    const atom = clause.atoms[0];
    return clause.atoms.length === 1 && !clause.negated && !atom.quoted && /^[a-z'\u00fc]{2,}$/.test(atom.folded);
  }

  // Words of the lexicon are folded like queries: a few may be in Traditional characters.
  async function makeAtoms(files, words) {
    const pairs = words.some(mayNeedTable) ? await files.once('fold', decodeFold) : null;
    return words.map((word) => makeAtom(foldText(word, pairs), false));
  }

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
  async function corrections(files, atom) {
    const pinyin = gangwei.pinyin;
    const item = atom.items[0];
    if (!pinyin || atom.items.length !== 1 || !item.han || item.word.length > LONGEST_RUN) return [];
    const table = await files.once('pinyin', (bytes) => pinyin.decode(new TextDecoder().decode(bytes)));
    const characters = Array.from(item.word);
    const sounds = characters.map((character) => table.get(character) || []);
    const keysAt = (start) => {
      const keys = new Set();
      for (const one of sounds[start]) for (const other of sounds[start + 1]) keys.add(one[0] + other[0]);
      return Array.from(keys).sort();
    };
    const spans = [];
    const loaded = new Map();
    for (let length = Math.min(characters.length, 12); length > 1; length -= 1) {
      for (let start = 0; start + length <= characters.length; start += 1) {
        spans.push([start, length]);
        for (const key of keysAt(start)) if (loaded.size < 24 && !loaded.has(key)) loaded.set(key, lexicon(files, key));
      }
    }
    for (const [key, entries] of loaded) loaded.set(key, await entries);
    const folding = await files.foldingOf(Array.from(loaded.values()));
    const found = [];
    for (const [start, length] of spans) {
      const own = characters.slice(start, start + length).join('');
      for (const key of keysAt(start)) {
        for (const [written, reading, weight] of loaded.get(key) || []) {
          const word = foldText(written, folding);
          const syllables = reading.split(' ');
          if (word === own || syllables.length !== length || Array.from(word).length !== length) continue;
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

  // Slips of the pen: letters left out, added, changed, or two neighbours exchanged.
  function slipsBetween(a, b) {
    const rows = [Array.from({ length: b.length + 1 }, (unused, place) => place)];
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

  async function respellings(files, atom) {
    const own = atom.folded;
    if (atom.items.length !== 1 || !/^[a-z0-9]{3,24}$/.test(own)) return [];
    const most = own.length < 5 ? 1 : 2;
    const found = [];
    (await files.once('latin', parseJson)).forEach((entry, place) => {
      const word = entry[0];
      if (!/^[\u0000-\u007f]*$/.test(word) || Math.abs(word.length - own.length) > most) return;
      const slips = slipsBetween(own, word);
      if (slips > 0 && slips <= most) found.push([slips, word[0] !== own[0], place, word]);
    });
    return found.sort(byParts).map((one) => one[3]);
  }

  async function searchText(files, text) {
    const pairs = mayNeedTable(text) ? await files.once('fold', decodeFold) : null;
    const query = parseQuery(text, pairs);
    await files.loadAtoms([].concat(...query.clauses.map((clause) => clause.atoms)));
    return searchClauses(files, query);
  }

  // The parts of an atom that occur, each as long as it can be, as they were typed.
  async function occurringParts(files, atom) {
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

  async function addWaysOut(files, query, searched, dropped, options, suggestions) {
    const positive = query.clauses.filter((clause) => !clause.negated);
    if (positive.length === 0) return;
    const written = writeQuery(query, () => undefined);
    await files.loadDays(true);
    for (const state of ['open', 'all']) {
      const hidden = keep(combine(files, searched, Object.assign({}, options, { state })), { slots: dropped }, false).slots;
      const tried = hidden.slice(0, 12);
      await loadTexts(files, searched, tried);
      if (tried.some((first) => checkDocument(files, searched, first, NO_FILTERS))) {
        const kind = state === 'all' && options.state !== 'all' ? 'closed' : 'filters';
        suggestions.push({ kind, text: '', query: written, words: [], total: hidden.length });
        return;
      }
    }
    const none = (clause) => documentsOf(files, searched[query.clauses.indexOf(clause)].hits).slots.length === 0;
    let failed = positive.filter(none);
    if (failed.length === 0 && query.clauses.length === 1) failed = positive;
    if (failed.length === 0) suggestions.push({ kind: 'together', text: written, query: '', words: [] });
    for (const clause of failed) {
      suggestions.push({ kind: 'failed', text: writeQuery({ clauses: [clause] }, () => undefined), query: '', words: [] });
    }
    const countText = async (text) => combine(files, await searchText(files, text), options).slots.length;
    for (const [kind, propose] of [['sound', corrections], ['spelling', respellings]]) {
      for (const clause of failed) {
        const atom = clause.atoms[0];
        if (!atom) continue;
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
      if (clause.atoms.length > 0) for (const part of await occurringParts(files, clause.atoms[0])) parts.add(part);
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

  // ---- Answers

  function addSynonyms(query, { groups, shown }, suggestions) {
    const marked = [];
    const written = new Map(Object.entries(shown));
    for (const clause of query.clauses) {
      if (clause.negated) continue;
      const added = [];
      for (const atom of clause.atoms.slice()) {
        if (atom.quoted) continue;
        const known = (word) => clause.atoms.concat(added).some((other) => other.folded === word);
        const words = Array.from(new Set([].concat(...groups.filter((group) => group.includes(atom.folded))).filter((word) => !known(word))));
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
      closed: (files.flags[slot] & 2) !== 0,
      facets: unit.facts[0],
      score,
    };
  }

  async function answer(files, text, options) {
    const filters = options.filters;
    const result = { total: 0, exact: true, results: [], facets: null, suggestions: [] };
    const pairs = mayNeedTable(text) ? await files.once('fold', decodeFold) : null;
    const query = parseQuery(text, pairs);
    if (query.clauses.length === 0 && text.trim() !== '') return result;
    const needsRows = !filters.empty || options.facets || options.sort === 'closing' || !query.clauses.some((clause) => !clause.negated);
    const names = Object.keys(filters.facets).filter((facet) => FACETS.includes(facet));
    if (options.facets) names.push(...FACETS.filter((facet) => !names.includes(facet)));
    if (filters.closes || options.sort === 'closing') names.push('closes');
    if (filters.salary) names.push('salary');
    const typed = [].concat(...query.clauses.map((clause) => clause.atoms));
    const [groups, columns] = await Promise.all([
      query.clauses.length > 0 ? files.once('synonyms', parseJson) : { groups: [], shown: {} },
      loadColumns(files, names),
      files.loadDays(needsRows),
      files.loadAtoms(typed),
    ]);
    addSynonyms(query, groups, result.suggestions);
    await files.loadAtoms([].concat(...query.clauses.map((clause) => clause.atoms)));
    await addSpoken(files, query, result.suggestions);
    await files.loadAtoms([].concat(...query.clauses.map((clause) => clause.atoms)));
    const searched = searchClauses(files, query);
    const candidates = combine(files, searched, options);
    let passed = filterDocuments(files, candidates, filters, columns, false).passed;
    const dropped = [];
    const deep = options.offset + options.limit > CHECKED_DEPTH;
    const checking = options.limit <= CHECKED_LIMIT;
    let checked = 0;
    if (checking) {
      const start = deep ? options.offset : 0;
      const wanted = options.offset + options.limit - start;
      const held = [];
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
        const card = cards.get(slot);
        return {
          url: options.base + card[1], title: card[2], kind: card[3], excerpt: '', marks: [], titleMarks: [],
          closed: (files.flags[slot] & 2) !== 0, facets: {}, score: passed.scores[place],
        };
      });
    }
    const found = passed.slots.length;
    dropped.sort((a, b) => a - b);
    passed = keep(passed, { slots: dropped }, false);
    result.total = passed.slots.length;
    result.exact = searched.every((one) => one.clause.atoms.every(isExact)) || (checking && checked === found);
    if (options.facets) {
      result.facets = filterDocuments(files, keep(candidates, { slots: dropped }, false), filters, columns, true).counts;
    }
    if (query.cut) result.suggestions.push({ kind: 'cut', text: '', query: '', words: [] });
    if (result.total === 0) await addWaysOut(files, query, searched, dropped, options, result.suggestions);
    return result;
  }

  // Opens an index. `fetchBytes(path, fresh)` gives the bytes of a path below `search/`; `fresh` asks for the newest
  // ones, since the name does not change with the content. Nothing is fetched before the first search.
  gangwei.openSearch = (given) => {
    const fetchBytes = given.fetchBytes;
    const base = given.base || '';
    let opened = null;
    function open() {
      if (!opened) opened = Files.open(fetchBytes);
      return opened;
    }
    // The files may have changed since they were opened: once more, from a fresh head.
    async function twice(attempt) {
      try {
        return await attempt(await open());
      } catch (error) {
        if (error.code !== 'stale') throw error;
        opened = null;
      }
      try {
        return await attempt(await open());
      } catch (error) {
        opened = null;
        throw error;
      }
    }
    return {
      // Reads what every search needs.
      preload() {
        return open().then(
          (files) => files.loadDays(false),
          () => {
            opened = null;
          }
        );
      },
      // Words for what was typed so far, when it can be pinyin: the likeliest first.
      suggest(typed, limit) {
        return twice(async (files) => (await spokenWords(files, String(typed))).slice(0, limit || 8).map((word) => word[1]));
      },
      async search(text, wanted) {
        const asked = wanted || {};
        const count = (value, otherwise) => (Number.isFinite(value) && value >= 0 ? Math.floor(value) : otherwise);
        const options = {
          filters: readFilters(asked.filters),
          sort: asked.sort || 'relevance',
          state: asked.state || 'open',
          limit: count(asked.limit, 10),
          offset: count(asked.offset, 0),
          facets: Boolean(asked.facets),
          base,
        };
        const query = String(text === undefined || text === null ? '' : text);
        return twice((files) => answer(files, query, options));
      },
    };
  };

  gangwei.searchParts = { inflate: inflateHere, decodeFold, foldText };
})();
