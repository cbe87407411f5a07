// Copy buttons and sharing. WeChat blocks mail links, so an address and a subject can be copied.
(() => {
  'use strict';

  const { button, make, start } = gangwei;
  const words = /** @type {Words} */ (document.documentElement.dataset);
  // So many milliseconds a button says that it has copied.
  const SAYING = 2000;

  // Copies a text, and says whether it did. Where the clipboard is refused, `show` puts a field that holds the text into
  // the page; it stands selected, to be copied by hand where the old command is refused too.
  /** @type {Gangwei['copyText']} */
  async function copyText(text, show) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch (error) {
      const field = show();
      field.value = text;
      field.focus();
      field.select();
    }
    try {
      return document.execCommand('copy');
    } catch (error) {
      return false;
    }
  }

  // Says on a button for a while that its text is copied.
  /** @type {Gangwei['sayCopied']} */
  function sayCopied(pressed, label) {
    pressed.textContent = words.copied;
    setTimeout(() => {
      pressed.textContent = label;
    }, SAYING);
  }

  /** @type {Gangwei['copyButton']} */
  function copyButton(label, className, text) {
    const copy = button(label, className, async () => {
      const field = make('input', 'copy-field');
      field.readOnly = true;
      field.setAttribute('aria-label', words.copyByHand);
      const isCopied = await copyText(text, () => {
        copy.replaceWith(field);
        return field;
      });
      if (isCopied) {
        if (field.isConnected) {
          field.replaceWith(copy);
          copy.focus();
        }
        sayCopied(copy, label);
      }
    });
    // The changed word is read out.
    copy.setAttribute('aria-live', 'polite');
    return copy;
  }

  start('copy', (element) => {
    element.after(' ', copyButton(words.copy, 'tool tool-inline', element.dataset.text || ''));
  });

  start('share', (tools) => {
    const { copyLink, share, url = location.href.split('#')[0] } = /** @type {Words} */ (tools.dataset);
    tools.append(copyButton(copyLink, 'tool', url));
    if (navigator.share) {
      tools.append(button(share, 'tool', () => {
        // Closing the system's sheet rejects too, and is no fault.
        navigator.share({ title: document.title, url }).catch(() => {});
      }));
    }
    tools.hidden = false;
  });

  Object.assign(gangwei, { copyButton, copyText, sayCopied });
})();
