// The files of one build of the index: each is fetched once and checked. What is missing, cut or of another build is
// stale, never an empty answer.

const FORMAT = 1;
// How many shards one file of tags is for.
const PART = 256;
const CARD_SLOTS = 256;
// What a slot may be: not its document's first, or the first of a closed document, of a posting.
const CONTINUED = 1;
const CLOSED = 2;
const POSTING = 4;
// Stands for the day of a document without one.
const NO_DAY = -2147483648;

/** @typedef {{ period: number | null, base: number, slots: number }} Group */
/** @typedef {{ head: any[], rows: Int32Array }} Column */

class Files {
  /** @param {SearchFetch} fetchBytes */
  constructor(fetchBytes) {
    this.fetchBytes = fetchBytes;
    /** @type {any} */
    this.head = null;
    /** @type {Map<string, Promise<Uint8Array>>} */
    this.asked = new Map();
    /** @type {Map<number, List>} */
    this.lists = new Map();
    /** @type {Map<number, Unit>} */
    this.units = new Map();
    /** @type {Map<string, Promise<any>>} */
    this.parsed = new Map();
    this.days = this.row = NO_LIST.slots;
  }

  /** @param {SearchFetch} fetchBytes */
  static async open(fetchBytes) {
    const files = new Files(fetchBytes);
    const head = parseJson(await files.bytes('head.json', true));
    ensure(head && head.format === FORMAT && head.files && Array.isArray(head.parts));
    files.head = head;
    files.readState(await files.single('state'));
    return files;
  }

  // Each path is asked for once. `fresh`: the name does not change with the content.
  /** @param {string} path @param {boolean} [fresh] */
  bytes(path, fresh) {
    const asked = this.asked.get(path) || this.fetched(path, Boolean(fresh));
    this.asked.set(path, asked);
    return asked;
  }

  /** @param {string} path @param {boolean} fresh */
  async fetched(path, fresh) {
    try {
      const bytes = await this.fetchBytes(path, fresh);
      ensure(bytes && bytes.length !== undefined);
      return bytes;
    } catch (error) {
      throw stale();
    }
  }

  /** @param {string} name @param {number} tag */
  async tagged(name, tag) {
    ensure(Number.isInteger(tag));
    const bytes = await this.bytes(name + '-' + hex(tag, 6) + '.bin');
    ensure(tagOf(bytes, bytes.length) === tag);
    return bytes;
  }

  /** @param {string} name */
  single(name) {
    return this.tagged(name, this.head.files[name]);
  }

  // A single file, inflated and read once.
  /** @template T @param {string} name @param {(bytes: Uint8Array) => T} read @returns {Promise<T>} */
  once(name, read) {
    const parsed = this.parsed.get(name) || this.inflated(name, read);
    this.parsed.set(name, parsed);
    return parsed;
  }

  /** @template T @param {string} name @param {(bytes: Uint8Array) => T} read */
  async inflated(name, read) {
    return read(await inflate(await this.single(name)));
  }

  // What must be known of all documents at once: which slots belong together, their days, which are closed, which are postings.
  /** @param {Uint8Array} bytes */
  readState(bytes) {
    const reader = new Bits(bytes);
    const count = reader.gamma() - 1;
    const undated = reader.bits(1) === 1;
    /** @type {Group[]} */
    this.groups = [];
    let base = 0;
    /** @type {number | null} */
    let period = null;
    for (let index = 0; index < count; index += 1) {
      if (index > 0 || !undated) period = period === null ? reader.bits(32) | 0 : period + reader.gamma();
      const slots = 2 ** reader.bits(5);
      ensure(!reader.overrun && base + slots <= 2 ** 26);
      this.groups.push({ period, base, slots });
      base += slots;
    }
    ensure(base === this.head.slots);
    /** @type {Uint8Array} */
    this.flags = new Uint8Array(base);
    for (const slot of reader.ascending(base)) this.flags[slot] |= CONTINUED;
    for (const flag of [CLOSED, POSTING]) {
      for (const group of this.groups) {
        // Where most are, those few are named that are not.
        if (reader.bits(1)) for (let slot = group.base; slot < group.base + group.slots; slot += 1) this.flags[slot] |= flag;
        for (const slot of reader.ascending(group.slots)) this.flags[group.base + slot] ^= flag;
      }
    }
    ensure(!reader.overrun);
  }

  /** @param {number} key */
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
    if ('tag' in list) {
      const alone = await this.tagged('lists/' + hex(shard, 4) + '-' + hex(rest, 6), list.tag);
      list = decodeLongList(await inflate(alone), list.count);
    }
    ensure(list.slots.length === 0 || list.slots[list.slots.length - 1] < head.slots);
    this.lists.set(key, list);
  }

  /** @param {Atom[]} atoms */
  async loadAtoms(atoms) {
    /** @type {Set<number>} */
    const keys = new Set();
    for (const atom of atoms) for (const term of atom.terms) keys.add(term.key);
    await Promise.all(Array.from(keys, (key) => this.loadList(key)));
  }

  // The texts of units, folded, to check and to quote.
  /** @param {number[]} slots */
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

  // Link, title and kind of documents, for long lists of results that quote nothing.
  /** @param {number[]} slots */
  async cards(slots) {
    const tags = await this.single('tags/cards');
    /** @type {Map<number, [number, string, string, string]>} */
    const found = new Map();
    await Promise.all(Array.from(new Set(slots.map((slot) => Math.floor(slot / CARD_SLOTS))), async (number) => {
      const bytes = await inflate(await this.tagged('cards/' + hex(number, 3), tagAt(tags, number)));
      for (const card of parseJson(bytes)) found.set(card[0], card);
    }));
    for (const slot of slots) ensure(found.has(slot));
    return found;
  }

  // By slot the day of publishing; without details it is the period's.
  /** @param {boolean} rows */
  async loadDays(rows) {
    if (!this.days.length) {
      this.days = new Int32Array(this.head.slots).fill(NO_DAY);
      for (const group of this.groups) {
        if (group.period !== null) this.days.fill(group.period * this.head.period, group.base, group.base + group.slots);
      }
    }
    if (this.row.length || (!rows && this.head.period === 1)) return;
    const reader = new Bits(await this.single('days'));
    const first = reader.ascending(this.head.slots);
    ensure(first.length === this.head.documents);
    const width = 31 - Math.clz32(this.head.period);
    const row = new Int32Array(this.head.slots).fill(-1);
    for (let index = 0; index < first.length; index += 1) {
      const offset = reader.bits(width);
      row[first[index]] = index;
      if (this.days[first[index]] !== NO_DAY) this.days[first[index]] += offset;
    }
    ensure(!reader.overrun);
    this.row = row;
    /** @type {number[]} */
    this.first = first;
  }

  // The facets of this index: what has a column and is no range.
  /** @returns {string[]} */
  facets() {
    const columns = Object.keys(this.head.files).filter((name) => name.startsWith('columns/'));
    return columns.map((name) => name.slice(8)).filter((name) => name !== 'closes' && name !== 'salary');
  }

  // A column: its dictionary and the index of every document.
  /** @param {string} name @returns {Promise<Column>} */
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

  // The pairs that fold texts, if any needs them.
  /** @param {string[]} texts */
  foldingOf(texts) {
    return texts.some(mayNeedTable) ? this.once('fold', decodeFold) : null;
  }

  /** @param {number} slot */
  isClosed(slot) {
    return (this.flags[slot] & CLOSED) > 0;
  }

  // The first slot of a unit's document.
  /** @param {number} slot */
  firstSlot(slot) {
    let first = slot;
    while (first > 0 && this.flags[first] & CONTINUED) first -= 1;
    return first;
  }
}
