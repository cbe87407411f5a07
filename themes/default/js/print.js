// A print button. Without scripts, the browser's own menu prints the same page.
(() => {
  'use strict';

  gangwei.start('print', (tools) => {
    tools.append(gangwei.button(tools.dataset.print || '', 'tool', () => window.print()));
    tools.hidden = false;
  });
})();
