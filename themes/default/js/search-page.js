// The search page: results, facets and pages of what the address asks for. The address holds the whole state.
// What comes from the index is put in as text, never as HTML.
(() => {
  'use strict';

  const gangwei = window.gangwei;
  const root = document.documentElement;
  const PAGE = 20;
  const FACETS = ['kind', 'unit', 'department', 'location', 'category', 'recruitment', 'education'];
  const RANGES = ['since', 'closing', 'salary'];
  const SHOWN_VALUES = 8;
  const SPEAKING = 400;
  const DAY = 86400000;

  // ---- The state and its address

  function readState(search) {
    const given = new URLSearchParams(search);
    const one = (name, form) => (form.test(given.get(name) || '') ? given.get(name) : '');
    const state = { q: given.get('q') || '', p: Number(one('p', /^[1-9]\d{0,6}$/)) || 1 };
    for (const facet of FACETS) {
      state[facet] = Array.from(new Set(given.getAll(facet).join(',').split(',').filter(Boolean))).sort();
    }
    state.since = one('since', /^[1-9]\d{0,3}d$/);
    state.closing = one('closing', /^[1-9]\d{0,3}d$/);
    state.salary = one('salary', /^[1-9]\d{0,7}$/);
    state.state = one('state', /^all$/);
    state.sort = one('sort', /^(relevance|new|closing)$/);
    return state;
  }

  // One state has one address: names in this order, values of a facet sorted, nothing that is usual.
  function writeState(state) {
    const parts = new URLSearchParams();
    for (const name of ['q', ...FACETS, ...RANGES, 'state', 'sort']) {
      const value = String(state[name]);
      if (value !== '') {
        parts.set(name, value);
      }
    }
    if (state.p > 1) {
      parts.set('p', state.p);
    }
    const text = parts.toString().replace(/%2C/g, ',');
    return location.pathname + (text ? '?' + text : '');
  }

  function withChange(state, change) {
    return Object.assign({}, state, { p: 1 }, change);
  }

  function withoutFilters(state, change) {
    return withChange(readState(''), Object.assign({ q: state.q, sort: state.sort }, change));
  }

  function hasFilters(state) {
    return FACETS.some((facet) => state[facet].length > 0) || RANGES.some((range) => state[range] !== '');
  }

  // The day in the site's time zone, or the day that a demonstration has fixed, as days since 1970.
  function today() {
    const fixed = root.dataset.clock;
    const day = fixed ? fixed.slice(0, 10) : new Intl.DateTimeFormat('sv-SE', { timeZone: root.dataset.timeZone }).format(new Date());
    return Date.parse(day) / DAY;
  }

  function optionsOf(state) {
    const filters = {};
    for (const facet of FACETS) {
      filters[facet] = state[facet];
    }
    if (state.since) {
      filters.published = { from: today() - parseInt(state.since, 10) };
    }
    if (state.closing) {
      filters.closes = { from: today(), to: today() + parseInt(state.closing, 10) };
    }
    if (state.salary) {
      filters.salary = { from: Number(state.salary) };
    }
    return {
      filters,
      sort: state.sort || (state.q.trim() ? 'relevance' : 'new'),
      state: state.state || 'open',
      limit: PAGE,
      offset: (state.p - 1) * PAGE,
    };
  }

  function make(name, className, text) {
    const element = document.createElement(name);
    if (className) {
      element.className = className;
    }
    if (text !== undefined) {
      element.textContent = text;
    }
    return element;
  }

  gangwei.start('search-page', (page) => {
    const words = page.dataset;
    const part = (name) => page.querySelector('.search-' + name);
    const form = document.querySelector('form[data-results]');
    const field = form.elements.q;
    const heading = part('count');
    const rows = part('rows');
    const sheet = page.querySelector('.facets-sheet');
    const title = document.title;
    const kinds = new Map(form.dataset.kinds.split('|').map((pair) => pair.split('=')));
    const facets = new Map();
    let state = readState(location.search);
    // The address before typing began, which Back leads to.
    let settled = writeState(state);
    let turn = 0;
    let speaking = 0;
    let lastQuery;

    function fill(text, values) {
      return text.replace(/\{(\w+)\}/g, (whole, name) => (values[name] === undefined ? whole : values[name]));
    }

    function say(text) {
      clearTimeout(speaking);
      speaking = setTimeout(() => {
        part('status').textContent = text;
      }, SPEAKING);
    }

    // A link to another state of this page; it is followed here, or by the browser in a tab of its own.
    function linkTo(text, wanted, className) {
      const link = make('a', className, text);
      link.href = writeState(wanted);
      link.dataset.go = '';
      return link;
    }

    // ---- What is filtered

    function control(name) {
      return page.querySelector('[name="' + name + '"]');
    }

    // The name of a facet's value, or its id while the index has not told.
    function nameOf(facet, id) {
      return facets.get(facet).names.get(id) || (facet === 'kind' && kinds.get(id)) || id;
    }

    function showParts() {
      const list = part('parts');
      list.textContent = '';
      const add = (text, wanted) => {
        const link = linkTo(text, wanted, 'filter-part');
        const cross = make('span', '', '×');
        cross.setAttribute('aria-hidden', 'true');
        link.append(' ', cross, make('span', 'visually-hidden', words.remove));
        const item = make('li');
        item.append(link);
        list.append(item);
      };
      for (const facet of FACETS) {
        for (const id of state[facet]) {
          const rest = state[facet].filter((other) => other !== id);
          add(facets.get(facet).title + words.colon + nameOf(facet, id), withChange(state, { [facet]: rest }));
        }
      }
      for (const range of RANGES) {
        if (state[range]) {
          const select = control(range);
          add(select.dataset.title + words.colon + select.selectedOptions[0].text, withChange(state, { [range]: '' }));
        }
      }
      if (state.state) {
        add(control('state').dataset.title, withChange(state, { state: '' }));
      }
      if (list.children.length > 1) {
        const item = make('li');
        item.append(linkTo(words.clear, withoutFilters(state, {}), 'search-clear'));
        list.append(item);
      }
      list.hidden = list.children.length === 0;
      const count = FACETS.reduce((sum, facet) => sum + state[facet].length, 0) + RANGES.filter((range) => state[range]).length;
      part('filters').textContent = count ? String(count) : '';
    }

    // A value that the address names and the page does not offer is offered too.
    function showControls() {
      for (const range of RANGES) {
        const select = control(range);
        select.value = state[range];
        if (select.value !== state[range]) {
          const option = make('option', '', fill(select.dataset.text, { n: parseInt(state[range], 10) }));
          option.value = state[range];
          select.append(option);
          select.value = state[range];
        }
      }
      control('state').checked = state.state === 'all';
      const sort = control('sort');
      // Without words nothing is more relevant than anything else.
      sort.options[0].disabled = state.q.trim() === '';
      sort.value = optionsOf(state).sort;
      if (sort.selectedOptions.length === 0 || sort.selectedOptions[0].disabled) {
        sort.value = 'new';
      }
    }

    // ---- Facets

    for (const box of page.querySelectorAll('[data-facet]')) {
      const facet = { box, title: box.querySelector('legend').textContent, names: new Map(), items: new Map(), all: false };
      facets.set(box.dataset.facet, facet);
      facet.more = gangwei.button('', 'search-more', () => {
        facet.all = !facet.all;
        fold(box.dataset.facet);
      });
      box.append(facet.more);
    }

    // Names are known before the columns of the facets are loaded, which a telephone may never ask for.
    const named = gangwei.searchLists().then((lists) => {
      for (const [facet, , values] of lists) {
        for (const [id, name] of values) {
          facets.get(facet).names.set(id, name);
        }
      }
    }).catch(() => {});

    // The first values are shown, chosen ones always, all after `more`.
    function fold(name) {
      const facet = facets.get(name);
      let shown = 0;
      let folded = 0;
      for (const item of facet.items.values()) {
        const counts = item.count > 0 || item.input.checked;
        const isShown = counts && (facet.all || item.input.checked || shown < SHOWN_VALUES);
        item.line.hidden = !isShown;
        shown += isShown ? 1 : 0;
        folded += counts && !isShown ? 1 : 0;
      }
      facet.box.hidden = shown === 0;
      facet.more.hidden = !facet.all && folded === 0;
      facet.more.textContent = facet.all ? words.fewer : fill(words.more, { n: folded });
      facet.more.setAttribute('aria-expanded', String(facet.all));
    }

    function addValue(name, id) {
      const line = make('li');
      const label = make('label', 'search-choice');
      const input = make('input');
      const text = make('span', 'search-choice-name');
      const number = make('span', 'count');
      input.type = 'checkbox';
      input.addEventListener('change', () => {
        const others = state[name].filter((other) => other !== id);
        go(withChange(state, { [name]: input.checked ? others.concat(id).sort() : others }), {});
      });
      label.append(input, text, ' ', number);
      line.append(label);
      facets.get(name).items.set(id, { line, input, text, number, count: 0 });
    }

    // Values keep their places while one query is narrowed, so that nothing moves under the finger.
    function showFacets(counted) {
      const anew = counted && state.q !== lastQuery;
      if (counted) {
        lastQuery = state.q;
      }
      for (const name of FACETS) {
        const facet = facets.get(name);
        const list = facet.box.querySelector('ul');
        const values = counted ? counted[name] || [] : [];
        if (anew) {
          facet.items.clear();
          list.textContent = '';
        }
        for (const value of values) {
          facet.names.set(value.id, value.name);
        }
        const counts = new Map(values.map((value) => [value.id, value.count]));
        for (const id of values.map((value) => value.id).concat(state[name])) {
          if (!facet.items.has(id)) {
            addValue(name, id);
            list.append(facet.items.get(id).line);
          }
        }
        for (const [id, item] of facet.items) {
          item.input.checked = state[name].includes(id);
          item.text.textContent = nameOf(name, id);
          if (counted) {
            item.count = counts.get(id) || 0;
            item.number.textContent = String(item.count);
          }
        }
        fold(name);
      }
    }

    // ---- Results

    function showRows(answer) {
      rows.textContent = '';
      rows.start = (state.p - 1) * PAGE + 1;
      for (const result of answer.results) {
        const row = make('li', 'row');
        const name = make('h3', 'row-title');
        const link = make('a');
        link.href = result.url;
        link.append(gangwei.marked(result.title, result.titleMarks));
        name.append(link);
        const facts = make('p', 'row-facts');
        facts.append(make('span', '', kinds.get(result.kind) || ''));
        // The department itself comes before those above it.
        for (const [facet, most] of [['department', 1], ['location', 5]]) {
          const ids = (result.facets && result.facets[facet]) || [];
          const names = ids.slice(0, most).map((id) => facets.get(facet).names.get(id)).filter(Boolean);
          if (names.length > 0) {
            facts.append(make('span', '', names.join(words.comma)));
          }
        }
        row.append(name, facts);
        if (result.excerpt) {
          const excerpt = make('p', 'row-summary');
          excerpt.append(gangwei.marked(result.excerpt, result.marks));
          row.append(excerpt);
        }
        if (result.closed) {
          const meta = make('p', 'row-meta');
          const chip = make('span', 'chip chip-closed');
          chip.append(make('span', 'chip-state', root.dataset.closed));
          meta.append(chip);
          row.append(meta);
        }
        rows.append(row);
      }
    }

    function showPages(total) {
      const nav = page.querySelector('.pagination');
      const list = nav.firstElementChild;
      const last = Math.ceil(total / PAGE);
      list.textContent = '';
      nav.hidden = last < 2;
      const add = (child) => {
        const item = make('li');
        item.append(child);
        list.append(item);
      };
      const to = (p, text, label) => {
        const link = linkTo(text, Object.assign({}, state, { p }), '');
        if (label) {
          link.setAttribute('aria-label', fill(label, { n: p }));
        }
        link.dataset.go = 'page';
        add(link);
      };
      if (state.p > 1) {
        to(state.p - 1, words.previous);
      }
      let before = 0;
      for (let p = 1; p <= last; p += 1) {
        if (p > 1 && p < last && Math.abs(p - state.p) > 1) {
          continue;
        }
        if (p > before + 1) {
          const gap = make('span', '', '…');
          gap.setAttribute('aria-hidden', 'true');
          add(gap);
        }
        before = p;
        if (p === state.p) {
          const here = make('span', '', String(p));
          here.setAttribute('aria-current', 'page');
          add(here);
        } else {
          to(p, String(p), words.page);
        }
      }
      if (state.p < last) {
        to(state.p + 1, words.next);
      }
    }

    // ---- What the reader says about the query

    function noteOf(suggestion) {
      const note = make('li');
      const values = { text: suggestion.text, words: suggestion.words.join(words.comma), n: suggestion.total };
      const label = words[suggestion.kind];
      if (!label) {
        return null;
      }
      note.append(fill(label, values));
      const add = (text, wanted) => note.append(' ', linkTo(text, wanted, ''));
      const counted = (text) => (suggestion.total === undefined ? text : fill(words.counted, { text, n: suggestion.total }));
      if (suggestion.kind === 'synonym') {
        add(fill(words.only, values), withChange(state, { q: suggestion.query }));
      } else if (suggestion.kind === 'closed') {
        add(words.include, withoutFilters(state, { state: 'all' }));
      } else if (suggestion.kind === 'filters') {
        add(words.clear, withoutFilters(state, { state: state.state }));
      } else if (suggestion.kind === 'pinyin') {
        for (const word of suggestion.words) {
          add(word, withChange(state, { q: suggestion.query.replace(suggestion.words[0], () => word) }));
        }
      } else if (suggestion.query !== '') {
        add(counted(suggestion.query), withChange(state, { q: suggestion.query }));
      }
      return note;
    }

    function showNotes(answer) {
      const list = part('notes');
      const notes = answer.suggestions.map(noteOf).filter(Boolean);
      if (answer.total === 0 && notes.length === 0) {
        notes.push(make('li', '', words.nothing));
      }
      list.textContent = '';
      list.append(...notes);
      list.hidden = notes.length === 0;
    }

    function show(answer) {
      const text = answer.total === 0 ? words.none
        : fill(!answer.exact ? words.about : state.q.trim() || hasFilters(state) ? words.found : words.all, { n: answer.total });
      heading.textContent = text;
      sheet.querySelector('.search-show').textContent = answer.total === 0 ? words.none : fill(words.show, { n: answer.total });
      part('bar').hidden = false;
      showNotes(answer);
      showRows(answer);
      showPages(answer.total);
      const notes = Array.from(part('notes').children, (note) => note.textContent);
      say([text].concat(notes).join(words.clause));
    }

    // An answer that cannot be trusted is not shown.
    function showFailure() {
      rows.textContent = '';
      part('bar').hidden = true;
      part('notes').hidden = true;
      page.querySelector('.pagination').hidden = true;
      part('error').hidden = false;
    }

    function wantsFacets() {
      return sheet.open || hasFilters(state);
    }

    async function run(after) {
      const own = (turn += 1);
      const options = optionsOf(state);
      document.title = state.q.trim() ? state.q.trim().slice(0, 60) + ' - ' + title : title;
      showControls();
      showFacets(null);
      showParts();
      rows.setAttribute('aria-busy', 'true');
      // In another script it is the same search.
      for (const link of document.querySelectorAll('.editions-list a')) {
        link.search = writeState(state).split('?')[1] || '';
      }
      try {
        const [answer] = await Promise.all([gangwei.search(state.q, options), named]);
        if (own !== turn) {
          return;
        }
        if (answer.results.length === 0 && answer.total > 0 && state.p > 1) {
          go(Object.assign({}, state, { p: Math.ceil(answer.total / PAGE) }), { replace: true });
          return;
        }
        part('error').hidden = true;
        show(answer);
        if (after) {
          after();
        }
        if (wantsFacets()) {
          const counted = await gangwei.search(state.q, Object.assign(options, { facets: true }));
          if (own !== turn) {
            return;
          }
          showFacets(counted.facets || {});
          showParts();
        }
      } catch (error) {
        if (own === turn) {
          showFailure();
        }
      } finally {
        if (own === turn) {
          rows.removeAttribute('aria-busy');
        }
      }
    }

    // ---- History

    // Browsers limit how often, and some how long, and from a disk some refuse: the page works without.
    function record(method, address, y) {
      try {
        history[method]({ y }, '', address);
      } catch (error) {
        // The address then stays as it is.
      }
    }

    // Goes to a state; `replace` while typing, a new entry otherwise.
    function go(wanted, how) {
      state = wanted;
      const address = writeState(state);
      if (how.replace) {
        record('replaceState', address, 0);
      } else if (address !== settled) {
        record('replaceState', settled, window.scrollY);
        record('pushState', address, window.scrollY);
        settled = address;
      }
      if (!how.typed) {
        settled = address;
        field.value = state.q;
      }
      run(how.after);
    }

    function restore() {
      const y = history.state && history.state.y;
      state = readState(location.search);
      settled = writeState(state);
      field.value = state.q;
      run(() => {
        if (y) {
          window.scrollTo(0, y);
        }
      });
    }

    form.addEventListener('gangwei:typed', () => go(withChange(state, { q: field.value }), { replace: true, typed: true }));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      go(withChange(state, { q: field.value }), {});
    });
    page.addEventListener('change', (event) => {
      const name = event.target.name;
      if (RANGES.includes(name) || name === 'sort') {
        go(withChange(state, { [name]: event.target.value }), {});
      } else if (name === 'state') {
        go(withChange(state, { state: event.target.checked ? 'all' : '' }), {});
      }
    });
    page.addEventListener('click', (event) => {
      const link = event.target.closest('a[data-go]');
      if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
        return;
      }
      event.preventDefault();
      const isPage = link.dataset.go === 'page';
      go(readState(new URL(link.href).search), {
        after: () => {
          // What was pressed is gone; what it led to takes the focus.
          heading.focus({ preventScroll: true });
          if (isPage) {
            heading.scrollIntoView();
          }
        },
      });
    });
    sheet.addEventListener('toggle', () => {
      if (sheet.open && !facets.get('kind').items.size) {
        run();
      }
    });
    sheet.querySelector('.search-show').addEventListener('click', () => {
      sheet.open = false;
      heading.focus({ preventScroll: true });
      heading.scrollIntoView();
    });
    part('reload').addEventListener('click', () => location.reload());
    window.addEventListener('popstate', () => {
      // Leading to a place of the page, such as its main part, changes nothing.
      if (writeState(readState(location.search)) !== writeState(state)) {
        restore();
      }
    });
    let scrolling = 0;
    window.addEventListener('scroll', () => {
      clearTimeout(scrolling);
      scrolling = setTimeout(() => record('replaceState', writeState(state), window.scrollY), SPEAKING);
    }, { passive: true });
    try {
      history.scrollRestoration = 'manual';
    } catch (error) {
      // The browser then restores as it does.
    }
    page.hidden = false;
    restore();
  });
})();
