// Starts each feature on the elements that declare it. A feature that fails does not stop the others. The file also
// holds the tools that many features use.
//
// Every script is one function. `gangwei` is the only name that scripts share: a script reads from it the parts of
// other scripts, and adds the parts that other scripts need.
(() => {
  'use strict';

  const words = document.documentElement.dataset;
  /** @type {[string, (element: any) => void][]} */
  const features = [];

  /** @param {ParentNode} root @param {string} name @param {(element: any) => void} run */
  function startIn(root, name, run) {
    for (const element of root.querySelectorAll('[data-module~="' + name + '"]')) {
      try {
        run(element);
      } catch (error) {
        console.error('gangwei: ' + name, error);
      }
    }
  }

  /** @type {Gangwei['start']} */
  function start(name, run) {
    features.push([name, run]);
    startIn(document, name, run);
  }

  // Starts the features on elements that a script made later.
  /** @param {ParentNode} root */
  function wake(root) {
    for (const [name, run] of features) {
      startIn(root, name, run);
    }
  }

  // An element that is not in the page yet.
  /** @type {Gangwei['make']} */
  function make(name, className, text) {
    // eslint-disable-next-line no-restricted-syntax -- the one place
    const made = document.createElement(name);
    if (className) {
      made.className = className;
    }
    if (text) {
      made.textContent = text;
    }
    return made;
  }

  // A button that exists only where scripts run.
  /** @type {Gangwei['button']} */
  function button(text, className, press) {
    const made = make('button', className, text);
    made.type = 'button';
    made.addEventListener('click', press);
    return made;
  }

  // Copies a part of the template row in the page, which comes from the same partial as the rows of lists.
  /** @param {string} part */
  function copyRow(part) {
    /** @type {HTMLTemplateElement} */
    const template = document.querySelector('#gw-row');
    return /** @type {HTMLElement} */ (document.importNode(template.content.querySelector(part), true));
  }

  // A row with all parts: `.row-title`, `.row-facts`, `.row-summary`, `.row-meta`. The caller fills or removes them.
  /** @type {Gangwei['row']} */
  function row(kind, url, title) {
    const made = copyRow('.row');
    made.classList.replace('row-pattern', 'row-' + kind);
    const link = made.querySelector('a');
    link.href = url;
    link.replaceChildren(title);
    return made;
  }

  /** @type {Gangwei['rowFacts']} */
  function rowFacts(made, facts) {
    made.querySelector('.row-facts').replaceChildren(...facts.map((text) => {
      const fact = copyRow('.row-facts > *');
      fact.textContent = text;
      return fact;
    }));
  }

  // Puts values into a sentence: a value replaces its {name}.
  /** @type {Gangwei['fill']} */
  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (whole, name) => (values[name] === undefined ? whole : String(values[name])));
  }

  // The calendar day of a moment in the site's zone, or the fixed day of the portal: 2026-11-21.
  /** @type {Gangwei['today']} */
  function today(now) {
    if (words.clock) {
      return words.clock.slice(0, 10);
    }
    /** @type {Words} */
    const parts = {};
    const format = new Intl.DateTimeFormat('en-US', { timeZone: words.timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    for (const part of format.formatToParts(now)) {
      parts[part.type] = part.value;
    }
    return parts.year + '-' + parts.month + '-' + parts.day;
  }

  window.gangwei = /** @type {any} */ ({ start, wake, make, button, row, rowFacts, fill, today });
})();
