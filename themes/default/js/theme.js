// The light and dark switch. Without a choice the system decides.
(function () {
  'use strict';

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

  window.gangwei.start('theme', function (header) {
    const button = window.gangwei.button('', 'header-button theme-button', function () {
      root.dataset.theme = isDark() ? 'light' : 'dark';
      remember(root.dataset.theme);
      show();
    });
    const mark = document.createElement('span');
    mark.className = 'theme-mark';
    mark.setAttribute('aria-hidden', 'true');
    button.append(mark);
    button.setAttribute('aria-label', header.dataset.themeLabel);
    button.title = header.dataset.themeLabel;

    function show() {
      button.setAttribute('aria-pressed', String(isDark()));
    }

    show();
    if (dark.addEventListener) {
      dark.addEventListener('change', show);
    }
    header.append(button);
  });
})();
