// Folding and classes of UTF-16 code units: width, case, and Traditional to Simplified characters.

// What stands between words; letters and digits of scripts that write words apart; characters that stand side by side.
const OTHER = 0;
const LATIN = 1;
const HAN = 2;

/** @param {number} u */
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
/** @typedef {Map<number, number> | null} Pairs */
/** @param {string} text @param {Pairs} pairs */
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

// The pairs of one file of texts: what is written, and what it folds to.
/** @param {string} text */
function pairsOf(text) {
  /** @type {Map<number, number>} */
  const pairs = new Map();
  for (let at = 0; at + 1 < text.length; at += 2) pairs.set(text.charCodeAt(at), text.charCodeAt(at + 1));
  return pairs;
}

// The whole table: the gaps between what is folded to, the high bytes of what is written, the low ones.
/** @param {Uint8Array} bytes */
function decodeFold(bytes) {
  /** @type {Map<number, number>} */
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
/** @type {Set<string> | undefined} */
let simplified;

// Whether folding may need the table: every character outside GB 2312 may, and a few within.
/** @param {string} text */
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
