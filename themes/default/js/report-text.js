// The live text of a report: its places show values while somebody types them. It redraws only the places of changed
// fields.
(() => {
  'use strict';

  const { EMPTY, shownAt } = gangwei.reportValues;
  const BLOCKS = /^(?:P|H[1-6]|LI|TR|UL|OL|TABLE|THEAD|TBODY|BLOCKQUOTE|PRE|DL|DT|DD|DIV|FIGURE|HR)$/;
  // Blocks that follow each other without an empty line between them.
  const CLOSE = /^(?:LI|TR|UL|OL|THEAD|TBODY)$/;

  // Plain text for a mail: a line for each block, tabs between cells, blanks as lines to write on.
  /** @param {HTMLElement} root @param {string} empty */
  function plain(root, empty) {
    /** @type {string[]} */
    const lines = [];
    let line = '';
    // Ends the line; a gap of two leaves an empty one after it.
    /** @param {number} gap */
    const end = (gap) => {
      if (line.trim()) {
        lines.push(line.trimEnd());
      }
      line = '';
      if (gap > 1 && lines.length && lines[lines.length - 1] !== '') {
        lines.push('');
      }
    };
    /** @param {Node} node */
    const walk = (node) => {
      if (node instanceof Text) {
        const text = node.data.replace(/\s+/g, ' ');
        line += line === '' || line.endsWith(' ') ? text.trimStart() : text;
        return;
      }
      if (!(node instanceof Element) || node.classList.contains('sheet-title')) {
        return;
      }
      if (node.classList.contains('blank')) {
        line += node.classList.contains('is-filled') ? node.textContent : empty;
        return;
      }
      const gap = BLOCKS.test(node.tagName) ? (CLOSE.test(node.tagName) ? 1 : 2) : 0;
      if (gap) {
        end(gap);
      }
      if (node.tagName === 'LI') {
        const list = /** @type {HTMLElement} */ (node.parentNode);
        const start = Number(list.getAttribute('start') || 1);
        const number = start + Array.from(list.children).indexOf(node);
        line = list.tagName === 'OL' ? number + '. ' : '- ';
      }
      node.childNodes.forEach(walk);
      if (/^T[DH]$/.test(node.tagName) && node.nextElementSibling) {
        line += '\t';
      } else if (node.tagName === 'BR') {
        end(1);
      }
      if (gap) {
        end(gap);
      }
    };
    walk(root);
    end(1);
    return lines.join('\n').trim() + '\n';
  }

  // Han characters, and words or figures of other scripts.
  /** @param {string} text */
  function countWords(text) {
    return (text.match(/[\u3400-\u9fff\uf900-\ufaff]|[A-Za-z0-9\u00c0-\u024f][A-Za-z0-9\u00c0-\u024f.,%'-]*/g) || []).length;
  }

  // The places of a sheet. A press on a place calls `go` with the number of its field.
  /** @type {Gangwei['reportText']['openText']} */
  function openText(sheet, form, words, go) {
    /** @type {Map<number, ReportPlace>} */
    const places = new Map();
    sheet.querySelectorAll('.blank[data-blank]').forEach((element) => {
      const number = Number(element.dataset.blank);
      if (form.blanks[number]) {
        places.set(number, { element, blank: form.blanks[number], gap: element.textContent, label: element.getAttribute('aria-label') });
        element.setAttribute('role', 'button');
        element.tabIndex = -1;
      }
    });
    const order = Array.from(places.values());
    // The Tab key reaches one place; the arrow keys move to the others.
    let reachable = order[0];
    /** @param {ReportPlace} place */
    const reach = (place) => {
      reachable.element.tabIndex = -1;
      reachable = place;
      place.element.tabIndex = 0;
    };
    if (reachable) {
      reach(reachable);
    }
    /** @param {Event} event */
    const placeOf = (event) => {
      /** @type {HTMLElement | null} */
      const element = /** @type {Element} */ (event.target).closest('.blank[data-blank]');
      return element && places.get(Number(element.dataset.blank));
    };

    sheet.addEventListener('click', (event) => {
      const place = placeOf(event);
      if (place) {
        go(place.blank.field);
      }
    });
    sheet.addEventListener('keydown', (event) => {
      const place = placeOf(event);
      if (!place || event.altKey || event.ctrlKey || event.metaKey) {
        return;
      }
      const at = order.indexOf(place);
      /** @type {Record<string, number | undefined>} */
      const steps = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: order.length - 1 };
      const next = steps[event.key];
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        go(place.blank.field);
      } else if (next !== undefined) {
        event.preventDefault();
        if (order[next]) {
          reach(order[next]);
          order[next].element.focus();
        }
      }
    });

    /** @param {number} index */
    const ofField = (index) => {
      const own = [];
      for (const number of form.fields[index].blanks) {
        const place = places.get(number);
        if (place) {
          own.push(place);
        }
      }
      return own;
    };
    /** @type {ReportPlace[]} */
    let current = [];
    return {
      // Shows a field's value, or its gaps where it has none.
      show(index, shown) {
        for (const place of ofField(index)) {
          const text = shown && shownAt(place.blank, shown);
          place.element.textContent = text || place.gap;
          place.element.classList.toggle('is-filled', Boolean(text));
          place.element.setAttribute('aria-label', text ? form.fields[index].label + words.colon + text : place.label || '');
        }
      },
      // Marks a field's places as contradicted; `message` is the element that says why.
      mark(index, message) {
        for (const { element } of ofField(index)) {
          element.classList.toggle('is-doubtful', Boolean(message));
          if (message) {
            element.setAttribute('aria-describedby', message);
          } else {
            element.removeAttribute('aria-describedby');
          }
        }
      },
      // Highlights a field's places. With `bring`, it scrolls to one of them if none is visible.
      highlight(index, bring) {
        current.forEach(({ element }) => element.classList.remove('is-current'));
        current = index === null ? [] : ofField(index);
        current.forEach(({ element }) => element.classList.add('is-current'));
        /** @param {ReportPlace} place */
        const isSeen = ({ element }) => {
          const box = element.getBoundingClientRect();
          return box.top >= 0 && box.bottom <= window.innerHeight;
        };
        if (bring && current.length && !current.some(isSeen)) {
          current[0].element.scrollIntoView({ block: 'center' });
        }
      },
      plain: () => plain(sheet, EMPTY),
      count: () => countWords(plain(sheet, ''))
    };
  }

  gangwei.reportText = { openText };
})();
