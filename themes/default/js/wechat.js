// WeChat's browser blocks mail links, downloads and printing. The page says so, and offers to copy the address or to
// open the page in another browser.
(() => {
  'use strict';

  const hint = document.querySelector('[data-module~="wechat"]');
  if (!hint || !/MicroMessenger/i.test(navigator.userAgent)) {
    return;
  }
  /** @type {HTMLElement | null} */
  const facts = document.querySelector('.apply-facts');
  if (facts) {
    facts.before(hint);
    hint.hidden = false;
  }

  // The message is below the pressed element, where people look for it.
  /** @param {Element | null} pressed */
  function say(pressed) {
    if (!facts || !facts.closest('section').contains(pressed)) {
      const block = pressed && pressed.closest('p, ul, dl, .tools');
      if (block) {
        block.after(hint);
      }
    }
    hint.hidden = false;
    hint.scrollIntoView({ block: 'center' });
    hint.focus();
  }

  document.addEventListener('click', (event) => {
    const pressed = /** @type {Element} */ (event.target);
    /** @type {HTMLAnchorElement | null} */
    const link = pressed.closest && pressed.closest('a[href]');
    if (link && (/^(mailto|webcal):/i.test(link.getAttribute('href') || '') || /\.(ics|docx?|xlsx?|pptx?|pdf|zip|csv)$/i.test(link.pathname))) {
      event.preventDefault();
      say(link);
    }
  });
  window.print = () => say(document.activeElement);
})();
