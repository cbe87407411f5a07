// Data that this device keeps for each portal and never sends. Where storage is blocked or full, the data last as long
// as the page.
(() => {
  'use strict';

  const prefix = 'gangwei:' + new URL(document.documentElement.dataset.root || '', location.href).pathname + ':';
  /** @type {Record<string, unknown>} */
  const held = {};
  let kept = true;

  /** @param {string} name */
  function parse(name) {
    try {
      return JSON.parse(localStorage.getItem(prefix + name) || 'null');
    } catch (error) {
      return null;
    }
  }

  // Another page, or an older version of it, may have written any value.
  /** @param {any} value @param {object} fallback */
  function like(value, fallback) {
    return value !== null && typeof value === 'object' && Array.isArray(value) === Array.isArray(fallback) ? value : fallback;
  }

  /** @param {string} name */
  function announce(name) {
    document.dispatchEvent(new CustomEvent('gangwei:' + name));
  }

  /** @type {Gangwei['store']['read']} */
  function read(name, fallback) {
    if (!(name in held)) {
      held[name] = parse(name);
    }
    return like(held[name], fallback);
  }

  // Reads the data that the next page will find.
  /** @type {Gangwei['store']['read']} */
  function lasting(name, fallback) {
    return like(parse(name), fallback);
  }

  // Returns whether the data will be there next time.
  /** @param {string} name @param {object} value */
  function write(name, value) {
    held[name] = value;
    try {
      localStorage.setItem(prefix + name, JSON.stringify(value));
      kept = true;
    } catch (error) {
      kept = false;
    }
    announce(name);
    return kept;
  }

  /** @param {string[]} names */
  function wipe(names) {
    for (const name of names) {
      held[name] = null;
      try {
        localStorage.removeItem(prefix + name);
      } catch (error) {
        // A blocked storage holds no data, so there is nothing to remove.
      }
      announce(name);
    }
  }

  // Other windows of the portal write to the storage too.
  window.addEventListener('storage', (event) => {
    if (event.key && event.key.indexOf(prefix) === 0) {
      const name = event.key.slice(prefix.length);
      delete held[name];
      announce(name);
    }
  });

  // A page from the browser's back-forward cache reads again, since another page may have written meanwhile.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted && kept) {
      for (const name of Object.keys(held)) {
        delete held[name];
        announce(name);
      }
    }
  });

  gangwei.store = { read, lasting, write, wipe };
})();
