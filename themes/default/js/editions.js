// The menu of editions: closed by Escape and by a tap elsewhere. Without this script its own button closes it.
(() => {
  'use strict';

  gangwei.start('editions', (/** @type {HTMLDetailsElement} */ menu) => {
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && menu.open) {
        menu.open = false;
        menu.querySelector('summary').focus();
      }
    });
    document.addEventListener('click', (event) => {
      if (menu.open && !menu.contains(/** @type {Node} */ (event.target))) {
        menu.open = false;
      }
    });
    // What an address says after its mark, such as a comparison, holds in the other script too.
    menu.addEventListener('toggle', () => {
      for (const link of menu.querySelectorAll('a')) {
        link.hash = location.hash;
      }
    });
  });
})();
