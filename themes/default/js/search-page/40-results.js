// A page of results, and the links to the other pages.

/** @param {SearchAnswer} answer */
function showRows(answer) {
  rows.textContent = '';
  rows.start = (state.p - 1) * PAGE + 1;
  for (const result of answer.results) {
    const made = row(result.kind, result.url, marked(result.title, result.titleMarks));
    const facts = [kinds.get(result.kind) || ''];
    // The department itself is before its parents.
    for (const [facet, most] of /** @type {const} */ ([['department', 1], ['location', 5]])) {
      const ids = (result.facets && result.facets[facet]) || [];
      const names = ids.slice(0, most).map((id) => facetOf(facet).names.get(id)).filter(Boolean);
      if (names.length > 0) {
        facts.push(names.join(words.comma));
      }
    }
    // The facts that rows of lists show too: the education and the pay.
    rowFacts(made, facts.concat((result.facets && result.facets.shown) || []));
    const summary = made.querySelector('.row-summary');
    if (result.excerpt) {
      summary.replaceChildren(marked(result.excerpt, result.marks));
    } else {
      summary.remove();
    }
    // A screen reader reads a text in another language in that language.
    if (result.facets && result.facets.language) {
      for (const text of made.querySelectorAll('.row-title a, .row-summary')) {
        text.lang = result.facets.language[0];
      }
    }
    // The state in the template row is "closed".
    if (!result.closed) {
      made.querySelector('.row-meta').remove();
    }
    rows.append(made);
  }
}

/** @param {number} total */
function showPages(total) {
  const nav = page.querySelector('.pagination');
  const list = /** @type {HTMLElement} */ (nav.firstElementChild);
  const last = Math.ceil(total / PAGE);
  list.textContent = '';
  nav.hidden = last < 2;
  /** @param {HTMLElement} child */
  const add = (child) => {
    const item = make('li');
    item.append(child);
    list.append(item);
  };
  /** @param {number} p @param {string} text @param {string} [label] */
  const to = (p, text, label) => {
    const link = linkTo(text, Object.assign({}, state, { p }), '');
    if (label) {
      link.setAttribute('aria-label', fill(label, { n: p }));
    }
    link.dataset.go = 'page';
    add(link);
  };
  if (state.p > 1) {
    to(state.p - 1, words.previous);
  }
  let before = 0;
  for (let p = 1; p <= last; p += 1) {
    if (p > 1 && p < last && Math.abs(p - state.p) > 1) {
      continue;
    }
    if (p > before + 1) {
      const gap = make('span', '', '…');
      gap.setAttribute('aria-hidden', 'true');
      add(gap);
    }
    before = p;
    if (p === state.p) {
      const here = make('span', '', String(p));
      here.setAttribute('aria-current', 'page');
      add(here);
    } else {
      to(p, String(p), words.page);
    }
  }
  if (state.p < last) {
    to(state.p + 1, words.next);
  }
}
