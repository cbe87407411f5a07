// Copy buttons and sharing. WeChat blocks mail links, so buttons copy an address and a subject.
(() => {
  'use strict';

  const { button, make, start } = gangwei;
  const words = /** @type {Words} */ (document.documentElement.dataset);
  // A button says for this many milliseconds that it has copied.
  const SAYING = 2000;

  // Copies a text and returns whether it succeeded. If the browser refuses the clipboard, `show` puts a field with the
  // text into the page. If the old command fails too, the text stays selected, to be copied by hand.
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

  // A button says for a while that its text is copied.
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
    // Screen readers announce the changed word.
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
        // The promise also rejects if somebody closes the system's sheet, which is not a fault.
        navigator.share({ title: document.title, url }).catch(() => {});
      }));
    }
    tools.hidden = false;
  });

  Object.assign(gangwei, { copyButton, copyText, sayCopied });
})();
