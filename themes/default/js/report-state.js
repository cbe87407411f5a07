// The state of a report while somebody fills it in: typed texts, shown texts, computed values, contradictions. It knows
// no page: a change returns the fields that show another text now, so that the page redraws only these.
(() => {
  'use strict';

  const values = gangwei.reportValues;

  // For every field, the fields that are computed from it, directly or indirectly, in the order of computation.
  /** @param {ReportField[]} fields */
  function dependents(fields) {
    /** @type {number[][]} */
    const next = fields.map(() => []);
    const open = fields.map(() => 0);
    fields.forEach((field, index) => {
      const needed = field.formula === null ? [] : Array.from(new Set(values.needs(field.formula)));
      needed.filter((other) => fields[other]).forEach((other) => {
        next[other].push(index);
        open[index] += 1;
      });
    });
    const order = fields.map((_, index) => index).filter((index) => open[index] === 0);
    for (let at = 0; at < order.length; at += 1) {
      next[order[at]].forEach((index) => {
        open[index] -= 1;
        if (open[index] === 0) {
          order.push(index);
        }
      });
    }
    const rank = fields.map(() => 0);
    order.forEach((index, place) => {
      rank[index] = place;
    });
    return fields.map((_, index) => {
      /** @type {Set<number>} */
      const found = new Set();
      const waiting = [index];
      for (let at = 0; at < waiting.length; at += 1) {
        next[waiting[at]].forEach((other) => {
          if (!found.has(other) && open[other] === 0) {
            found.add(other);
            waiting.push(other);
          }
        });
      }
      return Array.from(found).sort((one, other) => rank[one] - rank[other]);
    });
  }

  /** @type {Gangwei['reportState']['openState']} */
  function openState(form) {
    const { fields } = form;
    const later = dependents(fields);
    const typed = fields.map(() => '');
    /** @type {(ReportValue | null)[]} */
    const read = fields.map(() => null);
    /** @type {(number | null)[]} */
    const computed = fields.map(() => null);
    /** @type {(number | null)[]} */
    const numbers = fields.map(() => null);
    const shown = fields.map(() => '');

    /** @param {number} index */
    function settle(index) {
      const field = fields[index];
      const before = shown[index];
      if (field.formula !== null) {
        computed[index] = values.evaluate(field.formula, numbers);
      }
      const value = read[index];
      const result = computed[index];
      const isComputed = typed[index].trim() === '' && result !== null && Number.isFinite(result);
      numbers[index] = isComputed ? result : value && value.fault === undefined ? value.number : null;
      shown[index] = isComputed ? values.showFor(field.type, result) : value && value.fault === undefined ? value.shown : '';
      return shown[index] !== before;
    }

    return {
      typed,
      shown,
      // Sets the typed text of a field. Returns the fields that show another text now.
      set(index, text) {
        typed[index] = text;
        read[index] = values.readValue(text, fields[index].type, fields[index].unit);
        return [index].concat(later[index]).filter(settle);
      },
      // The value that was read from the typed text: {shown, number, decimals}, {fault}, or null.
      read: (index) => read[index],
      // Whether the field shows the result of its formula.
      isComputed: (index) => typed[index].trim() === '' && shown[index] !== '',
      // The fault of a field: {fault, …}, or null.
      doubt(index) {
        const value = read[index];
        if (value && value.fault !== undefined) {
          return { fault: value.fault, text: typed[index].trim() };
        }
        const other = computed[index];
        if (other !== null && Number.isNaN(other)) {
          return { fault: 'zero' };
        }
        if (value && value.number !== null && other !== null && values.contradicts({ number: value.number, decimals: value.decimals }, other)) {
          const isDate = ['year', 'month'].includes(fields[index].type);
          const places = Math.max(2, value.decimals + 1);
          return { fault: 'formula', typed: value.shown, computed: isDate ? values.showFor(fields[index].type, other) : values.showComputed(other, places).shown };
        }
        const check = form.checks.find((one) => one.total === index && values.exceeds(one, numbers) !== null);
        const sum = check ? values.exceeds(check, numbers) : null;
        if (!check || sum === null) {
          return null;
        }
        const short = values.showComputed(sum).shown;
        // If the sum and the total would look the same, the sum gets more decimals.
        return {
          fault: 'parts',
          sum: short === shown[index] ? values.showComputed(sum, 6).shown : short,
          total: shown[index],
          parts: check.parts.map((part) => part[0])
        };
      },
      // How many fields must still be filled.
      missing: () => fields.filter((field, index) => field.required && shown[index] === '').length
    };
  }

  gangwei.reportState = { openState };
})();
