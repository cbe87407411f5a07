// Saved postings, and up to four side by side. What a posting says is read from its own page, so it is never out of date.
(function () {
  'use strict';

  const store = window.gangwei.store;
  const button = window.gangwei.button;
  const MOST = 4;
  const root = document.documentElement;
  const jobs = new URL(root.dataset.jobs, location.href);
  const pages = {};

  function address(id) {
    const file = /index\.html$/.test(jobs.pathname) ? 'index.html' : '';
    return new URL(encodeURIComponent(id) + '/' + file, jobs).href;
  }

  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text || '';
    return made;
  }

  // What was kept when it was saved; null where nothing was.
  function remembered(id) {
    const one = window.gangwei.saved().find(function (saved) {
      return saved.id === id && Array.isArray(saved.facts);
    });
    return one ? { title: one.title, facts: one.facts.filter(Array.isArray), chip: null } : null;
  }

  // A posting from its page: title, facts and state; null where it is gone. From what was kept where no page can be
  // read at all: in a folder, or without a line.
  function posting(id) {
    if (location.protocol === 'file:') {
      return Promise.resolve(remembered(id));
    }
    pages[id] = pages[id] || fetch(address(id)).then(function (response) {
      return response.ok ? response.text() : Promise.reject(new Error(String(response.status)));
    }).then(function (html) {
      const page = new DOMParser().parseFromString(html, 'text/html');
      const facts = window.gangwei.facts(page);
      const title = page.querySelector('h1');
      return title && facts.length ? { title: title.textContent, facts: facts, chip: page.querySelector('.doc-state .chip') } : null;
    }).catch(function (error) {
      delete pages[id];
      return error instanceof TypeError ? remembered(id) : null;
    });
    return pages[id];
  }

  function chipOf(read) {
    const holder = element('p', 'row-meta');
    if (read && read.chip) {
      holder.append(document.importNode(read.chip, true));
      window.gangwei.wake(holder);
    }
    return holder;
  }

  // The first facts, and the number: on paper nothing can be pressed to learn more.
  function factsOf(id, read) {
    const line = element('p', 'row-facts');
    for (const fact of read.facts.slice(0, 4)) {
      line.append(element('span', '', fact[1]));
    }
    line.append(element('span', '', id));
    return line;
  }

  window.gangwei.start('shelf', function (shelf) {
    const say = shelf.dataset;
    const body = shelf.querySelector('.shelf-body');
    const heading = shelf.querySelector('h2');
    let turn = 0;
    // What is ticked for a comparison stays ticked when the list is shown again.
    let picked = [];

    const saved = window.gangwei.saved;

    function drop(id) {
      store.write('saved', saved().filter(function (one) {
        return one.id !== id;
      }));
    }

    function showSaved() {
      const all = saved();
      picked = picked.filter(function (id) {
        return all.some(function (one) {
          return one.id === id;
        });
      });
      const go = button(say.compare, 'button no-print', function () {
        location.hash = 'compare=' + picked.map(encodeURIComponent).join(',');
      });
      const hint = element('p', 'hint no-print', say.limit);
      const list = element('ul', 'rows');
      function limit() {
        for (const box of list.querySelectorAll('input')) {
          box.disabled = picked.length >= MOST && !box.checked;
        }
        go.disabled = picked.length < 2;
      }
      for (const one of all) {
        const row = element('li', 'row');
        const title = element('h3', 'row-title');
        const link = element('a', '');
        link.href = address(one.id);
        title.append(link);
        const label = element('label', 'shelf-pick');
        const box = element('input', '');
        box.type = 'checkbox';
        box.checked = picked.indexOf(one.id) >= 0;
        label.append(box, say.pick);
        box.addEventListener('change', function () {
          const place = picked.indexOf(one.id);
          if (place >= 0) {
            picked.splice(place, 1);
          } else {
            picked.push(one.id);
          }
          limit();
        });
        const off = button(say.saved, 'tool save', function () {
          drop(one.id);
          heading.focus();
        });
        off.setAttribute('aria-pressed', 'true');
        function name(words) {
          link.textContent = words;
          box.setAttribute('aria-label', say.pick + ' ' + words);
          off.setAttribute('aria-label', say.saved + ' ' + words);
        }
        name(one.title);
        const tools = element('p', 'shelf-tools no-print');
        tools.append(label, off);
        row.append(title, tools);
        list.append(row);
        posting(one.id).then(function (read) {
          // The title may have changed since, and is in this edition's script.
          name(read ? read.title : one.title);
          tools.before(...(read ? [factsOf(one.id, read), chipOf(read)] : [element('p', 'row-meta', say.missing)]));
        });
      }
      limit();
      body.append(element('p', 'hint no-print', say.note));
      if (!all.length) {
        body.append(element('p', 'empty', say.empty));
      } else {
        body.append(list, hint, go, ' ');
      }
      body.append(button(say.wipe, 'tool', function () {
        store.wipe(['saved', 'seen', 'visit', 'answers', 'ticks']);
        heading.focus();
      }));
    }

    function showCompare(ids) {
      const mine = turn;
      picked = ids;
      const back = element('a', 'tool', say.back);
      back.href = '#saved';
      const area = element('div', 'table');
      area.tabIndex = 0;
      area.setAttribute('role', 'region');
      area.setAttribute('aria-label', say.compare);
      const tools = element('p', 'shelf-tools');
      tools.append(back, window.gangwei.copyButton(say.copy, 'tool', location.href));
      body.append(element('p', 'hint', say.differ), area, tools);
      Promise.all(ids.map(posting)).then(function (all) {
        if (mine !== turn) {
          return;
        }
        const names = [];
        for (const read of all) {
          for (const fact of read ? read.facts : []) {
            if (names.indexOf(fact[0]) < 0) {
              names.push(fact[0]);
            }
          }
        }
        const table = element('table', 'compare');
        const head = element('tr', '');
        head.append(element('th', '', say.fields));
        head.firstChild.scope = 'col';
        all.forEach(function (read, place) {
          const cell = element('th', '');
          const link = element('a', '', read ? read.title : ids[place]);
          link.href = address(ids[place]);
          cell.scope = 'col';
          cell.append(link, read ? chipOf(read) : element('p', 'row-meta', say.missing));
          head.append(cell);
        });
        const top = element('thead', '');
        const rows = element('tbody', '');
        top.append(head);
        for (const name of names) {
          const values = all.map(function (read) {
            const found = read && read.facts.find(function (fact) {
              return fact[0] === name;
            });
            return found ? found[1] : '–';
          });
          const row = element('tr', values.some(function (value) {
            return value !== values[0];
          }) ? 'differs' : '');
          const first = element('th', '', name);
          first.scope = 'row';
          row.append(first);
          for (const value of values) {
            row.append(element('td', '', value));
          }
          rows.append(row);
        }
        table.append(top, rows);
        area.append(table);
      });
    }

    function idsOf(text) {
      const ids = [];
      for (const part of text.split(',')) {
        try {
          const id = decodeURIComponent(part);
          // Letters, digits and hyphens of any script: an address that says more names no posting.
          if (/^[\p{L}\p{M}\p{N}-]+$/u.test(id) && ids.indexOf(id) < 0) {
            ids.push(id);
          }
        } catch (error) {
          // A broken address names no posting.
        }
      }
      return ids.slice(0, MOST);
    }

    function show(moves) {
      const compare = /^#compare=(.+)$/.exec(location.hash);
      const open = compare || location.hash === '#saved';
      turn += 1;
      // On paper what was asked for stands alone.
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
    window.addEventListener('hashchange', function () {
      show(true);
    });
    document.addEventListener('gangwei:saved', function () {
      if (location.hash === '#saved') {
        show(false);
      }
    });
  });
})();
