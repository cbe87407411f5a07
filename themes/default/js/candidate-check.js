// The self-check compares answers with the conditions of a posting. Answers stay on the device, for the next posting
// too.
(() => {
  'use strict';

  const { button, fill, start, store } = gangwei;

  /** @param {string} text */
  function folded(text) {
    return text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
  }

  // Whether an answer meets a condition; null without an answer.
  /** @param {HTMLElement} item @param {string} value @param {string | undefined} whose */
  function meets(item, value, whose) {
    const data = item.dataset;
    if (value === '') {
      return null;
    }
    if (data.ask === 'majors') {
      const own = folded(value);
      /** @type {NodeListOf<HTMLOptionElement>} */
      const options = item.querySelectorAll('datalist option');
      return own === '' ? null : [...options].some((option) => {
        const major = folded(option.value);
        // 金融 and 金融学（国际金融） both meet 金融学.
        return own === major || (own.length > 1 && (major.indexOf(own) === 0 || own.indexOf(major) === 0));
      });
    }
    if (data.ask === 'graduation') {
      return [...item.querySelectorAll('[data-from]')].some((window) => {
        const { from, to } = /** @type {Words} */ (window.dataset);
        return (whose === undefined || window.textContent === whose) && value >= from && value <= to;
      });
    }
    const number = Number(value) * (data.ask === 'months' ? 12 : 1);
    return Number.isFinite(number) && number >= Number(data.least);
  }

  start('check', (form) => {
    const items = [...form.querySelectorAll('[data-ask]')];
    const summary = form.querySelector('.check-summary');
    const say = /** @type {Words} */ (form.dataset);
    /** @type {NodeListOf<HTMLInputElement | HTMLSelectElement>} */
    const fields = form.querySelectorAll('[data-key]');

    function show() {
      const lacking = [];
      let met = 0;
      for (const item of items) {
        /** @type {HTMLInputElement} */
        const field = item.querySelector('[data-key]:not([data-key="whose"])');
        /** @type {HTMLSelectElement | null} */
        const whose = item.querySelector('[data-key="whose"]');
        const is = meets(item, field.value, whose ? whose.value : undefined);
        item.className = 'check-item check-' + (is === null ? 'open' : is ? 'met' : 'lacking');
        item.querySelector('.check-result').textContent = is === null ? say.open : is ? say.met : say.lacking;
        if (is) {
          met += 1;
        } else if (is === false) {
          lacking.push(fill(say.named, item.dataset));
        }
      }
      const left = items.length - met - lacking.length;
      const parts = [];
      if (lacking.length) {
        parts.push(fill(say.lacks, { n: lacking.length, names: lacking.join(say.comma) }));
      } else if (met) {
        parts.push(say.all);
      }
      if (left) {
        parts.push(fill(say.left, { n: left }));
      }
      summary.textContent = parts.join(' ');
    }

    // A choice without such an answer stays empty.
    /** @param {HTMLInputElement | HTMLSelectElement} field */
    function leaveOpen(field) {
      if (field instanceof HTMLSelectElement && field.selectedIndex < 0) {
        field.selectedIndex = 0;
      }
    }

    function recall() {
      const answers = store.read('answers', {});
      for (const field of fields) {
        const kept = answers[field.dataset.key || ''];
        if (typeof kept === 'string' && field.value !== kept) {
          field.value = kept;
        }
        leaveOpen(field);
      }
      show();
    }

    /** @param {Event} event */
    function keep(event) {
      const { isComposing, target } = /** @type {InputEvent} */ (event);
      const field = /** @type {HTMLInputElement | HTMLSelectElement} */ (target);
      const { key } = field.dataset;
      // While an input method is composing, the text is not final.
      if (isComposing || !key) {
        return;
      }
      store.write('answers', Object.assign({}, store.read('answers', {}), { [key]: field.value }));
      show();
    }

    form.addEventListener('input', keep);
    form.addEventListener('compositionend', keep);
    form.querySelector('.check-tools').append(button(say.wipe, 'tool', () => {
      store.wipe(['answers']);
      for (const field of fields) {
        field.value = '';
        if (field instanceof HTMLSelectElement) {
          field.selectedIndex = 0;
        }
      }
      show();
    }));
    recall();
    form.closest('section').hidden = false;
    for (const link of document.querySelectorAll('[data-check-link]')) {
      link.hidden = false;
    }
  });
})();
