// Starts the features: each on the elements that ask for it, and none can stop another.
(function () {
  'use strict';

  const features = [];

  function startIn(root, name, run) {
    for (const element of root.querySelectorAll('[data-module~="' + name + '"]')) {
      try {
        run(element);
      } catch (error) {
        console.error('gangwei: ' + name, error);
      }
    }
  }

  function start(name, run) {
    features.push([name, run]);
    startIn(document, name, run);
  }

  // Starts the features on elements that were made later.
  function wake(root) {
    for (const [name, run] of features) {
      startIn(root, name, run);
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

  window.gangwei = { start: start, wake: wake, button: button };
})();
