// Prints only the application form. Without this script the browser prints the unfolded form after the posting.
(() => {
  'use strict';

  const { button, start } = gangwei;
  const root = document.documentElement;

  start('form', (sheet) => {
    const print = button(sheet.dataset.print || '', 'tool no-print', () => {
      root.dataset.prints = 'form';
      window.print();
    });
    // Some browsers open their dialogue later, so the mark remains until printing is over.
    window.addEventListener('afterprint', () => {
      delete root.dataset.prints;
    });
    sheet.querySelector('summary').after(print);
  });
})();
