// Drafts on this device: the storage has one entry for each draft, and one for the draft that was open last. If the
// storage is blocked or full, functions return false or an empty result, and never throw.
(() => {
  'use strict';

  const PREFIX = 'gangwei-report:';
  const FORMAT = 'gangwei-report-draft';
  const LONGEST = 20000;

  // Texts by name, from untrusted data.
  /** @param {any} data @returns {Texts} */
  function texts(data) {
    /** @type {[string, any][]} */
    const entries = data && typeof data === 'object' ? Object.entries(data) : [];
    return new Map(entries.filter((entry) => typeof entry[1] === 'string')
      .map((entry) => [entry[0], entry[1].slice(0, LONGEST)]));
  }

  /** @param {any} data @returns {string} */
  function word(data) {
    return typeof data === 'string' ? data.slice(0, 200) : '';
  }

  // A draft from its JSON; null if the JSON is not a draft.
  /** @type {Gangwei['reportDrafts']['parse']} */
  function parse(json) {
    let data;
    try {
      data = JSON.parse(json || 'null');
    } catch (error) {
      return null;
    }
    if (!data || data.format !== FORMAT || typeof data.values !== 'object') {
      return null;
    }
    return {
      template: word(data.template),
      title: word(data.title),
      version: word(data.version),
      name: word(data.name),
      values: texts(data.values),
      labels: texts(data.labels)
    };
  }

  // A draft as JSON, for the storage and for a file.
  /** @type {Gangwei['reportDrafts']['write']} */
  function write(draft) {
    return JSON.stringify({
      format: FORMAT,
      template: draft.template,
      title: draft.title,
      version: draft.version,
      name: draft.name,
      values: Object.fromEntries(draft.values),
      labels: Object.fromEntries(draft.labels)
    }, null, 1);
  }

  /** @param {Texts} values @param {string} name */
  const at = (values, name) => (values.get(name) || '').slice(0, LONGEST);
  /** @param {Texts[]} all */
  const names = (...all) => new Set(all.flatMap((values) => Array.from(values.keys())));

  // Merges the values that two windows hold of one draft: {values, taken, isTorn}. `base` has the values on which they
  // last agreed. A field that only the other window changed takes that value. A field that both changed keeps the value
  // in `own`, and the draft is torn.
  /** @param {Texts} base @param {Texts} own @param {Texts} other */
  function merge(base, own, other) {
    const values = new Map(own);
    /** @type {Texts} */
    const taken = new Map();
    let isTorn = false;
    for (const name of names(base, own, other)) {
      const theirs = at(other, name);
      if (theirs === at(base, name) || theirs === at(own, name)) {
        continue;
      }
      if (at(own, name) === at(base, name)) {
        taken.set(name, theirs);
        values.set(name, theirs);
      } else if (theirs) {
        isTorn = true;
      }
    }
    return { values: new Map(Array.from(values).filter((entry) => entry[1])), taken, isTorn };
  }

  // The values on which two windows agree from now on. Where they differ, it is the value on which they agreed before.
  /** @param {Texts} base @param {Texts} own @param {Texts} other */
  function agreed(base, own, other) {
    /** @type {Texts} */
    const both = new Map();
    for (const name of names(base, own, other)) {
      both.set(name, at(at(own, name) === at(other, name) ? own : base, name));
    }
    return both;
  }

  // The drafts of one template. `reach` returns the storage; it may throw, as `localStorage` does where it is blocked.
  /** @type {Gangwei['reportDrafts']['openDrafts']} */
  function openDrafts(reach, template) {
    const own = PREFIX + template + ':';

    /** @param {string} prefix */
    function keys(prefix) {
      const storage = reach();
      return Array.from({ length: storage.length }, (_, index) => storage.key(index) || '')
        .filter((key) => key.startsWith(prefix));
    }

    /** @template T @param {() => T} run @param {T} otherwise @returns {T} */
    function attempt(run, otherwise) {
      try {
        return run();
      } catch (error) {
        return otherwise;
      }
    }

    /** @param {string} key */
    const idOf = (key) => Number(key.slice(own.length));
    return {
      // Drafts by their numbers, the oldest first. It ignores entries that are not drafts.
      list: () => attempt(() => {
        const entries = [];
        for (const key of keys(own)) {
          const draft = /^\d+$/.test(key.slice(own.length)) ? parse(reach().getItem(key)) : null;
          if (draft) {
            entries.push({ id: idOf(key), draft });
          }
        }
        return entries.sort((one, other) => one.id - other.id);
      }, []),
      read: (id) => attempt(() => parse(reach().getItem(own + id)), null),
      // Whether an entry of the storage is a draft of this template.
      holds: (key) => key !== null && key.startsWith(own),
      save: (id, draft) => attempt(() => {
        reach().setItem(own + id, write(draft));
        return true;
      }, false),
      remove: (id) => attempt(() => {
        reach().removeItem(own + id);
        return true;
      }, false),
      last: () => attempt(() => Number(reach().getItem(own + 'last')), 0),
      remember: (id) => attempt(() => reach().setItem(own + 'last', String(id)), undefined),
      // Removes all entries of this and of all other reports.
      wipe: () => attempt(() => {
        keys(PREFIX).forEach((key) => reach().removeItem(key));
        return keys(PREFIX).length === 0;
      }, false)
    };
  }

  gangwei.reportDrafts = { parse, write, merge, agreed, openDrafts };
})();
