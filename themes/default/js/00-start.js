// Starts the features: each on the elements that ask for it, and none can stop another.
(function () {
  'use strict';

  function start(name, run) {
    for (const element of document.querySelectorAll('[data-module~="' + name + '"]')) {
      try {
        run(element);
      } catch (error) {
        console.error('gangwei: ' + name, error);
      }
    }
  }

  // A button that only exists where scripts run.
  function button(text, className, press) {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = className;
    made.textContent = text;
    made.addEventListener('click', press);
    return made;
  }

  window.gangwei = { start: start, button: button };
})();
