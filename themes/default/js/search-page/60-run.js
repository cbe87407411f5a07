// Changes from one state to the next: it asks the reader and records the address in the browser's history.

let turn = 0;

/** @param {() => void} [after] */
async function run(after) {
  const own = (turn += 1);
  const options = optionsOf(state);
  document.title = state.q.trim() ? state.q.trim().slice(0, 60) + ' - ' + title : title;
  showControls();
  showFacets(null);
  showParts();
  rows.setAttribute('aria-busy', 'true');
  // The edition in another script runs the same search.
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const editions = document.querySelectorAll('.editions-list a');
  for (const link of editions) {
    link.search = writeState(state).split('?')[1] || '';
  }
  try {
    const [answer] = await Promise.all([gangwei.search(state.q, options), named]);
    if (own !== turn) {
      return;
    }
    if (answer.results.length === 0 && answer.total > 0 && state.p > 1) {
      go(Object.assign({}, state, { p: Math.ceil(answer.total / PAGE) }), { replace: true });
      return;
    }
    part('error').hidden = true;
    show(answer);
    if (after) {
      after();
    }
    if (sheet.open || hasFilters(state)) {
      const counted = await gangwei.search(state.q, Object.assign(options, { facets: true }));
      if (own !== turn) {
        return;
      }
      showFacets(counted.facets || {});
      showParts();
    }
  } catch (error) {
    if (own === turn) {
      showFailure();
    }
  } finally {
    if (own === turn) {
      rows.removeAttribute('aria-busy');
    }
  }
}

// Browsers limit how often the history may change, some limit the length of an address, and some refuse it on a disk.
// The page works without the history.
/** @param {'pushState' | 'replaceState'} method @param {string} address @param {number} y */
function record(method, address, y) {
  try {
    history[method]({ y }, '', address);
  } catch (error) {
    // The address then stays as it is.
  }
}

// Goes to a state; `replace` while typing, a new entry otherwise.
/** @param {State} wanted @param {{ replace?: boolean, typed?: boolean, after?: () => void }} how */
function go(wanted, how) {
  state = wanted;
  const address = writeState(state);
  if (how.replace) {
    record('replaceState', address, 0);
  } else if (address !== settled) {
    record('replaceState', settled, window.scrollY);
    record('pushState', address, window.scrollY);
    settled = address;
  }
  if (!how.typed) {
    settled = address;
    field.value = state.q;
  }
  run(how.after);
}

function restore() {
  const y = history.state && history.state.y;
  state = readState(location.search);
  settled = writeState(state);
  field.value = state.q;
  run(() => {
    if (y) {
      window.scrollTo(0, y);
    }
  });
}
