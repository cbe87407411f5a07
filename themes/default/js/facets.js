// The facets. On a phone they are closed at first and open as a sheet at the bottom edge; on a desktop they are always
// open.
(() => {
  'use strict';

  gangwei.start('facets', (/** @type {HTMLDetailsElement} */ sheet) => {
    const wide = window.matchMedia('(min-width: 60rem)');
    const summary = sheet.querySelector('summary');

    function fit() {
      sheet.open = wide.matches;
    }

    function close() {
      if (!wide.matches && sheet.open) {
        sheet.open = false;
        return true;
      }
      return false;
    }

    /** @type {HTMLElement} */ (sheet.parentElement).dataset.sheet = '';
    fit();
    if (wide.addEventListener) {
      wide.addEventListener('change', fit);
    }
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && close()) {
        summary.focus();
      }
    });
    document.addEventListener('click', (event) => {
      if (!sheet.contains(/** @type {Node} */ (event.target))) {
        close();
      }
    });
  });
})();
