// A report's page as a form: fields beside the live text. It joins the parts: state, fields, text, drafts, tools.
// While a field has the focus nothing is written into it, so that no input method is ever disturbed.
(function () {
  'use strict';

  const gangwei = window.gangwei;
  const PAUSE = 700;
  const BESIDE = '(min-width: 56.25rem)';

  // Puts words into a sentence: {name} by its value.
  function put(sentence, values) {
    return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  }

  // Calls `run` once nothing has happened for a while; `now` calls it at once where it waits, `cancel` never.
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

  gangwei.start('report-form', (work) => {
    const form = JSON.parse(document.getElementById('report-form').textContent);
    const words = work.dataset;
    const find = (selector) => work.querySelector(selector);
    const panel = find('.report-form');
    const status = find('.report-status');
    const state = gangwei.reportState.openState(form);
    const fields = gangwei.reportFields.makeFields(form, find('.report-fields'), words);
    const text = gangwei.reportText.openText(find('.sheet'), form, words, (index) => fields[index].input.focus());
    let composing = null;
    let isMasked = false;

    const indexOf = (element) => (element.dataset && element.dataset.field !== undefined ? Number(element.dataset.field) : null);
    const isFocused = (index) => fields[index].input === document.activeElement;

    function say(sentence) {
      status.textContent = sentence;
    }

    // Shows a field in the form and in the text.
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
      find('.report-left').textContent = put(missing ? words.left : words.complete, { n: missing, m: fields.length });
    }

    // Says at its field and at its places what cannot be right. What is still being typed is not judged.
    function judge() {
      const news = [];
      fields.forEach(({ input, message }, index) => {
        const doubt = state.doubt(index);
        if (doubt && doubt.text !== undefined && isFocused(index) && message.hidden) {
          return;
        }
        const names = doubt && doubt.parts ? { names: doubt.parts.map((part) => form.fields[part].label).join(words.comma) } : {};
        const sentence = doubt ? put(words['fault' + doubt.fault[0].toUpperCase() + doubt.fault.slice(1)], { ...doubt, ...names }) : '';
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
      find('.report-words').textContent = put(words.words, { n: text.count() });
    }

    const judging = afterPause(judge, PAUSE);

    function take(index, value) {
      state.set(index, value).forEach(paint);
      fields[index].badge.hidden = !state.isComputed(index);
      count();
      judging.later();
      shelf.keep();
    }

    // A field that is left shows its value as the report does: 3.2亿 becomes 32,000 in a field of 万元.
    function finish(index) {
      const value = state.read(index);
      const { input } = fields[index];
      if (value && !value.fault && form.fields[index].type !== 'date' && value.shown !== input.value) {
        input.value = value.shown;
        take(index, value.shown);
      }
      paint(index);
      judging.later();
      judging.now();
    }

    // Puts a text into a field; what a date's own input cannot hold stays readable in a plain one.
    function enter(index, typed) {
      const { input } = fields[index];
      state.set(index, typed);
      if (form.fields[index].type === 'date') {
        const value = state.read(index);
        input.type = value && value.fault ? 'text' : 'date';
        state.set(index, value && value.iso ? value.iso : typed);
      }
      input.value = state.typed[index];
    }

    function paintAll() {
      fields.forEach((_, index) => paint(index));
      count();
    }

    // Fills the whole form.
    function fill(values) {
      fields.forEach((_, index) => enter(index, values.get(form.fields[index].name) || ''));
      paintAll();
      judge();
    }

    // Puts in what another window typed, but not into the field that is being typed in here.
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

    const shelf = gangwei.reportShelf.openShelf({
      work,
      form,
      words,
      put,
      say,
      afterPause,
      fill,
      adopt,
      typed: () => new Map(form.fields.map((field, index) => [field.name, state.typed[index]]).filter((entry) => entry[1].trim() !== '')),
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
      const index = indexOf(event.target);
      composing = null;
      if (index !== null) {
        take(index, event.target.value);
        if (!isFocused(index)) {
          finish(index);
        }
      }
    });
    panel.addEventListener('input', (event) => {
      const index = indexOf(event.target);
      if (index !== null && composing !== event.target) {
        take(index, event.target.value);
      }
    });
    panel.addEventListener('focusin', (event) => {
      const index = indexOf(event.target);
      if (index !== null) {
        text.highlight(index, window.matchMedia(BESIDE).matches);
      }
    });
    panel.addEventListener('focusout', (event) => {
      const index = indexOf(event.target);
      text.highlight(null, false);
      if (index !== null && composing !== event.target) {
        shelf.meet();
        finish(index);
      }
    });
    // Enter leads to the next field, as in a table.
    panel.addEventListener('keydown', (event) => {
      const inputs = Array.from(panel.querySelectorAll('.report-input'));
      const at = inputs.indexOf(event.target);
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
