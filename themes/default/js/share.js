// Copy buttons and sharing. WeChat blocks mail links, so an address and a subject can be copied.
(function () {
  'use strict';

  const words = document.documentElement.dataset;

  // Where the clipboard is refused, the text is shown selected, to be copied by hand.
  function byHand(button, text) {
    const field = document.createElement('input');
    field.className = 'copy-field';
    field.readOnly = true;
    field.value = text;
    field.setAttribute('aria-label', words.copyByHand);
    button.replaceWith(field);
    field.focus();
    field.select();
    let done = false;
    try {
      done = document.execCommand('copy');
    } catch (error) {
      done = false;
    }
    if (done) {
      field.replaceWith(button);
      button.focus();
    }
    return done;
  }

  function copyButton(label, className, text) {
    const button = window.gangwei.button(label, className, function () {
      const say = function () {
        button.textContent = words.copied;
        setTimeout(function () {
          button.textContent = label;
        }, 2000);
      };
      const fail = function () {
        if (byHand(button, text)) {
          say();
        }
      };
      if (navigator.clipboard && navigator.clipboard.writeText) {
        navigator.clipboard.writeText(text).then(say, fail);
      } else {
        fail();
      }
    });
    // The changed word is read out.
    button.setAttribute('aria-live', 'polite');
    return button;
  }

  window.gangwei.copyButton = copyButton;

  window.gangwei.start('copy', function (element) {
    const button = copyButton(words.copy, 'tool tool-inline', element.dataset.text);
    element.after(' ', button);
  });

  window.gangwei.start('share', function (tools) {
    const url = tools.dataset.url || location.href.split('#')[0];
    tools.append(copyButton(tools.dataset.copyLink, 'tool', url));
    if (navigator.share) {
      tools.append(window.gangwei.button(tools.dataset.share, 'tool', function () {
        // Closing the system's sheet rejects too, and is no fault.
        navigator.share({ title: document.title, url: url }).catch(function () {});
      }));
    }
    tools.hidden = false;
  });
})();
