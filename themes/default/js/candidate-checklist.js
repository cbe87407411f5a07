// The application's checklist: each item with a box to tick, kept on the device. Without this script it is a list.
(function () {
  'use strict';

  const store = window.gangwei.store;

  window.gangwei.start('checklist', function (list) {
    const id = list.dataset.id;
    const count = document.createElement('p');
    count.className = 'hint';
    count.setAttribute('aria-live', 'polite');
    const boxes = [];

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
      count.textContent = list.dataset.done.replace('{n}', number).replace('{all}', boxes.length) + ' · ' + list.dataset.note;
    }

    for (const item of list.children) {
      const label = document.createElement('label');
      const box = document.createElement('input');
      box.type = 'checkbox';
      // By its words: a list that changes keeps the ticks of what stayed.
      box.value = item.textContent.trim();
      boxes.push(box);
      label.append(box, ...item.childNodes);
      item.append(label);
      box.addEventListener('change', function () {
        const all = Object.assign({}, store.read('ticks', {}));
        all[id] = boxes.filter(function (one) {
          return one.checked;
        }).map(function (one) {
          return one.value;
        });
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
