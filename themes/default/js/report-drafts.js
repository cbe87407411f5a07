// Drafts on this device: one entry of the storage for each, one for the draft that was open last. Storage that is blocked
// or full is answered with false and never with an exception; what stays in the page is nobody's fault but the device's.
(function () {
  'use strict';

  const PREFIX = 'gangwei-report:';
  const FORMAT = 'gangwei-report-draft';
  const LONGEST = 20000;

  // Texts by name, from data that may come from anywhere.
  function texts(data) {
    const entries = data && typeof data === 'object' ? Object.entries(data) : [];
    return new Map(entries.filter((entry) => typeof entry[1] === 'string')
      .map((entry) => [entry[0], entry[1].slice(0, LONGEST)]));
  }

  function word(data) {
    return typeof data === 'string' ? data.slice(0, 200) : '';
  }

  // A draft from its JSON; null where it is none.
  function parse(json) {
    let data = null;
    try {
      data = JSON.parse(json);
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

  // The drafts of one template. `reach` gives the storage, and may throw, as `localStorage` does where it is blocked.
  function openDrafts(reach, template) {
    const own = PREFIX + template + ':';

    function keys(prefix) {
      const storage = reach();
      return Array.from({ length: storage.length }, (_, index) => storage.key(index))
        .filter((key) => key !== null && key.startsWith(prefix));
    }

    function attempt(run, otherwise) {
      try {
        return run();
      } catch (error) {
        return otherwise;
      }
    }

    const idOf = (key) => Number(key.slice(own.length));
    return {
      // Drafts by their numbers, the oldest first. Entries that are no drafts are left alone.
      list: () => attempt(() => keys(own)
        .filter((key) => /^\d+$/.test(key.slice(own.length)))
        .map((key) => ({ id: idOf(key), draft: parse(reach().getItem(key)) }))
        .filter((entry) => entry.draft)
        .sort((one, other) => one.id - other.id), []),
      save: (id, draft) => attempt(() => {
        reach().setItem(own + id, write(draft));
        return true;
      }, false),
      remove: (id) => attempt(() => {
        reach().removeItem(own + id);
        return true;
      }, false),
      last: () => attempt(() => Number(reach().getItem(own + 'last')), 0),
      remember: (id) => attempt(() => reach().setItem(own + 'last', String(id)), null),
      // Everything of this and of all other reports.
      wipe: () => attempt(() => {
        keys(PREFIX).forEach((key) => reach().removeItem(key));
        return keys(PREFIX).length === 0;
      }, false)
    };
  }

  const drafts = { parse, write, openDrafts };
  if (typeof module !== 'undefined') {
    module.exports = drafts;
    return;
  }
  window.gangwei.reportDrafts = drafts;
})();
