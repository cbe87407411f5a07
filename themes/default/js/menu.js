// The menu on a phone: folded behind a button. Without this script it lies open.
(function () {
  'use strict';

  window.gangwei.start('menu', function (menu) {
    const button = window.gangwei.button(menu.dataset.label, 'header-button menu-button', function () {
      set(menu.dataset.menu !== 'open');
    });
    const mark = document.createElement('span');
    mark.className = 'menu-mark';
    mark.setAttribute('aria-hidden', 'true');
    button.prepend(mark);
    button.setAttribute('aria-controls', menu.id);

    function set(open) {
      menu.dataset.menu = open ? 'open' : 'closed';
      button.setAttribute('aria-expanded', String(open));
    }

    document.addEventListener('keydown', function (event) {
      if (event.key === 'Escape' && menu.dataset.menu === 'open' && button.offsetParent) {
        set(false);
        button.focus();
      }
    });
    set(false);
    // Before the list in the document, so that focus goes on into what the button opens.
    menu.before(button);
  });
})();
