// Prints the application form alone. Without this script the unfolded form prints after the posting.
(function () {
  'use strict';

  const root = document.documentElement;

  window.gangwei.start('form', function (sheet) {
    const button = window.gangwei.button(sheet.dataset.print, 'tool no-print', function () {
      root.dataset.prints = 'form';
      window.print();
    });
    // Some browsers open their dialogue later, so the mark stays until printing is over.
    window.addEventListener('afterprint', function () {
      delete root.dataset.prints;
    });
    sheet.querySelector('summary').after(button);
  });
})();
