// The fields of a report's form: one fieldset for each section, one input for each field, with label, unit and notes.
(function () {
  'use strict';

  const NUMERIC = ['year', 'month', 'integer', 'rank'];
  const DECIMAL = ['money', 'number', 'percent'];

  function make(name, className, text) {
    const element = document.createElement(name);
    element.className = className;
    if (text) {
      element.textContent = text;
    }
    return element;
  }

  // A field's unit as the text writes it: units come in Simplified characters, the text may be in others.
  function unitOf(form, field) {
    const { unit } = field;
    const written = field.blanks.map((number) => (form.text[number + 1] || '').slice(0, (unit || '').length));
    return unit && (written.find((text) => window.gangwei.reportValues.fold(text) === unit) || unit);
  }

  // One field: {row, input, message, badge}.
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
    input.dataset.field = index;
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
      label.append(make('span', 'visually-hidden', words.unit.replace('{unit}', shownUnit)));
      const unit = make('span', 'report-unit', shownUnit);
      unit.setAttribute('aria-hidden', 'true');
      line.append(unit);
    }
    const message = make('p', 'report-message');
    message.id = id + '-message';
    message.hidden = true;
    const notes = [field.hint, field.example && words.example.replace('{text}', field.example)].filter(Boolean);
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
  function makeFields(form, box, words) {
    const groups = new Map();
    const fields = form.fields.map((field, index) => {
      if (!groups.has(field.section)) {
        const group = make('fieldset', 'report-group');
        group.append(make('legend', '', form.sections[field.section] || words.opening));
        groups.set(field.section, group);
      }
      const made = makeField(form, index, words);
      groups.get(field.section).append(made.row);
      return made;
    });
    Array.from(groups.keys()).sort((one, other) => one - other).forEach((section) => box.append(groups.get(section)));
    return fields;
  }

  window.gangwei.reportFields = { makeFields };
})();
