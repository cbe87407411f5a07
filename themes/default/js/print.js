// A print button; without scripts the browser's own menu prints the page just as well.
(() => {
  'use strict';

  gangwei.start('print', (tools) => {
    tools.append(gangwei.button(tools.dataset.print || '', 'tool', () => window.print()));
    tools.hidden = false;
  });
})();
