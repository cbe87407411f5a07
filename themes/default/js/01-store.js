// What this device keeps: by portal, never sent. Where storage is blocked or full, it lasts as long as the page.
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

  // Another page or an older one may have written anything.
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

  // What the next page will find.
  /** @type {Gangwei['store']['read']} */
  function lasting(name, fallback) {
    return like(parse(name), fallback);
  }

  // Says whether it will be there next time.
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
        // Nothing was kept.
      }
      announce(name);
    }
  }

  // Other windows of the portal write too.
  window.addEventListener('storage', (event) => {
    if (event.key && event.key.indexOf(prefix) === 0) {
      const name = event.key.slice(prefix.length);
      delete held[name];
      announce(name);
    }
  });

  // A page that the browser kept while another one wrote reads again.
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
