// Bits, least significant first, and the lists that are written in them: which units hold a term.

// A list of so many units may stand in a file of its own.
const LONG_LIST = 1024;
/** @typedef {{ slots: Int32Array, impacts: Uint8Array, signatures: Uint8Array }} List */
/** @type {List} */
const NO_LIST = { slots: new Int32Array(0), impacts: new Uint8Array(0), signatures: new Uint8Array(0) };

class Bits {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  // At least 25 of the next bits; zeros after the end.
  peek() {
    const bytes = this.bytes;
    const start = this.at >>> 3;
    return (bytes[start] | (bytes[start + 1] << 8) | (bytes[start + 2] << 16) | (bytes[start + 3] << 24)) >>> (this.at & 7);
  }

  get overrun() {
    return this.at > this.bytes.length * 8;
  }

  /** @param {number} count @returns {number} */
  bits(count) {
    if (count > 16) {
      const low = this.bits(16);
      return (low | (this.bits(count - 16) << 16)) >>> 0;
    }
    const value = this.peek() & ((1 << count) - 1);
    this.at += count;
    return value;
  }

  // Ones up to a zero, or up to `most` of them.
  /** @param {number} most */
  unary(most) {
    const zeros = ~this.peek();
    const count = Math.min(zeros === 0 ? 32 : 31 - Math.clz32(zeros & -zeros), most);
    this.at += count < most ? count + 1 : count;
    return count;
  }

  // A number in the Rice code of parameter `k`.
  /** @param {number} k */
  rice(k) {
    const quotient = this.unary(24);
    return quotient === 24 ? this.bits(32) : ((quotient << k) | this.bits(k)) >>> 0;
  }

  // A number from 1 in Elias's gamma code.
  gamma() {
    const width = this.unary(24);
    return (1 << width) | this.bits(width);
  }

  // Ascending numbers below `limit`, so that a broken file cannot ask for much memory.
  /** @param {number} limit */
  ascending(limit) {
    const count = this.gamma() - 1;
    /** @type {number[]} */
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

// A list among others: slots, impacts (how well a term stands there), signatures (what may follow it).
/** @param {Bits} reader @param {number} count @param {number} scale */
function decodeList(reader, count, scale) {
  // An occurrence takes two bits at least; a broken count cannot ask for more memory than that.
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
/** @param {Uint8Array} bytes @param {number} count */
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
/** @typedef {{ count: number, tag: number }} Alone */
/** @param {Uint8Array} bytes @param {number} wanted @param {number} scale @returns {List | Alone} */
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
