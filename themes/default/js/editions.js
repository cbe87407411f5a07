// The menu of editions: closed by Escape and by a tap elsewhere. Without this script its own button closes it.
(function () {
  'use strict';

  window.gangwei.start('editions', function (menu) {
    document.addEventListener('keydown', function (event) {
      if (event.key === 'Escape' && menu.open) {
        menu.open = false;
        menu.querySelector('summary').focus();
      }
    });
    document.addEventListener('click', function (event) {
      if (menu.open && !menu.contains(event.target)) {
        menu.open = false;
      }
    });
    // What an address says after its mark, such as a comparison, holds in the other script too.
    menu.addEventListener('toggle', function () {
      for (const link of menu.querySelectorAll('a')) {
        link.hash = location.hash;
      }
    });
  });
})();
