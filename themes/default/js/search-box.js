// The search box: an editable combobox whose suggestions are never preselected. It loads the reader of the index on the
// first focus. Without the reader, or if it fails, the form still leads to the search page.
(() => {
  'use strict';

  const { fill, make, start } = gangwei;
  const TYPING = 150;
  const SPEAKING = 400;
  const MOST = 8;
  const MOST_WORDS = 3;
  const MOST_LISTS = 4;

  // ---- The reader

  /** @param {string} source @returns {Promise<unknown>} */
  function loadScript(source) {
    return new Promise((resolve, reject) => {
      const script = make('script');
      script.src = source;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
  }

  // In a portal that is opened from a disk, every file of the index is a script that passes its bytes to a function.
  /** @type {Map<string, Uint8Array>} */
  const handed = new Map();
  gangwei.searchData = (path, text) => {
    handed.set(path, Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
  };

  /** @param {string} base @param {string} path */
  async function readScript(base, path) {
    await loadScript(base + path + '.js');
    return handed.get(path);
  }

  /** @param {string} base @param {string} path @param {boolean} fresh */
  async function readFile(base, path, fresh) {
    const response = await fetch(base + path, { cache: fresh ? 'no-cache' : 'default' });
    if (!response.ok) {
      throw new Error(String(response.status));
    }
    return new Uint8Array(await response.arrayBuffer());
  }

  /** @type {Promise<Reader> | null} */
  let opening = null;

  /** @typedef {SearchReader & { link(url: string): string, root: string, lists: Promise<SearchList[]> }} Reader */

  // Departments, places and the like, with their pages. If the file is missing, there are no suggestions for them.
  /** @param {SearchFetch} fetchBytes @returns {Promise<SearchList[]>} */
  async function readLists(fetchBytes) {
    try {
      return JSON.parse(new TextDecoder().decode(await fetchBytes('lists.json', true)));
    } catch (error) {
      return [];
    }
  }

  /** @param {Words} words @returns {Promise<Reader>} */
  async function openReader(words) {
    const isPortable = words.portable !== undefined || location.protocol === 'file:';
    const read = isPortable ? readScript : readFile;
    const base = new URL(words.base, document.baseURI).href;
    /** @type {SearchFetch} */
    const fetchBytes = (path, fresh) => read(base, path, fresh);
    // Pinyin is optional: the reader answers without it too.
    await Promise.all([loadScript(words.reader), loadScript(words.pinyin).catch(() => {})]);
    const root = new URL('../', base).href;
    return Object.assign(gangwei.openSearch({ fetchBytes, base: root }), {
      // On a disk a folder has no page, so the address names the page's file.
      link: (/** @type {string} */ url) => (isPortable ? url.replace(/\/(?=#|$)/, '/index.html') : url),
      root,
      lists: readLists(fetchBytes),
    });
  }

  // Opens the index once. After a failure the next call tries again.
  /** @param {HTMLFormElement} form */
  function open(form) {
    if (!opening) {
      opening = openReader(/** @type {Words} */ (form.dataset));
      opening.catch(() => {
        opening = null;
      });
    }
    return opening;
  }

  /** @param {HTMLFormElement} form */
  function offer(form) {
    gangwei.searchLists = async () => (await open(form)).lists;
    gangwei.search = async (query, options) => {
      const reader = await open(form);
      const answer = await reader.search(query, options);
      for (const result of answer.results) {
        result.url = reader.link(result.url);
      }
      return answer;
    };
  }

  // ---- Suggestions

  // The pages of lists whose names hold one of the texts.
  /** @param {Reader} reader @param {SearchList[]} lists @param {string[]} texts */
  function matchingLists(reader, lists, texts) {
    const found = [];
    for (const [, note, values] of lists) {
      for (const [, text, link, count] of values) {
        const name = gangwei.searchParts.foldText(text, null);
        const held = texts.find((one) => name.includes(one));
        if (held !== undefined) {
          // Folding keeps lengths, so that places in the name are places in the text.
          const place = name.indexOf(held);
          /** @type {SearchMark[]} */
          const marks = [[place, place + held.length]];
          found.push({ text, marks, note, link: reader.link(reader.root + link), place, count });
        }
      }
    }
    return found.sort((a, b) => a.place - b.place || b.count - a.count).slice(0, MOST_LISTS);
  }

  // The names of the kinds of documents, from the form.
  gangwei.kindsOf = (form) => {
    /** @type {Map<string, string>} */
    const kinds = new Map();
    for (const pair of (form.dataset.kinds || '').split('|')) {
      const [kind, name] = pair.split('=');
      kinds.set(kind, name);
    }
    return kinds;
  };

  // Appends a text with its marked parts in `mark` elements. The text never becomes HTML.
  gangwei.marked = (text, marks) => {
    const parts = document.createDocumentFragment();
    let at = 0;
    for (const [start, end] of marks || []) {
      parts.append(text.slice(at, start), make('mark', '', text.slice(start, end)));
      at = end;
    }
    parts.append(text.slice(at));
    return parts;
  };

  start('search-box', (/** @type {HTMLFormElement} */ form) => {
    const words = /** @type {Words} */ (form.dataset);
    /** @type {HTMLInputElement} */
    const field = form.querySelector('[name="q"]');
    // The search page shows titles and the number of results itself.
    const showsResults = words.results !== undefined;
    const kinds = gangwei.kindsOf(form);

    /** @param {HTMLElement} parent @param {keyof HTMLElementTagNameMap} name @param {Words} attributes */
    function add(parent, name, attributes) {
      const made = make(name);
      for (const attribute of Object.keys(attributes)) {
        made.setAttribute(attribute, attributes[attribute]);
      }
      parent.append(made);
      return made;
    }

    const list = add(form, 'ul', { id: 'gw-suggestions', class: 'search-list', role: 'listbox', 'aria-label': words.label });
    const status = add(form, 'p', { class: 'visually-hidden', role: 'status' });
    field.setAttribute('role', 'combobox');
    field.setAttribute('aria-autocomplete', 'list');
    field.setAttribute('aria-controls', list.id);

    let active = -1;
    let turn = 0;
    let typing = 0;
    let speaking = 0;
    let last = field.value;
    let composing = false;

    // Safari sends the key that ends a composition after `compositionend`, with the code 229.
    /** @param {{ isComposing: boolean, keyCode?: number }} event */
    const isComposing = (event) => composing || event.isComposing || event.keyCode === 229;

    /** @param {number} index */
    function activate(index) {
      const options = list.children;
      if (options[active]) {
        options[active].setAttribute('aria-selected', 'false');
      }
      active = index;
      if (options[index]) {
        options[index].setAttribute('aria-selected', 'true');
        options[index].scrollIntoView({ block: 'nearest' });
        field.setAttribute('aria-activedescendant', options[index].id);
      } else {
        field.removeAttribute('aria-activedescendant');
      }
    }

    /** @param {boolean} wanted */
    function show(wanted) {
      activate(-1);
      list.hidden = !wanted || list.children.length === 0;
      field.setAttribute('aria-expanded', String(!list.hidden));
      return !list.hidden;
    }

    /** @param {HTMLElement} option */
    function choose(option) {
      show(false);
      if (option.dataset.link) {
        location.href = option.dataset.link;
      } else {
        // A word is searched for as if it had been typed.
        field.value = option.querySelector('span').textContent || '';
        form.querySelector('button').click();
      }
    }

    /** @param {{ text: string, marks?: SearchMark[], note: string, link?: string, language?: string }} found */
    function addOption(found) {
      const id = list.id + '-' + list.children.length;
      const option = add(list, 'li', { id, class: 'search-option', role: 'option', 'aria-selected': 'false' });
      const text = add(option, 'span', { class: 'search-option-text' });
      text.append(gangwei.marked(found.text, found.marks));
      if (found.language) {
        text.lang = found.language;
      }
      option.append(' ');
      add(option, 'span', { class: 'search-option-note' }).textContent = found.note;
      option.dataset.link = found.link || '';
    }

    /** @param {string} text */
    async function suggest(text) {
      const own = (turn += 1);
      const reader = await open(form);
      const typed = gangwei.searchParts.foldText(text, null).trim();
      const spoken = /^[a-z' ü]{2,64}$/.test(typed) ? await reader.suggest(typed, MOST_WORDS) : [];
      const near = matchingLists(reader, await reader.lists, typed ? [typed, ...spoken] : []);
      const told = spoken.filter((word) => !near.some((one) => one.text === word));
      const limit = MOST - told.length - near.length;
      const results = showsResults || !typed ? [] : (await gangwei.search(text, { limit })).results;
      if (own !== turn) {
        return;
      }
      const titles = results.filter((one) => one.titleMarks.length > 0)
        .map((one) => ({ text: one.title, marks: one.titleMarks, note: kinds.get(one.kind) || '', link: one.url, language: one.facets && one.facets.language && one.facets.language[0] }));
      list.textContent = '';
      [...told.map((word) => ({ text: word, note: words.searchFor })), ...near, ...titles].forEach(addOption);
      const isShown = show(document.activeElement === field);
      clearTimeout(speaking);
      speaking = setTimeout(() => {
        status.textContent = isShown && !showsResults ? fill(words.suggestions, { n: list.children.length }) : '';
      }, SPEAKING);
    }

    // Results for an earlier text are ignored.
    function settle() {
      clearTimeout(typing);
      turn += 1;
      show(false);
    }

    // After a change of the text, it looks for suggestions after a pause.
    function changed() {
      clearTimeout(typing);
      typing = setTimeout(() => {
        if (!composing && field.value !== last) {
          last = field.value;
          form.dispatchEvent(new CustomEvent('gangwei:typed'));
          suggest(last).catch(() => show(false));
        }
      }, TYPING);
    }

    // Handles a key. Returns true if the browser must not handle it too.
    /** @type {Record<string, (event: KeyboardEvent) => boolean>} */
    const keys = {
      ArrowDown(event) {
        const count = list.children.length;
        if ((!list.hidden || show(true)) && !event.altKey) {
          activate(active + 1 < count ? active + 1 : -1);
        }
        return true;
      },
      ArrowUp(event) {
        if (event.altKey) {
          show(false);
        } else if (!list.hidden || show(true)) {
          activate(active < 0 ? list.children.length - 1 : active - 1);
        }
        return true;
      },
      Enter() {
        const option = list.hidden ? null : /** @type {HTMLElement} */ (list.children[active]);
        settle();
        if (option) {
          choose(option);
        }
        return Boolean(option);
      },
      Escape() {
        if (list.hidden) {
          field.value = '';
          changed();
        }
        show(false);
        return true;
      },
    };

    field.addEventListener('keydown', (event) => {
      if (isComposing(event)) {
        // Escape ends the composition; some browsers would empty the field as well.
        if (event.key === 'Escape') {
          event.preventDefault();
        }
        return;
      }
      if (keys[event.key]) {
        if (keys[event.key](event)) {
          event.preventDefault();
        }
      } else if (/^(Home|End|Arrow)/.test(event.key)) {
        // The caret moves in the text, and no option is active any more.
        activate(-1);
      }
    });
    field.addEventListener('compositionstart', () => {
      composing = true;
    });
    field.addEventListener('compositionend', () => {
      setTimeout(() => {
        composing = false;
        changed();
      });
    });
    field.addEventListener('input', (event) => {
      if (!isComposing(/** @type {InputEvent} */ (event))) {
        changed();
      }
    });
    form.addEventListener('submit', (event) => {
      if (composing) {
        event.preventDefault();
        event.stopImmediatePropagation();
      } else {
        last = field.value;
        settle();
      }
    });
    async function preload() {
      await (await open(form)).preload();
    }

    field.addEventListener('focus', () => {
      offer(form);
      preload().catch(() => {});
    });
    field.addEventListener('blur', () => {
      turn += 1;
      show(false);
    });
    // Pressing an option must not take the focus away before the click.
    list.addEventListener('mousedown', (event) => event.preventDefault());
    list.addEventListener('click', (event) => {
      /** @type {HTMLElement | null} */
      const option = /** @type {Element} */ (event.target).closest('li');
      if (option) {
        choose(option);
      }
    });
    show(false);
    if (showsResults) {
      offer(form);
    }
  });
})();
