// Lists saved postings and compares up to four of them. It reads the facts of a posting from the posting's own page, so
// they are never out of date.
(() => {
  'use strict';

  const { button, copyButton, facts, make, row, rowFacts, saved, start, store, wake } = gangwei;
  const MOST = 4;
  const root = document.documentElement;
  const jobs = new URL(root.dataset.jobs || '', location.href);
  /** @typedef {{ title: string, facts: string[][], chip: Element | null } | null} Posting */
  /** @type {Record<string, Promise<Posting>>} */
  const pages = {};

  /** @param {string} id */
  function address(id) {
    const file = /index\.html$/.test(jobs.pathname) ? 'index.html' : '';
    return new URL(encodeURIComponent(id) + '/' + file, jobs).href;
  }

  // The data that were stored when the posting was saved, or null.
  /** @param {string} id @returns {Posting} */
  function remembered(id) {
    const kept = saved().find((one) => one.id === id && Array.isArray(one.facts));
    return kept ? { title: kept.title, facts: kept.facts.filter(Array.isArray), chip: null } : null;
  }

  // The data of a posting's page; null where the page no longer exists. Without a connection, the stored data.
  /** @param {string} id @returns {Promise<Posting>} */
  async function fetched(id) {
    try {
      const response = await fetch(address(id));
      if (!response.ok) {
        throw new Error(String(response.status));
      }
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      const told = facts(page);
      /** @type {HTMLElement | null} */
      const title = page.querySelector('h1');
      return title && told.length ? { title: title.textContent || '', facts: told, chip: page.querySelector('.doc-state .chip') } : null;
    } catch (error) {
      delete pages[id];
      return error instanceof TypeError ? remembered(id) : null;
    }
  }

  // A posting: title, facts and state. In a folder, a page cannot read another page.
  /** @param {string} id */
  async function posting(id) {
    if (location.protocol === 'file:') {
      return remembered(id);
    }
    pages[id] = pages[id] || fetched(id);
    return pages[id];
  }

  // Puts the state of a posting into an element.
  /** @param {HTMLElement} holder @param {Posting} read @param {string} missing */
  function showState(holder, read, missing) {
    holder.replaceChildren(read ? '' : missing);
    if (read && read.chip) {
      holder.append(document.importNode(read.chip, true));
      wake(holder);
    }
    return holder;
  }

  /** @param {string} text */
  function idsOf(text) {
    /** @type {string[]} */
    const ids = [];
    for (const part of text.split(',')) {
      try {
        const id = decodeURIComponent(part);
        // An id has only letters, digits and hyphens, of any script; any other address does not name a posting.
        if (/^[\p{L}\p{M}\p{N}-]+$/u.test(id) && ids.indexOf(id) < 0) {
          ids.push(id);
        }
      } catch (error) {
        // A broken address does not name a posting.
      }
    }
    return ids.slice(0, MOST);
  }

  start('shelf', (shelf) => {
    const say = /** @type {Words} */ (shelf.dataset);
    const body = shelf.querySelector('.shelf-body');
    const heading = shelf.querySelector('h2');
    let turn = 0;
    // Postings that are ticked for a comparison stay ticked when the list is shown again.
    /** @type {string[]} */
    let picked = [];

    /** @param {string} id */
    function drop(id) {
      store.write('saved', saved().filter((one) => one.id !== id));
    }

    // A saved posting: its title, the box that selects it, the button that removes it. Every tick calls `limit`.
    /** @param {SavedPosting} one @param {() => void} limit */
    function rowOf(one, limit) {
      const made = row('job', address(one.id), '');
      const link = made.querySelector('a');
      const state = made.querySelector('.row-meta');
      rowFacts(made, []);
      state.textContent = '';
      made.querySelector('.row-summary').remove();
      const label = make('label', 'shelf-pick');
      const box = make('input');
      box.type = 'checkbox';
      box.checked = picked.indexOf(one.id) >= 0;
      label.append(box, say.pick);
      box.addEventListener('change', () => {
        const place = picked.indexOf(one.id);
        if (place >= 0) {
          picked.splice(place, 1);
        } else {
          picked.push(one.id);
        }
        limit();
      });
      const off = button(say.saved, 'tool save', () => {
        drop(one.id);
        heading.focus();
      });
      off.setAttribute('aria-pressed', 'true');
      /** @param {string} words */
      function name(words) {
        link.textContent = words;
        box.setAttribute('aria-label', say.pick + ' ' + words);
        off.setAttribute('aria-label', say.saved + ' ' + words);
      }
      const tools = make('p', 'shelf-tools no-print');
      async function renew() {
        const read = await posting(one.id);
        // The title may have changed since it was stored; the new one is in this edition's script.
        name(read ? read.title : one.title);
        // The first facts and the number, since paper has no link to the other facts.
        rowFacts(made, read ? read.facts.slice(0, 4).map((fact) => fact[1]).concat(one.id) : []);
        showState(state, read, say.missing);
      }
      name(one.title);
      tools.append(label, off);
      made.append(tools);
      renew();
      return made;
    }

    function showSaved() {
      const all = saved();
      picked = picked.filter((id) => all.some((one) => one.id === id));
      const go = button(say.compare, 'button no-print', () => {
        location.hash = 'compare=' + picked.map(encodeURIComponent).join(',');
      });
      const hint = make('p', 'hint no-print', say.limit);
      const list = make('ul', 'rows');
      function limit() {
        for (const box of list.querySelectorAll('input')) {
          box.disabled = picked.length >= MOST && !box.checked;
        }
        go.disabled = picked.length < 2;
      }
      list.append(...all.map((one) => rowOf(one, limit)));
      limit();
      body.append(make('p', 'hint no-print', say.note));
      if (!all.length) {
        body.append(make('p', 'empty', say.empty));
      } else {
        body.append(list, hint, go, ' ');
      }
      body.append(button(say.wipe, 'tool', () => {
        store.wipe(['saved', 'seen', 'visit', 'answers', 'ticks']);
        heading.focus();
      }));
    }

    // A row for each fact that one of the postings has, a column for each posting.
    /** @param {string[]} ids @param {Posting[]} all */
    function tableOf(ids, all) {
      const names = new Set();
      for (const read of all) {
        for (const fact of read ? read.facts : []) {
          names.add(fact[0]);
        }
      }
      const table = make('table', 'compare');
      const head = make('tr');
      const corner = make('th', '', say.fields);
      corner.scope = 'col';
      head.append(corner);
      all.forEach((read, place) => {
        const cell = make('th');
        const link = make('a', '', read ? read.title : ids[place]);
        link.href = address(ids[place]);
        cell.scope = 'col';
        cell.append(link, showState(make('p', 'row-meta'), read, say.missing));
        head.append(cell);
      });
      const top = make('thead');
      const rows = make('tbody');
      top.append(head);
      for (const name of names) {
        const values = all.map((read) => {
          const found = read && read.facts.find((fact) => fact[0] === name);
          return found ? found[1] : '–';
        });
        const row = make('tr', values.some((value) => value !== values[0]) ? 'differs' : '');
        const first = make('th', '', name);
        first.scope = 'row';
        row.append(first);
        for (const value of values) {
          row.append(make('td', '', value));
        }
        rows.append(row);
      }
      table.append(top, rows);
      return table;
    }

    /** @param {string[]} ids */
    async function showCompare(ids) {
      const mine = turn;
      picked = ids;
      const back = make('a', 'tool', say.back);
      back.href = '#saved';
      const area = make('div', 'table');
      area.tabIndex = 0;
      area.setAttribute('role', 'region');
      area.setAttribute('aria-label', say.compare);
      const tools = make('p', 'shelf-tools');
      tools.append(back, copyButton(say.copy, 'tool', location.href));
      body.append(make('p', 'hint', say.differ), area, tools);
      const all = await Promise.all(ids.map(posting));
      if (mine === turn) {
        area.append(tableOf(ids, all));
      }
    }

    /** @param {boolean} moves */
    function show(moves) {
      const compare = /^#compare=(.+)$/.exec(location.hash);
      const open = compare || location.hash === '#saved';
      turn += 1;
      // The printed page shows only the comparison.
      if (compare || (open && saved().length)) {
        root.dataset.prints = 'shelf';
      } else {
        delete root.dataset.prints;
      }
      body.textContent = '';
      shelf.hidden = !open;
      if (!open) {
        return;
      }
      heading.textContent = compare ? say.comparison : say.title;
      if (compare) {
        showCompare(idsOf(compare[1]));
      } else {
        showSaved();
      }
      if (moves) {
        heading.focus();
        shelf.scrollIntoView();
      }
    }

    show(true);
    window.addEventListener('hashchange', () => show(true));
    document.addEventListener('gangwei:saved', () => {
      if (location.hash === '#saved') {
        show(false);
      }
    });
  });
})();
