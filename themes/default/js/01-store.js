// What this device keeps: by portal, never sent. Where storage is blocked or full, it lasts as long as the page.
(function () {
  'use strict';

  const words = document.documentElement.dataset;
  const prefix = 'gangwei:' + new URL(words.root, location.href).pathname + ':';
  const held = {};
  let kept = true;

  function read(name, fallback) {
    if (!(name in held)) {
      try {
        held[name] = JSON.parse(localStorage.getItem(prefix + name));
      } catch (error) {
        held[name] = null;
      }
    }
    // Another page or an older one may have written anything.
    const same = held[name] !== null && typeof held[name] === 'object' && Array.isArray(held[name]) === Array.isArray(fallback);
    return same ? held[name] : fallback;
  }

  // Says whether it will be there next time.
  function write(name, value) {
    held[name] = value;
    try {
      localStorage.setItem(prefix + name, JSON.stringify(value));
      kept = true;
    } catch (error) {
      kept = false;
    }
    document.dispatchEvent(new CustomEvent('gangwei:' + name));
    return kept;
  }

  function wipe(names) {
    for (const name of names) {
      held[name] = null;
      try {
        localStorage.removeItem(prefix + name);
      } catch (error) {
        // Nothing was kept.
      }
      document.dispatchEvent(new CustomEvent('gangwei:' + name));
    }
  }

  // Other windows of the portal write too.
  window.addEventListener('storage', function (event) {
    if (event.key && event.key.indexOf(prefix) === 0) {
      const name = event.key.slice(prefix.length);
      delete held[name];
      document.dispatchEvent(new CustomEvent('gangwei:' + name));
    }
  });

  // A page that the browser kept while another one wrote reads again.
  window.addEventListener('pageshow', function (event) {
    if (event.persisted && kept) {
      for (const name of Object.keys(held)) {
        delete held[name];
        document.dispatchEvent(new CustomEvent('gangwei:' + name));
      }
    }
  });

  window.gangwei.store = { read: read, write: write, wipe: wipe };
})();
