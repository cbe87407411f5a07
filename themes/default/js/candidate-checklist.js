// The application's checklist: each item has a box to tick, and the device keeps the ticks. Without this script it is a
// plain list.
(() => {
  'use strict';

  const { fill, make, start, store } = gangwei;

  start('checklist', (list) => {
    const words = /** @type {Words} */ (list.dataset);
    const { id } = words;
    const count = make('p', 'hint');
    count.setAttribute('aria-live', 'polite');
    /** @type {HTMLInputElement[]} */
    const boxes = [];

    /** @returns {string[]} */
    function ticked() {
      const all = store.read('ticks', {})[id];
      return Array.isArray(all) ? all : [];
    }

    function show() {
      const done = ticked();
      let number = 0;
      for (const box of boxes) {
        box.checked = done.indexOf(box.value) >= 0;
        number += box.checked ? 1 : 0;
      }
      count.textContent = fill(words.done, { n: number, all: boxes.length }) + ' · ' + words.note;
    }

    for (const item of list.children) {
      const label = make('label');
      const box = make('input');
      box.type = 'checkbox';
      // The value of a tick is the text of its item, so that a changed list keeps the ticks of unchanged items.
      box.value = (item.textContent || '').trim();
      boxes.push(box);
      label.append(box, ...item.childNodes);
      item.append(label);
      box.addEventListener('change', () => {
        const all = Object.assign({}, store.read('ticks', {}));
        all[id] = boxes.filter((one) => one.checked).map((one) => one.value);
        store.write('ticks', all);
        show();
      });
    }
    list.classList.add('checklist-live');
    list.after(count);
    show();
    document.addEventListener('gangwei:ticks', show);
  });
})();
