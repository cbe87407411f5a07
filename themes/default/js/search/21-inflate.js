// Inflating files: by the browser, or here where it cannot; and reading the JSON in them.

// The bases and extra bits of lengths and distances: a few codes of each width (RFC 1951, 3.2.5).
/** @param {number} first @param {number} plain @param {number} group @param {number} count */
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
/** @param {number[]} lengths */
function codes(lengths) {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length] += 1;
  counts[0] = 0;
  const offsets = new Uint16Array(16);
  for (let length = 1; length < 16; length += 1) offsets[length] = offsets[length - 1] + counts[length - 1];
  /** @type {number[]} */
  const symbols = [];
  lengths.forEach((length, symbol) => {
    if (length) symbols[offsets[length]++] = symbol;
  });
  return { counts, symbols };
}

/** @typedef {ReturnType<typeof codes>} Codes */
/** @param {Bits} reader @param {Codes} table */
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

/** @param {Bits} reader */
function dynamicCodes(reader) {
  const literals = reader.bits(5) + 257;
  const distances = reader.bits(5) + 1;
  const used = reader.bits(4) + 4;
  const own = new Array(19).fill(0);
  for (let index = 0; index < used; index += 1) own[CODE_ORDER[index]] = reader.bits(3);
  const table = codes(own);
  /** @type {number[]} */
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
/** @param {Uint8Array} bytes */
function inflateHere(bytes) {
  const reader = new Bits(bytes);
  let out = new Uint8Array(bytes.length * 4 + 64);
  let size = 0;
  /** @param {number} count */
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

/** @type {boolean | undefined} */
let canInflate;

/** @param {Uint8Array} bytes */
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
    const stream = new Blob([/** @type {BlobPart} */ (bytes)]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (error) {
    throw stale();
  }
}

/** @param {Uint8Array} bytes @param {string} [encoding] @returns {any} */
function parseJson(bytes, encoding) {
  try {
    return JSON.parse(new TextDecoder(encoding).decode(bytes));
  } catch (error) {
    throw stale();
  }
}
