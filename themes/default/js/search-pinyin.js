// Pinyin for the search: how typed letters split into syllables, and whether they fit a reading. The same as
// src/text/pinyin, whose comments say more. A reading is a list of syllables without tones, with v for ü. A token is
// a string: a whole syllable, or the beginning of one with a hyphen after it ('feng', 'x-').
(() => {
  'use strict';

  const MAX_INPUT = 64;
  const MAX_SPLITS = 8;
  const MAX_READINGS = 4;
  const MAX_WORD = 32;
  const LONGEST = 6;

  // For each initial the finals it takes.
  const FINALS =
    ':a ai an ang ao e ei en er o ou|b:a ai an ang ao ei en eng i ian iao ie in ing o u|' +
    'c:a ai an ang ao e en eng i ong ou u uan ui un uo|ch:a ai an ang ao e en eng i ong ou u uai uan uang ui un uo|' +
    'd:a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo|f:a an ang ei en eng o ou u|' +
    'g:a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo|' +
    'h:a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo|' +
    'j:i ia ian iang iao ie in ing iong iu u uan ue un|k:a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo|' +
    'l:a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan un uo v ve|' +
    'm:a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u|' +
    'n:a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo v ve|' +
    'p:a ai an ang ao ei en eng i ian iao ie in ing o ou u|q:i ia ian iang iao ie in ing iong iu u uan ue un|' +
    'r:an ang ao e en eng i ong ou u uan ui un uo|s:a ai an ang ao e en eng i ong ou u uan ui un uo|' +
    'sh:a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo|' +
    't:a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo|w:a ai an ang ei en eng o u|' +
    'x:i ia ian iang iao ie in ing iong iu u uan ue un|y:a an ang ao e i in ing o ong ou u uan ue un|' +
    'z:a ai an ang ao e ei en eng i ong ou u uan ui un uo|' +
    'zh:a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo';

  const SYLLABLES = new Set();
  const BEGINNINGS = new Set();
  for (const line of FINALS.split('|')) {
    const [initial, finals] = line.split(':');
    for (const final of finals.split(' ')) {
      const syllable = initial + final;
      SYLLABLES.add(syllable);
      for (let end = 1; end <= syllable.length; end += 1) {
        BEGINNINGS.add(syllable.slice(0, end));
      }
    }
  }

  /** @param {string} token */
  function cost(token) {
    const text = token.replace('-', '');
    if (text === token) {
      return 1;
    }
    if (/^[iuv0-9]/.test(text)) {
      return 6;
    }
    return text.length > 2 || (text.length === 2 && text[1] !== 'h') ? 3 : 4;
  }

  // The tokens that a piece of the input can be.
  /** @param {string} piece @param {boolean} atEnd */
  function tokens(piece, atEnd) {
    if (piece.length === 1) {
      return [piece + '-'];
    }
    const written = piece === 'lue' || piece === 'nue' ? piece[0] + 've' : piece;
    const whole = SYLLABLES.has(written);
    const found = whole ? [written] : [];
    if (/^[zcs]h$/.test(piece) || (atEnd && !whole && BEGINNINGS.has(piece))) {
      found.push(piece + '-');
    }
    return found;
  }

  // The letters, with blanks for separators; empty if the input is too long or holds other characters.
  /** @param {string} input */
  function letters(input) {
    if (input.length > 2 * MAX_INPUT || Array.from(input).length > MAX_INPUT) {
      return '';
    }
    const half = input.replace(/[\uFF01-\uFF5E\u3000]/g, (c) => (c === '\u3000' ? ' ' : String.fromCharCode(c.charCodeAt(0) - 0xfee0)));
    // Only ASCII letters lose their case: toLowerCase would turn the Kelvin sign into a k.
    const text = half.replace(/[A-Z]/g, (c) => c.toLowerCase()).replace(/[üÜ]/g, 'v').replace(/['’]/g, ' ');
    return /^[a-z0-9 ]*$/.test(text) ? text.replace(/^ +| +$/g, '') : '';
  }

  // All ways to split an input into tokens, the likeliest first, at most eight.
  /** @type {Pinyin['syllables']} */
  function syllables(input) {
    const text = letters(input);
    /** @type {{ cost: number, tokens: string[] }[][]} */
    const ways = [];
    for (let place = text.length; place >= 0; place -= 1) {
      ways[place] = place === text.length ? [{ cost: 0, tokens: [] }] : [];
      if (place === text.length || text[place] === ' ') {
        continue;
      }
      for (let length = Math.min(LONGEST, text.length - place); length > 0; length -= 1) {
        let next = place + length;
        const pieces = tokens(text.slice(place, next), next === text.length);
        while (text[next] === ' ') {
          next += 1;
        }
        for (const first of pieces) {
          for (const way of ways[next]) {
            ways[place].push({ cost: cost(first) + way.cost, tokens: [first].concat(way.tokens) });
          }
        }
      }
      ways[place].sort((one, other) => one.cost - other.cost);
      ways[place].length = Math.min(ways[place].length, MAX_SPLITS);
    }
    return text === '' ? [] : ways[0].map((way) => way.tokens);
  }

  // The initial and the rest of a syllable. Two initials that fuzzy speech does not distinguish become one letter.
  /** @param {string} text */
  function parts(text) {
    const initial = /^[zcs]h/.test(text) ? text.slice(0, 2) : text.replace(/^[aeo].*/, '').slice(0, 1);
    return [initial === 'n' ? 'l' : initial.slice(0, 1), text.slice(initial.length)];
  }

  /** @param {string} text @param {string} syllable @param {boolean} begun @param {boolean} fuzzy */
  function fits(text, syllable, begun, fuzzy) {
    if (begun ? syllable.startsWith(text) : syllable === text) {
      return true;
    }
    if (!fuzzy) {
      return false;
    }
    const [one, rest] = parts(text);
    const [other, whole] = parts(syllable);
    /** @param {string} final */
    const short = (final) => final.replace(/([aei]n)g$/, '$1');
    return one === other && ((begun && whole.startsWith(rest)) || short(rest) === short(whole));
  }

  // Whether the tokens are this reading. `tolerance` may hold `fuzzy` (z zh, c ch, s sh, n l, an ang, en eng, in ing
  // are alike) and `typing` (the word may go on after them).
  /** @type {Pinyin['matches']} */
  function matches(split, reading, tolerance) {
    const { fuzzy = false, typing = false } = tolerance || {};
    if (split.length === 0 || (typing ? split.length > reading.length : split.length !== reading.length)) {
      return false;
    }
    return split.every((token, place) => {
      const text = token.replace('-', '');
      const begun = text !== token || (typing && place === split.length - 1);
      return fits(text, reading[place], begun, fuzzy);
    });
  }

  // The first letters of a reading, the key of a word.
  /** @param {string[]} reading */
  function initials(reading) {
    return reading.map((syllable) => syllable[0]).join('');
  }

  // The table that the build writes: a map from each character of GB2312 to its readings, commonest first.
  /** @type {Pinyin['decode']} */
  function decode(text) {
    const [names, upper, lower, more] = text.split('\n');
    const all = names.split(' ');
    const decoder = new TextDecoder('gb2312');
    /** @type {Map<string, string[]>} */
    const table = new Map();
    for (let row = 0xb0, place = 0; row <= 0xf7; row += 1) {
      for (let cell = 0xa1; cell <= (row === 0xd7 ? 0xf9 : 0xfe); cell += 1, place += 1) {
        const index = 26 * (upper.charCodeAt(place) - 97) + lower.charCodeAt(place) - 97;
        table.set(decoder.decode(Uint8Array.of(row, cell)), [all[index]]);
      }
    }
    for (const [, character, others] of more.matchAll(/([^a-z,])([a-z,]+)/g)) {
      /** @type {string[]} */ (table.get(character)).push(...others.split(','));
    }
    return table;
  }

  // The readings of a folded word by its characters alone, likeliest first, at most four.
  /** @type {Pinyin['wordReadings']} */
  function wordReadings(table, word) {
    const characters = Array.from(word);
    if (characters.length > MAX_WORD) {
      return [];
    }
    /** @type {{ penalty: number, reading: string[] }[]} */
    let ways = [{ penalty: 0, reading: [] }];
    for (const c of characters.reverse()) {
      const choices = /[a-z0-9]/.test(c) ? [c] : table.get(c) || [];
      /** @type {typeof ways} */
      const longer = [];
      choices.forEach((syllable, rank) => {
        for (const way of ways) {
          longer.push({ penalty: way.penalty + rank, reading: [syllable].concat(way.reading) });
        }
      });
      ways = longer.sort((one, other) => one.penalty - other.penalty).slice(0, MAX_READINGS);
    }
    return word === '' ? [] : ways.map((way) => way.reading);
  }

  // Also where no other script has run.
  globalThis.gangwei = globalThis.gangwei || {};
  gangwei.pinyin = { syllables, matches, initials, decode, wordReadings };
})();
