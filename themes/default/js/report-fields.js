// The fields of a report's form: one fieldset for each section, one input for each field, with label, unit and notes.
(() => {
  'use strict';

  const { fill, make } = gangwei;
  const NUMERIC = ['year', 'month', 'integer', 'rank'];
  const DECIMAL = ['money', 'number', 'percent'];

  // A field's unit as the text writes it. The form has units in Simplified characters, the text may be in Traditional
  // ones.
  /** @param {ReportForm} form @param {ReportField} field */
  function unitOf(form, field) {
    const { unit } = field;
    const written = field.blanks.map((number) => (form.text[number + 1] || '').slice(0, (unit || '').length));
    return unit && (written.find((text) => gangwei.reportValues.fold(text) === unit) || unit);
  }

  // One field: {row, input, message, badge}.
  /** @param {ReportForm} form @param {number} index @param {Words} words @returns {ReportFieldParts} */
  function makeField(form, index, words) {
    const field = form.fields[index];
    const shownUnit = unitOf(form, field);
    const id = 'gw-report-' + index;
    const row = make('div', 'report-field');
    const label = make('label', 'report-label');
    label.htmlFor = id;
    label.append(make('span', '', field.label));
    const input = make('input', 'report-input');
    input.id = id;
    input.name = 'field-' + index;
    input.type = field.type === 'date' ? 'date' : 'text';
    input.autocomplete = 'off';
    input.spellcheck = false;
    input.dataset.field = String(index);
    if (NUMERIC.includes(field.type) || DECIMAL.includes(field.type)) {
      input.inputMode = NUMERIC.includes(field.type) ? 'numeric' : 'decimal';
      input.classList.add('report-figure');
    }
    if (field.required) {
      input.setAttribute('aria-required', 'true');
      const mark = make('span', 'report-required', words.required);
      mark.setAttribute('aria-hidden', 'true');
      label.append(' ', mark);
    }
    const badge = make('span', 'report-badge', words.computed);
    badge.id = id + '-badge';
    badge.hidden = true;
    const head = make('div', 'report-head');
    head.append(label, badge);
    const line = make('div', 'report-line');
    line.append(input);
    if (shownUnit) {
      label.append(make('span', 'visually-hidden', fill(words.unit, { unit: shownUnit })));
      const unit = make('span', 'report-unit', shownUnit);
      unit.setAttribute('aria-hidden', 'true');
      line.append(unit);
    }
    const message = make('p', 'report-message');
    message.id = id + '-message';
    message.hidden = true;
    const notes = [field.hint, field.example && fill(words.example, { text: field.example })].filter(Boolean);
    row.append(head);
    const described = [badge.id, message.id];
    if (notes.length) {
      const note = make('p', 'report-note', notes.join(words.clause));
      note.id = id + '-note';
      described.unshift(note.id);
      row.append(note);
    }
    row.append(line, message);
    input.setAttribute('aria-describedby', described.join(' '));
    return { row, input, message, badge };
  }

  // Builds all fields into `box`, in their sections and in the order of the form.
  /** @type {Gangwei['reportFields']['makeFields']} */
  function makeFields(form, box, words) {
    /** @type {Map<number, HTMLElement>} */
    const groups = new Map();
    const fields = form.fields.map((field, index) => {
      const group = groups.get(field.section) || make('fieldset', 'report-group');
      if (!groups.has(field.section)) {
        group.append(make('legend', '', form.sections[field.section] || words.opening));
        groups.set(field.section, group);
      }
      const made = makeField(form, index, words);
      group.append(made.row);
      return made;
    });
    const sections = Array.from(groups).sort((one, other) => one[0] - other[0]);
    box.append(...sections.map((section) => section[1]));
    return fields;
  }

  gangwei.reportFields = { makeFields };
})();
