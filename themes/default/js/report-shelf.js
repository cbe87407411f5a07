// The drafts of a report's page: people name them, export and import them as files, and delete them; the script stores
// typed texts after a pause. No typed text is ever dropped: values whose field a changed report no longer has are listed
// and stay in the draft, and texts that another window types into the same draft are merged field by field.
(() => {
  'use strict';

  const { button, fill, make } = gangwei;
  const KEEPING = 400;
  const LARGEST = 2000000;

  /** @type {Gangwei['reportShelf']['openShelf']} */
  function openShelf(page) {
    const { work, form, words } = page;
    const { agreed, merge, openDrafts, parse, write } = gangwei.reportDrafts;
    /** @param {string} selector @returns {HTMLElement} */
    const find = (selector) => work.querySelector(selector);
    const template = words.template || location.pathname;
    const drafts = openDrafts(() => window.localStorage, template);
    const [notice, saved, old, confirm] = ['notice', 'saved', 'old', 'confirm'].map((part) => find('.report-' + part));
    const choice = /** @type {HTMLSelectElement} */ (find('.report-choice'));
    const name = /** @type {HTMLInputElement} */ (find('.report-name'));
    const file = /** @type {HTMLInputElement} */ (find('.report-file'));
    // The open draft: its number, its name, and its values for which this report has no field.
    /** @type {{ id: number, name: string, rest: Texts, labels: Texts }} */
    let open = { id: 0, name: '', rest: new Map(), labels: new Map() };
    // The values on which this window and the storage last agreed.
    /** @type {{ name: string, values: Texts }} */
    let base = { name: '', values: new Map() };

    /** @param {string} sentence */
    function tell(sentence) {
      notice.textContent = sentence;
      notice.hidden = !sentence;
      if (sentence) {
        page.say(sentence);
      }
    }

    function current() {
      return {
        template,
        title: words.title,
        version: form.version,
        name: open.name,
        values: new Map([...open.rest, ...page.typed()]),
        labels: new Map([...open.labels, ...page.labels()])
      };
    }

    // If the storage refuses, one message reports it, and the form continues to work.
    /** @param {boolean} isSaved */
    function warn(isSaved) {
      saved.textContent = isSaved ? words.saved : words.unsavedShort;
      if (!isSaved && notice.dataset.warned === undefined) {
        notice.dataset.warned = '';
        tell(words.unsaved);
      }
    }

    function showNames() {
      const entries = drafts.list().map(({ id, draft }) => ({ id, name: id === open.id ? open.name : draft.name }));
      if (!entries.some((entry) => entry.id === open.id)) {
        entries.push({ id: open.id, name: open.name });
      }
      choice.replaceChildren(...entries.map((entry) => {
        const option = make('option', '', entry.name);
        option.value = String(entry.id);
        return option;
      }));
      choice.value = String(open.id);
      find('.report-open').textContent = open.name;
    }

    // Merges the texts that another window typed into this draft. Returns the values to store, and the other window's
    // draft if both windows filled in the same field.
    function meet() {
      const draft = current();
      const other = drafts.read(open.id);
      if (!other) {
        return { draft, torn: null };
      }
      const { values, taken, isTorn } = merge(base.values, draft.values, other.values);
      const isRenamed = other.name !== base.name && open.name === base.name;
      if (isRenamed && name !== document.activeElement) {
        open.name = other.name;
        name.value = other.name;
        base.name = other.name;
        showNames();
      }
      if (taken.size) {
        const known = page.labels();
        taken.forEach((text, field) => {
          if (!known.has(field)) {
            open.rest.set(field, text);
          }
        });
        open.labels = new Map([...other.labels, ...open.labels]);
        page.adopt(taken);
        showRest();
      }
      base.values = agreed(base.values, current().values, other.values);
      return { draft: { ...current(), name: isRenamed ? other.name : open.name, values }, torn: isTorn ? other : null };
    }

    function save() {
      const { draft, torn } = meet();
      if (torn) {
        const copy = { ...torn, name: fill(words.otherWindow, { name: torn.name }) };
        // If there is no room to store the other window's draft separately, it is not overwritten.
        if (!drafts.save(nextId(), copy)) {
          warn(false);
          return;
        }
        tell(fill(words.torn, { name: copy.name }));
      }
      const isSaved = drafts.save(open.id, draft);
      if (isSaved) {
        base = { name: open.name === draft.name ? draft.name : base.name, values: agreed(base.values, current().values, draft.values) };
      }
      warn(isSaved);
      drafts.remember(open.id);
      if (torn) {
        showNames();
      }
    }

    const keeping = page.afterPause(save, KEEPING);

    function showRest() {
      const list = old.querySelector('ul');
      list.replaceChildren(...Array.from(open.rest, (entry) => {
        return make('li', '', (open.labels.get(entry[0]) || entry[0]) + words.colon + entry[1]);
      }));
      old.hidden = open.rest.size === 0;
    }

    const nextId = () => Math.max(0, open.id, ...drafts.list().map((entry) => entry.id)) + 1;

    // Puts a draft into the form; `id` is its number on this device.
    /** @param {number} id @param {Pick<Draft, 'name' | 'version' | 'values' | 'labels'>} draft */
    function show(id, draft) {
      keeping.now();
      const known = page.labels();
      open = {
        id,
        name: draft.name || fill(words.untitled, { n: id }),
        rest: new Map(Array.from(draft.values).filter((entry) => !known.has(entry[0]))),
        labels: draft.labels
      };
      base = { name: open.name, values: draft.values };
      name.value = open.name;
      saved.textContent = '';
      page.fill(draft.values);
      if (drafts.list().some((entry) => entry.id === id)) {
        drafts.remember(id);
      }
      showNames();
      showRest();
      tell(draft.values.size && draft.version !== form.version ? words.oldVersion : '');
    }

    const blank = () => ({ name: '', version: form.version, values: new Map(), labels: new Map() });

    // The page itself asks before a step that cannot be undone.
    /** @param {HTMLElement} pressed @param {string} question @param {string} yes @param {() => void} run */
    function ask(pressed, question, yes, run) {
      confirm.querySelector('.report-question').textContent = question;
      const close = () => {
        confirm.hidden = true;
        pressed.focus();
      };
      const sure = button(yes, 'tool report-sure', () => {
        close();
        run();
      });
      const keep = button(words.cancel, 'tool', close);
      confirm.querySelector('.report-answers').replaceChildren(sure, keep);
      confirm.hidden = false;
      confirm.onkeydown = (event) => {
        if (event.key === 'Escape') {
          close();
        }
      };
      keep.focus();
    }

    function exportFile() {
      const url = URL.createObjectURL(new Blob([write(current())], { type: 'application/json' }));
      const link = make('a');
      link.href = url;
      link.download = (words.title + '-' + open.name).replace(/[\\/:*?"<>|\s]+/g, '-') + '.json';
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(url), 60000);
      tell(words.exported);
    }

    /** @param {File} chosen */
    async function importFile(chosen) {
      const draft = chosen.size > LARGEST ? null : parse(await chosen.text().catch(() => ''));
      if (!draft) {
        tell(words.badFile);
        return;
      }
      show(nextId(), draft);
      save();
      tell(draft.template === template ? (notice.textContent || words.imported) : fill(words.otherReport, { title: draft.title }));
    }

    function wipe() {
      keeping.cancel();
      const isWiped = drafts.wipe();
      open = { id: 0, name: '', rest: new Map(), labels: new Map() };
      show(1, blank());
      tell(isWiped ? words.wiped : words.notWiped);
    }

    function remove() {
      keeping.cancel();
      drafts.remove(open.id);
      const entries = drafts.list();
      const last = entries[entries.length - 1];
      show(last ? last.id : 1, last ? last.draft : blank());
    }

    choice.addEventListener('change', () => {
      const entry = drafts.list().find((one) => one.id === Number(choice.value));
      if (entry) {
        show(entry.id, entry.draft);
      }
    });
    name.addEventListener('input', () => {
      open.name = name.value.trim() || fill(words.untitled, { n: open.id });
      find('.report-open').textContent = open.name;
      keeping.later();
    });
    name.addEventListener('change', () => {
      keeping.now();
      showNames();
    });
    file.addEventListener('change', async () => {
      if (file.files && file.files[0]) {
        await importFile(file.files[0]);
        file.value = '';
      }
    });
    /** @param {string} part @param {(pressed: HTMLElement) => void} run */
    function on(part, run) {
      const pressed = find('.report-' + part);
      pressed.addEventListener('click', () => run(pressed));
    }
    on('new', () => {
      show(nextId(), blank());
      name.focus();
      name.select();
    });
    on('export', exportFile);
    on('import', () => file.click());
    on('remove', (pressed) => ask(pressed, fill(words.removeAsk, { name: open.name }), words.removeYes, remove));
    on('wipe', (pressed) => ask(pressed, words.wipeAsk, words.wipeYes, wipe));
    window.addEventListener('storage', (event) => {
      if (drafts.holds(event.key)) {
        meet();
        showNames();
      }
    });
    // A frozen window received no event of the storage.
    window.addEventListener('pageshow', (event) => {
      if (event.persisted) {
        meet();
      }
    });
    // Some browsers fire no event when a page is closed, only when it is no longer visible.
    window.addEventListener('pagehide', keeping.now);
    document.addEventListener('visibilitychange', keeping.now);

    return {
      meet,
      keep() {
        saved.textContent = '';
        keeping.later();
      },
      // Opens the draft that was open last, else the newest, else an empty one.
      start() {
        const entries = drafts.list();
        const last = drafts.last();
        const entry = entries.find((one) => one.id === last) || entries[entries.length - 1];
        show(entry ? entry.id : 1, entry ? entry.draft : blank());
      }
    };
  }

  gangwei.reportShelf = { openShelf };
})();
