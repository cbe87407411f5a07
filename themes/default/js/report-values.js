// The values of a report's fields: it reads typed texts, shows and computes values, finds contradictions and fills the
// text. It uses no page and no clock. The program reads and rounds in the same way (src/blanks/value.rs, formula.rs); a
// test compares the two.
(() => {
  'use strict';

  const WORDS = ['text', 'branch', 'bank', 'person', 'customer'];
  const DECIMALS = 2;
  const EPSILON = Math.pow(2, -52);
  const EMPTY = '____';

  // Pairs of characters in units: Traditional, as people may type them, and Simplified, as the form has them.
  const FOLDS = new Map(Array.from(
    '億亿萬万個个點点戶户筆笔條条張张項项場场臺台間间時时鐘钟學学課课種种類类組组門门頁页歲岁輛辆噸吨畝亩層层處处對对隻只幣币歐欧鎊镑週周僅仅'
      .matchAll(/(.)(.)/gu), (pair) => [pair[1], pair[2]]));

  // Converts full width to half width, Traditional characters of units to Simplified, and capitals to small letters.
  /** @param {string} text */
  function fold(text) {
    return text.trim().replace(/[\u3000\uff01-\uff5e\u4e00-\u9fffA-Z]/g, (sign) => {
      const code = sign.charCodeAt(0);
      if (code === 0x3000) {
        return ' ';
      }
      const half = code > 0xff00 ? String.fromCharCode(code - 0xfee0) : sign;
      return FOLDS.get(half) || half.toLowerCase();
    });
  }

  // The number of basic units in a unit: 10,000 for 万元.
  /** @param {string | null} unit */
  function scale(unit) {
    const first = fold(unit || '').charAt(0);
    return first === '千' ? 1e3 : first === '万' ? 1e4 : first === '亿' ? 1e8 : 1;
  }

  // Writes a number with decimals, without a power of ten even where JavaScript would use one.
  /** @param {number} number @param {number} decimals */
  function fixed(number, decimals) {
    const places = Math.min(decimals, 100);
    if (Math.abs(number) < 1e21) {
      const text = number.toFixed(places);
      return Object.is(number, -0) ? '-' + text : text;
    }
    return BigInt(number).toString() + (places ? '.' + '0'.repeat(places) : '');
  }

  // Separates thousands: 48,600.50.
  /** @param {string} text */
  function group(text) {
    return text.replace(/^(-?)(\d*)/, (_, sign, whole) => sign + whole.replace(/\B(?=(?:\d{3})+$)/g, ','));
  }

  // Rounds half away from zero: 2.5 becomes 3, and -2.5 becomes -3.
  /** @param {number} number @param {number} decimals */
  function round(number, decimals) {
    const power = Math.pow(10, decimals);
    const rounded = Math.round(Math.abs(number) * power * (1 + EPSILON)) / power;
    return number < 0 ? -rounded : rounded;
  }

  // A computed value as a report shows it: `most` decimals at most, two by default.
  /** @param {number} number @param {number} [most] */
  function showComputed(number, most) {
    const places = most === undefined ? DECIMALS : most;
    let text = fixed(round(number, places), places).replace(/0+$/, '').replace(/\.$/, '');
    if (text === '-0') {
      text = '0';
    }
    return { shown: group(text), decimals: (text.split('.')[1] || '').length };
  }

  // A computed value as a field of a type shows it. Years and months have no decimals and no separators.
  /** @param {string} type @param {number} number */
  function showFor(type, number) {
    return type === 'year' || type === 'month' ? fixed(number, 0) : showComputed(number).shown;
  }

  /** @param {string} text @returns {ReportValue} */
  function readDate(text) {
    const parts = fold(text).split(/\D+/).filter(Boolean);
    const numbers = parts.map(Number);
    if (parts.length !== 3 || parts[0].length !== 4) {
      return { fault: 'date' };
    }
    const day = new Date(0);
    day.setUTCFullYear(numbers[0], numbers[1] - 1, numbers[2]);
    // JavaScript reads 30 February as a day in March.
    if (day.getUTCMonth() !== numbers[1] - 1 || day.getUTCDate() !== numbers[2]) {
      return { fault: 'date' };
    }
    /** @param {number} number */
    const two = (number) => String(number).padStart(2, '0');
    return {
      shown: numbers[0] + '年' + numbers[1] + '月' + numbers[2] + '日',
      number: null,
      decimals: 0,
      iso: parts[0] + '-' + two(numbers[1]) + '-' + two(numbers[2])
    };
  }

  /** @type {Record<string, string[]>} */
  const OWN_SUFFIXES = {
    year: ['年'],
    month: ['月'],
    percent: ['%', '‰', '个百分点'],
    rank: ['名', '位']
  };

  // The factor of a typed suffix: 10,000 for 亿 in a field of 万元; null for a word that is not a unit of the field.
  /** @param {string} suffix @param {string} type @param {string} unit */
  function factorOf(suffix, type, unit) {
    if (suffix === '' || suffix === unit || (OWN_SUFFIXES[type] || []).includes(suffix)) {
      return 1;
    }
    /** @param {string} written */
    const currency = (written) => written.replace(/^[千万亿]+/, '');
    const isMoney = type === 'money' && currency(suffix) === currency(unit);
    return ['千', '万', '亿'].includes(suffix) || isMoney ? scale(suffix) / scale(unit) : null;
  }

  /** @param {string} text @param {string} type @param {string | null} unit @returns {ReportValue} */
  function readNumber(text, type, unit) {
    const folded = fold(text).replace(/[, \u00a0']/g, '').replace(/[−—–]/g, '-').replace(/^\+/, '');
    const [digits] = /^[\d.-]*/.exec(folded) || [''];
    const factor = factorOf(folded.slice(digits.length).trim(), type, unit || '');
    const number = Number(digits) * (factor || 0);
    if (!/^-?(?:\d+\.?\d*|\.\d+)$/.test(digits) || factor === null || !Number.isFinite(number)) {
      return { fault: 'number' };
    }
    const isWhole = Number.isInteger(number);
    if (type === 'year' && !(isWhole && number >= 1900 && number <= 2199)) {
      return { fault: 'year' };
    }
    if (type === 'month' && !(isWhole && number >= 1 && number <= 12)) {
      return { fault: 'month' };
    }
    if (type === 'integer' && !isWhole) {
      return { fault: 'integer' };
    }
    if (type === 'rank' && !(isWhole && number >= 1)) {
      return { fault: 'rank' };
    }
    if (type === 'year' || type === 'month') {
      return { shown: fixed(number, 0), number, decimals: 0 };
    }
    const decimals = (digits.split('.')[1] || '').length;
    if (factor === 1) {
      return { shown: group(fixed(number, decimals)), number, decimals };
    }
    const computed = showComputed(number);
    return { shown: computed.shown, number, decimals: computed.decimals };
  }

  // The value of a typed text: {shown, number, decimals}, {fault}, or null for an empty text.
  /** @type {Gangwei['reportValues']['readValue']} */
  function readValue(text, type, unit) {
    const trimmed = text.trim();
    if (trimmed === '') {
      return null;
    }
    if (WORDS.includes(type)) {
      return { shown: trimmed.split(/\s+/).join(' '), number: null, decimals: 0 };
    }
    return type === 'date' ? readDate(trimmed) : readNumber(trimmed, type, unit);
  }

  // The result of a formula; null where a value is missing, NaN for a division by zero.
  /** @param {ReportFormula} expr @param {(number | null)[]} numbers @returns {number | null} */
  function evaluate(expr, numbers) {
    if (typeof expr === 'number') {
      return expr;
    }
    if (expr[0] === 'field') {
      const number = numbers[expr[1]];
      return typeof number === 'number' ? number * expr[2] : null;
    }
    const left = evaluate(expr[1], numbers);
    const right = evaluate(expr[2], numbers);
    if (Number.isNaN(left) || Number.isNaN(right)) {
      return NaN;
    }
    if (left === null || right === null) {
      return null;
    }
    switch (expr[0]) {
      case '+': return left + right;
      case '-': return left - right;
      case '*': return left * right;
      default: return right === 0 ? NaN : left / right;
    }
  }

  // The fields that a formula needs.
  /** @param {ReportFormula} expr @returns {number[]} */
  function needs(expr) {
    if (typeof expr === 'number') {
      return [];
    }
    return expr[0] === 'field' ? [expr[1]] : needs(expr[1]).concat(needs(expr[2]));
  }

  // Whether a typed value contradicts the result of its formula: the difference is larger than rounding can explain.
  /** @param {{ number: number, decimals: number }} value @param {number} computed */
  function contradicts(value, computed) {
    const unit = Math.pow(10, -value.decimals);
    return Math.abs(value.number - computed) > unit / 2 + Math.abs(computed) * 4 * EPSILON + unit * 1e-9;
  }

  // The sum of a total's parts if it is more than the total, else null. A missing part counts as zero.
  /** @param {ReportCheck} check @param {(number | null)[]} numbers */
  function exceeds(check, numbers) {
    const total = numbers[check.total];
    const sum = check.parts.reduce((before, part) => before + (numbers[part[0]] || 0) * part[1], 0);
    const slack = 1e-9 * Math.max(1, Math.abs(sum));
    return typeof total === 'number' && sum > total + slack ? sum : null;
  }

  // The text that one place shows of its field's value.
  /** @param {ReportBlank} blank @param {string} shown */
  function shownAt(blank, shown) {
    return blank.digits ? shown.slice(-blank.digits) : shown;
  }

  // The report's markdown. `shown[i]` is the text of field i; a field without a text stays a blank.
  /** @param {ReportForm} form @param {string[]} shown */
  function fill(form, shown) {
    return form.text.reduce((before, piece, index) => {
      const blank = form.blanks[index - 1];
      const value = shown[blank.field];
      const written = value ? shownAt(blank, value).replace(/[\\`*_[\]<>|~]/g, '\\$&') : EMPTY;
      return before + written + piece;
    });
  }

  // Removes all values, so that every place is a blank again.
  /** @param {string[]} shown */
  function desensitise(shown) {
    return shown.map(() => '');
  }

  gangwei.reportValues = {
    EMPTY, fold, readValue, round, scale, showComputed, showFor, evaluate, needs, contradicts, exceeds, shownAt, fill, desensitise
  };
})();
