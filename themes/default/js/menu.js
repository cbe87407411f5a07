// The menu on a phone: a button opens it. Without this script the menu is always open.
(() => {
  'use strict';

  const { button, make, start } = gangwei;

  start('menu', (menu) => {
    const opener = button(menu.dataset.label || '', 'header-button menu-button', () => set(menu.dataset.menu !== 'open'));
    const mark = make('span', 'menu-mark');
    mark.setAttribute('aria-hidden', 'true');
    opener.prepend(mark);
    opener.setAttribute('aria-controls', menu.id);

    /** @param {boolean} open */
    function set(open) {
      menu.dataset.menu = open ? 'open' : 'closed';
      opener.setAttribute('aria-expanded', String(open));
    }

    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && menu.dataset.menu === 'open' && opener.offsetParent) {
        set(false);
        opener.focus();
      }
    });
    set(false);
    // The button is before the list in the document, so that the focus moves from it into the opened list.
    menu.before(opener);
  });
})();
