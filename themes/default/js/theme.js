// The switch between light and dark. Without a choice the system decides.
(() => {
  'use strict';

  const { button, make, start } = gangwei;
  const KEY = 'gangwei-theme';
  const root = document.documentElement;
  const dark = window.matchMedia('(prefers-color-scheme: dark)');

  // Storage throws where cookies are blocked; the switch then lasts for one page.
  function recall() {
    try {
      return localStorage.getItem(KEY);
    } catch (error) {
      return null;
    }
  }

  /** @param {string} theme */
  function remember(theme) {
    try {
      localStorage.setItem(KEY, theme);
    } catch (error) {
      // Nothing to do: the page itself has already changed.
    }
  }

  const kept = recall();
  if (kept === 'dark' || kept === 'light') {
    root.dataset.theme = kept;
  }

  function isDark() {
    return root.dataset.theme ? root.dataset.theme === 'dark' : dark.matches;
  }

  start('theme', (header) => {
    const label = header.dataset.themeLabel || '';
    const toggle = button('', 'header-button theme-button', () => {
      const theme = isDark() ? 'light' : 'dark';
      root.dataset.theme = theme;
      remember(theme);
      show();
    });
    const mark = make('span', 'theme-mark');
    mark.setAttribute('aria-hidden', 'true');
    toggle.append(mark);
    toggle.setAttribute('aria-label', label);
    toggle.title = label;

    function show() {
      toggle.setAttribute('aria-pressed', String(isDark()));
    }

    show();
    if (dark.addEventListener) {
      dark.addEventListener('change', show);
    }
    header.append(toggle);
  });
})();
