// What this device keeps: by portal, never sent. Where storage is blocked or full, it lasts as long as the page.
(function () {
  'use strict';

  const words = document.documentElement.dataset;
  const prefix = 'gangwei:' + new URL(words.root, location.href).pathname + ':';
  const held = {};
  let kept = true;

  function parse(name) {
    try {
      return JSON.parse(localStorage.getItem(prefix + name));
    } catch (error) {
      return null;
    }
  }

  // Another page or an older one may have written anything.
  function like(value, fallback) {
    return value !== null && typeof value === 'object' && Array.isArray(value) === Array.isArray(fallback) ? value : fallback;
  }

  function read(name, fallback) {
    if (!(name in held)) {
      held[name] = parse(name);
    }
    return like(held[name], fallback);
  }

  // What the next page will find.
  function lasting(name, fallback) {
    return like(parse(name), fallback);
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

  window.gangwei.store = { read: read, lasting: lasting, write: write, wipe: wipe };
})();
