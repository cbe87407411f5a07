// A report's page as a form: fields beside the live text. The script connects the parts: state, fields, text, drafts,
// tools. It does not write into a field that has the focus, so that it never disturbs an input method.
(() => {
  'use strict';

  const { fill, start } = gangwei;
  const PAUSE = 700;
  const BESIDE = '(min-width: 56.25rem)';

  // Calls `run` after a pause without further calls. `now` runs a waiting call at once, `cancel` drops it.
  /** @type {ShelfPage['afterPause']} */
  function afterPause(run, pause) {
    let timer = 0;
    const cancel = () => {
      clearTimeout(timer);
      timer = 0;
    };
    return {
      cancel,
      now() {
        if (timer) {
          cancel();
          run();
        }
      },
      later() {
        clearTimeout(timer);
        timer = setTimeout(() => {
          timer = 0;
          run();
        }, pause);
      }
    };
  }

  start('report-form', (work) => {
    /** @type {ReportForm} */
    const form = JSON.parse(document.querySelector('#report-form').textContent || '');
    const words = /** @type {Words} */ (work.dataset);
    /** @param {string} selector @returns {HTMLElement} */
    const find = (selector) => work.querySelector(selector);
    const panel = find('.report-form');
    const status = find('.report-status');
    const state = gangwei.reportState.openState(form);
    const fields = gangwei.reportFields.makeFields(form, find('.report-fields'), words);
    const text = gangwei.reportText.openText(find('.sheet'), form, words, (index) => fields[index].input.focus());
    /** @type {EventTarget | null} */
    let composing = null;
    let isMasked = false;

    // The number of the field that an event came from, and its input.
    /** @param {Event} event */
    function fieldOf(event) {
      const input = /** @type {HTMLInputElement} */ (event.target);
      const { field } = input.dataset;
      return field === undefined ? null : { index: Number(field), input };
    }

    /** @param {number} index */
    const isFocused = (index) => fields[index].input === document.activeElement;

    /** @param {string} sentence */
    function say(sentence) {
      status.textContent = sentence;
    }

    // Shows a field in the form and in the text.
    /** @param {number} index */
    function paint(index) {
      const { input, badge } = fields[index];
      const isComputed = state.isComputed(index);
      text.show(index, isMasked ? '' : state.shown[index]);
      badge.hidden = !isComputed;
      if (form.fields[index].formula !== null && !isFocused(index) && state.typed[index].trim() === '') {
        input.value = state.shown[index];
      }
    }

    function count() {
      const missing = state.missing();
      find('.report-left').textContent = fill(missing ? words.left : words.complete, { n: missing, m: fields.length });
    }

    // Shows a fault at its field and at its places. A text that somebody is still typing gets no new fault.
    function judge() {
      /** @type {string[]} */
      const news = [];
      fields.forEach(({ input, message }, index) => {
        const doubt = state.doubt(index);
        if (doubt && doubt.text !== undefined && isFocused(index) && message.hidden) {
          return;
        }
        const names = doubt && doubt.parts ? { names: doubt.parts.map((part) => form.fields[part].label).join(words.comma) } : {};
        const sentence = doubt ? fill(words['fault' + doubt.fault[0].toUpperCase() + doubt.fault.slice(1)], { ...doubt, ...names }) : '';
        if (message.textContent !== sentence) {
          message.textContent = sentence;
          message.hidden = !doubt;
          input.setAttribute('aria-invalid', String(Boolean(doubt)));
          text.mark(index, doubt ? message.id : null);
          if (doubt) {
            news.push(form.fields[index].label + words.colon + sentence);
          }
        }
      });
      if (news.length) {
        say(news.join(' '));
      }
      find('.report-words').textContent = fill(words.words, { n: text.count() });
    }

    const judging = afterPause(judge, PAUSE);

    /** @param {number} index @param {string} value */
    function take(index, value) {
      state.set(index, value).forEach(paint);
      fields[index].badge.hidden = !state.isComputed(index);
      count();
      judging.later();
      shelf.keep();
    }

    // When a field loses the focus, it shows its value as the report does: 3.2亿 becomes 32,000 in a field of 万元.
    /** @param {number} index */
    function finish(index) {
      const value = state.read(index);
      const { input } = fields[index];
      if (value && value.fault === undefined && form.fields[index].type !== 'date' && value.shown !== input.value) {
        input.value = value.shown;
        take(index, value.shown);
      }
      paint(index);
      judging.later();
      judging.now();
    }

    // Puts a text into a field. If a date input cannot hold the text, it becomes a text input, so that the text stays
    // readable.
    /** @param {number} index @param {string} typed */
    function enter(index, typed) {
      const { input } = fields[index];
      state.set(index, typed);
      if (form.fields[index].type === 'date') {
        const value = state.read(index);
        const isFault = value && value.fault !== undefined;
        input.type = isFault ? 'text' : 'date';
        state.set(index, value && value.fault === undefined && value.iso ? value.iso : typed);
      }
      input.value = state.typed[index];
    }

    function paintAll() {
      fields.forEach((_, index) => paint(index));
      count();
    }

    // Enters the values of a whole draft.
    /** @param {Texts} values */
    function enterAll(values) {
      fields.forEach((_, index) => enter(index, values.get(form.fields[index].name) || ''));
      paintAll();
      judge();
    }

    // Enters the texts that another window typed, except into the field that has the focus here.
    /** @param {Texts} values */
    function adopt(values) {
      fields.forEach(({ input }, index) => {
        const isBusy = composing === input || (isFocused(index) && document.hasFocus());
        const typed = values.get(form.fields[index].name);
        if (typed !== undefined && !isBusy) {
          enter(index, typed);
        }
      });
      paintAll();
      judging.later();
    }

    /** @param {ReportField} field @param {number} index @returns {[string, string]} */
    const pairOf = (field, index) => [field.name, state.typed[index]];

    const shelf = gangwei.reportShelf.openShelf({
      work,
      form,
      words,
      say,
      afterPause,
      fill: enterAll,
      adopt,
      typed: () => new Map(form.fields.map(pairOf).filter((entry) => entry[1].trim() !== '')),
      labels: () => new Map(form.fields.map((field) => [field.name, field.label]))
    });

    gangwei.reportTools.openTools({
      work,
      form,
      words,
      say,
      plain: text.plain,
      shown: () => (isMasked ? gangwei.reportValues.desensitise(state.shown) : state.shown),
      mask(on) {
        isMasked = on;
        fields.forEach((_, index) => paint(index));
        judge();
      }
    });

    panel.addEventListener('compositionstart', (event) => {
      composing = event.target;
    });
    panel.addEventListener('compositionend', (event) => {
      const field = fieldOf(event);
      composing = null;
      if (field) {
        take(field.index, field.input.value);
        if (!isFocused(field.index)) {
          finish(field.index);
        }
      }
    });
    panel.addEventListener('input', (event) => {
      const field = fieldOf(event);
      if (field && composing !== event.target) {
        take(field.index, field.input.value);
      }
    });
    panel.addEventListener('focusin', (event) => {
      const field = fieldOf(event);
      if (field) {
        text.highlight(field.index, window.matchMedia(BESIDE).matches);
      }
    });
    panel.addEventListener('focusout', (event) => {
      const field = fieldOf(event);
      text.highlight(null, false);
      if (field && composing !== event.target) {
        shelf.meet();
        finish(field.index);
      }
    });
    // The Enter key moves to the next field, as in a table.
    panel.addEventListener('keydown', (event) => {
      const inputs = Array.from(panel.querySelectorAll('.report-input'));
      const at = inputs.indexOf(/** @type {HTMLElement} */ (event.target));
      if (event.key === 'Enter' && at >= 0 && !event.isComposing && composing === null) {
        event.preventDefault();
        (inputs[at + 1] || inputs[at]).focus();
      }
    });

    panel.hidden = false;
    find('.report-tools').hidden = false;
    work.classList.add('is-filling');
    document.body.classList.add('has-report-form');
    shelf.start();
  });
})();
