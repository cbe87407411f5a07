// A print button; without scripts the browser's own menu prints the page just as well.
(function () {
  'use strict';

  window.gangwei.start('print', function (tools) {
    const button = window.gangwei.button(tools.dataset.print, 'tool', function () {
      window.print();
    });
    tools.append(button);
    tools.hidden = false;
  });
})();
