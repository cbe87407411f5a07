// Facets on a phone: closed at first, and a sheet from the bottom edge when opened. On a desktop always open.
(function () {
  'use strict';

  window.gangwei.start('facets', function (sheet) {
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

    sheet.parentElement.dataset.sheet = '';
    fit();
    if (wide.addEventListener) {
      wide.addEventListener('change', fit);
    }
    document.addEventListener('keydown', function (event) {
      if (event.key === 'Escape' && close()) {
        summary.focus();
      }
    });
    document.addEventListener('click', function (event) {
      if (!sheet.contains(event.target)) {
        close();
      }
    });
  });
})();
