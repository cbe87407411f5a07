// The self-check: answers against the conditions of a posting. Answers stay on the device, for the next posting too.
(function () {
  'use strict';

  const store = window.gangwei.store;

  function folded(text) {
    return text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
  }

  // Whether an answer meets a condition; null where nothing was answered.
  function meets(item, value, whose) {
    const data = item.dataset;
    if (value === '') {
      return null;
    }
    if (data.ask === 'majors') {
      const own = folded(value);
      return own === '' ? null : [...item.querySelectorAll('datalist option')].some(function (option) {
        const major = folded(option.value);
        // 金融 answers 金融学, and 金融学（国际金融） does too.
        return own === major || (own.length > 1 && (major.indexOf(own) === 0 || own.indexOf(major) === 0));
      });
    }
    if (data.ask === 'graduation') {
      return [...item.querySelectorAll('[data-from]')].some(function (window) {
        return (whose === undefined || window.textContent === whose) && value >= window.dataset.from && value <= window.dataset.to;
      });
    }
    const number = Number(value) * (data.ask === 'months' ? 12 : 1);
    return Number.isFinite(number) && number >= Number(data.least);
  }

  window.gangwei.start('check', function (form) {
    const items = [...form.querySelectorAll('[data-ask]')];
    const summary = form.querySelector('.check-summary');
    const say = form.dataset;

    function show() {
      const lacking = [];
      let met = 0;
      for (const item of items) {
        const field = item.querySelector('[data-key]:not([data-key="whose"])');
        const whose = item.querySelector('[data-key="whose"]');
        const is = meets(item, field.value, whose ? whose.value : undefined);
        item.className = 'check-item check-' + (is === null ? 'open' : is ? 'met' : 'lacking');
        item.querySelector('.check-result').textContent = is === null ? say.open : is ? say.met : say.lacking;
        if (is) {
          met += 1;
        } else if (is === false) {
          lacking.push(say.named.replace(/{(title|need)}/g, function (whole, part) {
            return item.dataset[part];
          }));
        }
      }
      const left = items.length - met - lacking.length;
      const parts = [];
      if (lacking.length) {
        parts.push(say.lacks.replace('{n}', lacking.length).replace('{names}', function () {
          return lacking.join(say.comma);
        }));
      } else if (met) {
        parts.push(say.all);
      }
      if (left) {
        parts.push(say.left.replace('{n}', left));
      }
      summary.textContent = parts.join(' ');
    }

    function fill() {
      const answers = store.read('answers', {});
      for (const field of form.querySelectorAll('[data-key]')) {
        const kept = answers[field.dataset.key];
        if (typeof kept === 'string' && field.value !== kept) {
          field.value = kept;
        }
        // A kept answer that this posting's choices do not hold leaves the choice open.
        if (field.localName === 'select' && field.selectedIndex < 0) {
          field.selectedIndex = 0;
        }
      }
      show();
    }

    function keep(event) {
      // While an input method is composing, the text is not yet what is meant.
      if (event.isComposing || !event.target.dataset.key) {
        return;
      }
      const answers = Object.assign({}, store.read('answers', {}));
      answers[event.target.dataset.key] = event.target.value;
      store.write('answers', answers);
      show();
    }

    form.addEventListener('input', keep);
    form.addEventListener('compositionend', keep);
    form.querySelector('.check-tools').append(window.gangwei.button(say.wipe, 'tool', function () {
      store.wipe(['answers']);
      for (const field of form.querySelectorAll('[data-key]')) {
        field.value = '';
        if (field.localName === 'select') {
          field.selectedIndex = 0;
        }
      }
      show();
    }));
    fill();
    form.closest('section').hidden = false;
    for (const link of document.querySelectorAll('[data-check-link]')) {
      link.hidden = false;
    }
  });
})();
