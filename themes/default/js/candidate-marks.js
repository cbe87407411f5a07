// Saving postings, and marks on rows: saved, seen, new since the last visit. All of it stays on the device.
(() => {
  'use strict';

  const { button, fill, make, start, store, today } = gangwei;
  const words = /** @type {Words} */ (document.documentElement.dataset);
  // The newest of them; storage is small.
  const SAVED = 200;
  const SEEN = 1000;

  // The last visit is the last earlier day on which a page was opened.
  function lastVisit() {
    const visit = store.read('visit', {});
    const day = today();
    if (visit.day !== day) {
      store.write('visit', { day, before: visit.day || null });
      return visit.day || null;
    }
    return visit.before;
  }

  const before = lastVisit();

  // The facts on a posting's page, in their order.
  /** @type {Gangwei['facts']} */
  function facts(page) {
    return [...page.querySelectorAll('.facts-grid > div, .facts-list > div')].map((fact) => {
      const value = /** @type {HTMLElement} */ (fact.querySelector('dd').cloneNode(true));
      // What stands on two lines stays two things on one.
      for (const line of value.querySelectorAll('br')) {
        line.replaceWith(' / ');
      }
      return [fact.querySelector('dt').textContent || '', (value.textContent || '').replace(/\s+/g, ' ').trim()];
    });
  }

  // What is kept may have been written by anything.
  /** @param {any} one */
  function isPosting(one) {
    return one && typeof one.id === 'string' && typeof one.title === 'string';
  }

  /** @type {Gangwei['saved']} */
  function saved() {
    return store.read('saved', []).filter(isPosting);
  }

  /** @param {string} id */
  function isSaved(id) {
    return saved().some((one) => one.id === id);
  }

  // The facts are kept too, for portals in a folder, where a page cannot read another.
  /** @param {SavedPosting} posting */
  function toggle(posting) {
    const others = saved().filter((one) => one.id !== posting.id);
    return store.write('saved', isSaved(posting.id) ? others : [posting].concat(others).slice(0, SAVED));
  }

  // Title and facts as the posting's own page says them now: a row has none, and what was kept grows old.
  /** @param {SavedPosting} posting */
  function renew(posting) {
    const all = saved();
    const own = all.find((one) => one.id === posting.id);
    if (own && JSON.stringify([own.title, own.facts]) !== JSON.stringify([posting.title, posting.facts])) {
      store.write('saved', all.map((one) => (one === own ? posting : one)));
    }
  }

  // One of seen and new, or neither.
  /** @param {HTMLElement} row */
  function mark(row) {
    const data = /** @type {Words} */ (row.dataset);
    /** @type {HTMLElement | null} */
    const old = row.querySelector('.row-mark');
    if (old) {
      old.remove();
    }
    const isSeen = store.read('seen', []).indexOf(data.id) >= 0;
    if (!isSeen && !(before && data.published >= before)) {
      return;
    }
    const made = make('span', 'tag row-mark mark-' + (isSeen ? 'seen' : 'new'), isSeen ? words.seen : words.new);
    row.querySelector('.row-title').append(' ', made);
  }

  /** @param {SavedPosting} posting @param {HTMLElement} place */
  function saveButton(posting, place) {
    const note = make('p', 'hint unkept');
    note.setAttribute('role', 'status');
    const save = button('', 'tool save', () => {
      const isKept = toggle(posting);
      if (!isKept && isSaved(posting.id)) {
        place.append(note);
        // What comes into a status that stands there is read out.
        setTimeout(() => {
          note.textContent = words.unkept;
        }, 0);
      }
    });
    function show() {
      const is = isSaved(posting.id);
      if (!is) {
        note.textContent = '';
        note.remove();
      }
      save.textContent = is ? words.saved : words.save;
      save.setAttribute('aria-pressed', String(is));
      save.setAttribute('aria-label', save.textContent + ' ' + posting.title);
    }
    show();
    document.addEventListener('gangwei:saved', show);
    return save;
  }

  start('marks', (row) => {
    const id = row.dataset.id || '';
    mark(row);
    document.addEventListener('gangwei:seen', () => mark(row));
    row.append(saveButton({ id, title: row.querySelector('.row-title a').textContent || '', facts: [] }, row));
  });

  // On its own page: the posting is seen from now on.
  start('save', (tools) => {
    const { id, title } = /** @type {Words} */ (tools.dataset);
    const others = store.read('seen', []).filter((/** @type {unknown} */ one) => one !== id);
    store.write('seen', [id].concat(others).slice(0, SEEN));
    const posting = { id, title, facts: facts(document) };
    renew(posting);
    tools.prepend(saveButton(posting, tools));
    tools.hidden = false;
  });

  // The way to what is saved, with its number. Another page shows only what the storage keeps.
  start('saved-link', (/** @type {HTMLAnchorElement} */ link) => {
    const isHere = link.pathname === location.pathname;
    function show() {
      const count = isHere ? saved().length : store.lasting('saved', []).filter(isPosting).length;
      link.hidden = count === 0;
      link.textContent = fill(words.savedCount, { n: count });
    }
    show();
    document.addEventListener('gangwei:saved', show);
  });

  Object.assign(gangwei, { facts, saved });
})();
