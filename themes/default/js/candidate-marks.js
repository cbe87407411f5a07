// Saves postings and marks rows: saved, seen, new since the last visit. All data stay on the device.
(() => {
  'use strict';

  const { button, fill, make, start, store, today } = gangwei;
  const words = /** @type {Words} */ (document.documentElement.dataset);
  // Keeps only the newest, since storage is small.
  const SAVED = 200;
  const SEEN = 1000;

  // The last visit is the last earlier day on which the device opened a page.
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
      // The texts of two lines stay separate on one line.
      for (const line of value.querySelectorAll('br')) {
        line.replaceWith(' / ');
      }
      return [fact.querySelector('dt').textContent || '', (value.textContent || '').replace(/\s+/g, ' ').trim()];
    });
  }

  // Any page may have written the stored data.
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

  // The facts are stored too, for portals in a folder, where a page cannot read another page.
  /** @param {SavedPosting} posting */
  function toggle(posting) {
    const others = saved().filter((one) => one.id !== posting.id);
    return store.write('saved', isSaved(posting.id) ? others : [posting].concat(others).slice(0, SAVED));
  }

  // The title and the facts of the posting's own page: rows have no such facts, and stored ones become outdated.
  /** @param {SavedPosting} posting */
  function renew(posting) {
    const all = saved();
    const own = all.find((one) => one.id === posting.id);
    if (own && JSON.stringify([own.title, own.facts]) !== JSON.stringify([posting.title, posting.facts])) {
      store.write('saved', all.map((one) => (one === own ? posting : one)));
    }
  }

  // A row is seen, new, or neither.
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
        // Screen readers announce a text that is added to an existing status element.
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

  // Whoever opens the posting's own page has seen the posting.
  start('save', (tools) => {
    const { id, title } = /** @type {Words} */ (tools.dataset);
    const others = store.read('seen', []).filter((/** @type {unknown} */ one) => one !== id);
    store.write('seen', [id].concat(others).slice(0, SEEN));
    const posting = { id, title, facts: facts(document) };
    renew(posting);
    tools.prepend(saveButton(posting, tools));
    tools.hidden = false;
  });

  // The link to the saved postings, with their number. If another page shows them, only those in the storage count.
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
