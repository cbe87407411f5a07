// Saving postings, and marks on rows: saved, seen, new since the last visit. All of it stays on the device.
(function () {
  'use strict';

  const store = window.gangwei.store;
  const words = document.documentElement.dataset;
  // The newest of them; storage is small.
  const SAVED = 200;
  const SEEN = 1000;

  function today() {
    if (words.clock) {
      return words.clock.slice(0, 10);
    }
    return new Intl.DateTimeFormat('en-CA', { timeZone: words.timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date());
  }

  // The last visit is the last earlier day on which a page was opened.
  function lastVisit() {
    const visit = store.read('visit', {});
    const day = today();
    if (visit.day !== day) {
      store.write('visit', { day: day, before: visit.day || null });
      return visit.day || null;
    }
    return visit.before;
  }

  const before = lastVisit();

  // The facts on a posting's page, in their order.
  window.gangwei.facts = function (page) {
    return [...page.querySelectorAll('.facts-grid > div, .facts-list > div')].map(function (fact) {
      const value = fact.querySelector('dd').cloneNode(true);
      // What stands on two lines stays two things on one.
      for (const line of value.querySelectorAll('br')) {
        line.replaceWith(' / ');
      }
      return [fact.querySelector('dt').textContent, value.textContent.replace(/\s+/g, ' ').trim()];
    });
  };

  // What is kept may have been written by anything.
  function isPosting(one) {
    return one && typeof one.id === 'string' && typeof one.title === 'string';
  }

  function saved() {
    return store.read('saved', []).filter(isPosting);
  }

  window.gangwei.saved = saved;

  function isSaved(id) {
    return saved().some(function (one) {
      return one.id === id;
    });
  }

  // The facts are kept too, for portals in a folder, where a page cannot read another.
  function toggle(id, title, facts) {
    const others = saved().filter(function (one) {
      return one.id !== id;
    });
    return store.write('saved', isSaved(id) ? others : [{ id: id, title: title, facts: facts }].concat(others).slice(0, SAVED));
  }

  // Title and facts as the posting's own page says them now: a row has none, and what was kept grows old.
  function renew(id, title, facts) {
    const all = saved();
    const own = all.find(function (one) {
      return one.id === id;
    });
    if (own && JSON.stringify([own.title, own.facts]) !== JSON.stringify([title, facts])) {
      store.write('saved', all.map(function (one) {
        return one === own ? { id: id, title: title, facts: facts } : one;
      }));
    }
  }

  // One of seen and new, or neither.
  function mark(row) {
    const old = row.querySelector('.row-mark');
    if (old) {
      old.remove();
    }
    const seen = store.read('seen', []).indexOf(row.dataset.id) >= 0;
    if (!seen && !(before && row.dataset.published >= before)) {
      return;
    }
    const made = document.createElement('span');
    made.className = 'tag row-mark mark-' + (seen ? 'seen' : 'new');
    made.textContent = seen ? words.seen : words.new;
    row.querySelector('.row-title').append(' ', made);
  }

  function saveButton(id, title, facts, place) {
    const note = document.createElement('p');
    note.className = 'hint unkept';
    note.setAttribute('role', 'status');
    const button = window.gangwei.button('', 'tool save', function () {
      const isKept = toggle(id, title, facts);
      if (!isKept && isSaved(id)) {
        place.append(note);
        // What comes into a status that stands there is read out.
        setTimeout(function () {
          note.textContent = words.unkept;
        }, 0);
      }
    });
    function show() {
      const is = isSaved(id);
      if (!is) {
        note.textContent = '';
        note.remove();
      }
      button.textContent = is ? words.saved : words.save;
      button.setAttribute('aria-pressed', String(is));
      button.setAttribute('aria-label', button.textContent + ' ' + title);
    }
    show();
    document.addEventListener('gangwei:saved', show);
    return button;
  }

  window.gangwei.start('marks', function (row) {
    const id = row.dataset.id;
    mark(row);
    document.addEventListener('gangwei:seen', function () {
      mark(row);
    });
    row.append(saveButton(id, row.querySelector('.row-title a').textContent, [], row));
  });

  // On its own page: the posting is seen from now on.
  window.gangwei.start('save', function (tools) {
    const id = tools.dataset.id;
    const others = store.read('seen', []).filter(function (one) {
      return one !== id;
    });
    store.write('seen', [id].concat(others).slice(0, SEEN));
    const facts = window.gangwei.facts(document);
    renew(id, tools.dataset.title, facts);
    tools.prepend(saveButton(id, tools.dataset.title, facts, tools));
    tools.hidden = false;
  });

  // The way to what is saved, with its number. Another page shows only what the storage keeps.
  window.gangwei.start('saved-link', function (link) {
    const isHere = link.pathname === location.pathname;
    function show() {
      const count = isHere ? saved().length : store.lasting('saved', []).filter(isPosting).length;
      link.hidden = count === 0;
      link.textContent = words.savedCount.replace('{n}', count);
    }
    show();
    document.addEventListener('gangwei:saved', show);
  });
})();
