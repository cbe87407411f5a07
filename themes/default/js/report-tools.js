// The tools for a filled report: copy as text or as markdown, print, show without values.
(() => {
  'use strict';

  const { button, copyText, make, reportValues, sayCopied } = gangwei;
  const shared = /** @type {Words} */ (document.documentElement.dataset);

  // The label of a template does not belong on a report that somebody hands in.
  /** @param {string} title */
  function titleOf(title) {
    return title.replace(/[（(]?(?:模板|模版|范本|範本|template)[）)]?\s*$/i, '').trim() || title;
  }

  /** @type {Gangwei['reportTools']['openTools']} */
  function openTools(page) {
    const { work, words } = page;
    const box = work.querySelector('.report-tools');
    const sheet = work.querySelector('.sheet');
    const title = titleOf(words.title);
    const heading = make('p', 'sheet-title print-only', title);
    heading.setAttribute('aria-hidden', 'true');
    sheet.prepend(heading);

    // If the browser refuses the clipboard, the text is shown and selected, to be copied by hand.
    const byHand = make('textarea', 'copy-field report-by-hand');
    byHand.readOnly = true;
    byHand.hidden = true;
    byHand.setAttribute('aria-label', shared.copyByHand);

    /** @param {string} label @param {() => string} text */
    function copyButton(label, text) {
      const copy = button(label, 'tool', async () => {
        let isRefused = false;
        const isCopied = await copyText(text(), () => {
          isRefused = true;
          byHand.hidden = false;
          return byHand;
        });
        if (!isCopied) {
          page.say(shared.copyByHand);
          return;
        }
        if (isRefused) {
          copy.focus();
        }
        byHand.hidden = true;
        page.say(shared.copied);
        sayCopied(copy, label);
      });
      return copy;
    }

    const mask = button(words.mask, 'tool', () => {
      const isOn = mask.getAttribute('aria-pressed') !== 'true';
      mask.setAttribute('aria-pressed', String(isOn));
      work.querySelector('.report-masked').hidden = !isOn;
      page.mask(isOn);
      page.say(isOn ? words.masked : words.unmasked);
    });
    mask.classList.add('report-mask');
    mask.setAttribute('aria-pressed', 'false');

    const size = make('span', 'report-words count');
    box.append(
      copyButton(words.copyText, () => title + '\n\n' + page.plain()),
      copyButton(words.copyMarkdown, () => '# ' + title + '\n\n' + reportValues.fill(page.form, page.shown()).trim() + '\n'),
      button(words.print, 'tool', () => window.print()),
      mask,
      size,
      byHand
    );
  }

  gangwei.reportTools = { openTools };
})();
