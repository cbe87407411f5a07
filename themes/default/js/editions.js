// The menu of editions: Escape and a tap elsewhere close it. Without this script, its own button closes it.
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
    // The fragment of an address, such as a comparison, is valid in the other edition too.
    menu.addEventListener('toggle', () => {
      for (const link of menu.querySelectorAll('a')) {
        link.hash = location.hash;
      }
    });
  });
})();
