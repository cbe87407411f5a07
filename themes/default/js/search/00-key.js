// Keys of terms, tags of files, and the fault when files do not fit together.
//
// The parts in this folder are one script and share one scope. It reads the index that the build wrote and answers
// queries: no DOM, no network of its own. src/search/mod.rs describes the files, what holds a query, and the scores;
// tests/it/search judges the answers by the plain texts.

globalThis.gangwei = globalThis.gangwei || {};

// The fault of an index whose files are not all there, or not of one build.
function stale() {
  return Object.assign(new Error('the search index has just changed or is incomplete'), { code: 'stale' });
}

/** @param {unknown} sound @returns {asserts sound} */
function ensure(sound) {
  if (!sound) throw stale();
}

// Spreads the bits of a number; different numbers stay different.
/** @param {number} value */
function mix(value) {
  let hash = value;
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

// The key of two code units side by side.
/** @param {string} text @param {number} at */
function pairKey(text, at) {
  return ((text.charCodeAt(at) << 16) | text.charCodeAt(at + 1)) >>> 0;
}

// The key of a Latin word, where no pair of characters has its key.
/** @param {string} text */
function latinKey(text) {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length && at < 64; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619);
  return 0x20000000 + (mix(hash) % 0x0e000000);
}

// The bucket, one of eight, that a following code unit counts for in a signature.
/** @param {number} u */
function bucketBit(u) {
  return 1 << (Math.imul(u, 0x9e3779b1) >>> 29);
}

// The tag of a file's content, as names of files hold it.
/** @param {Uint8Array} bytes @param {number} end */
function tagOf(bytes, end) {
  let hash = 0x811c9dc5;
  for (let at = 0; at < end; at += 1) hash = Math.imul(hash ^ bytes[at], 16777619);
  return mix(hash) & 0xffffff;
}

// One of several tags that a file holds.
/** @param {Uint8Array} bytes @param {number} index */
function tagAt(bytes, index) {
  ensure(index * 3 + 2 < bytes.length);
  return bytes[index * 3] | (bytes[index * 3 + 1] << 8) | (bytes[index * 3 + 2] << 16);
}

/** @param {number} value @param {number} width */
function hex(value, width) {
  return value.toString(16).padStart(width, '0');
}

// A logarithm to the base 2 in sixteenths, straight between powers of two.
/** @param {number} value */
function log2(value) {
  const number = Math.max(value, 1);
  const whole = 31 - Math.clz32(number);
  return whole * 16 + Math.floor((number * 16) / 2 ** whole) - 16;
}
