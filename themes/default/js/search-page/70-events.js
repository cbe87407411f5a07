// Typing, choices and presses lead to another state. At the end, the script shows the page for the first time.

form.addEventListener('gangwei:typed', () => go(withChange(state, { q: field.value }), { replace: true, typed: true }));
form.addEventListener('submit', (event) => {
  event.preventDefault();
  go(withChange(state, { q: field.value }), {});
});
page.addEventListener('change', (event) => {
  const { name, value, checked } = /** @type {HTMLInputElement} */ (event.target);
  if (RANGES.some((range) => range === name) || name === 'sort') {
    go(withChange(state, { [name]: value }), {});
  } else if (name === 'state') {
    go(withChange(state, { state: checked ? 'all' : '' }), {});
  }
});
page.addEventListener('click', (event) => {
  /** @type {HTMLAnchorElement | null} */
  const link = /** @type {Element} */ (event.target).closest('a[data-go]');
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
    return;
  }
  event.preventDefault();
  const isPage = link.dataset.go === 'page';
  go(readState(new URL(link.href).search), {
    after: () => {
      // The pressed link is gone, so the heading of the new results takes the focus.
      heading.focus({ preventScroll: true });
      if (isPage) {
        heading.scrollIntoView();
      }
    },
  });
});
sheet.addEventListener('toggle', () => {
  if (sheet.open && !facetOf('kind').items.size) {
    run();
  }
});
part('show').addEventListener('click', () => {
  sheet.open = false;
  heading.focus({ preventScroll: true });
  heading.scrollIntoView();
});
part('reload').addEventListener('click', () => location.reload());
window.addEventListener('popstate', () => {
  // A link to a place of the page, such as its main part, does not change the state.
  if (writeState(readState(location.search)) !== writeState(state)) {
    restore();
  }
});
let scrolling = 0;
window.addEventListener('scroll', () => {
  clearTimeout(scrolling);
  scrolling = setTimeout(() => record('replaceState', writeState(state), window.scrollY), SPEAKING);
}, { passive: true });
try {
  history.scrollRestoration = 'manual';
} catch (error) {
  // The browser then restores the position in its own way.
}
page.hidden = false;
restore();
