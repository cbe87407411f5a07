// What can be done with a filled report: copied as text or as markdown, printed, shown without its values.
(function () {
  'use strict';

  const gangwei = window.gangwei;
  const shared = document.documentElement.dataset;

  // A report that somebody hands in is no template any more.
  function titleOf(title) {
    return title.replace(/[（(]?(?:模板|模版|范本|範本|template)[）)]?\s*$/i, '').trim() || title;
  }

  function openTools(page) {
    const { work, words } = page;
    const box = work.querySelector('.report-tools');
    const sheet = work.querySelector('.sheet');
    const title = titleOf(words.title);
    const heading = document.createElement('p');
    heading.className = 'sheet-title print-only';
    heading.setAttribute('aria-hidden', 'true');
    heading.textContent = title;
    sheet.prepend(heading);

    // Where the clipboard is refused, the text stands selected, to be copied by hand.
    const byHand = document.createElement('textarea');
    byHand.className = 'copy-field report-by-hand';
    byHand.readOnly = true;
    byHand.hidden = true;
    byHand.setAttribute('aria-label', shared.copyByHand);

    function copyButton(label, text) {
      const button = gangwei.button(label, 'tool', () => {
        const content = text();
        const done = () => {
          byHand.hidden = true;
          page.say(shared.copied);
          button.textContent = shared.copied;
          setTimeout(() => {
            button.textContent = label;
          }, 2000);
        };
        const refused = () => {
          byHand.hidden = false;
          byHand.value = content;
          byHand.focus();
          byHand.select();
          let isCopied = false;
          try {
            isCopied = document.execCommand('copy');
          } catch (error) {
            isCopied = false;
          }
          if (isCopied) {
            button.focus();
            done();
          } else {
            page.say(shared.copyByHand);
          }
        };
        if (navigator.clipboard && navigator.clipboard.writeText) {
          navigator.clipboard.writeText(content).then(done, refused);
        } else {
          refused();
        }
      });
      return button;
    }

    const mask = gangwei.button(words.mask, 'tool', () => {
      const isOn = mask.getAttribute('aria-pressed') !== 'true';
      mask.setAttribute('aria-pressed', String(isOn));
      work.querySelector('.report-masked').hidden = !isOn;
      page.mask(isOn);
      page.say(isOn ? words.masked : words.unmasked);
    });
    mask.classList.add('report-mask');
    mask.setAttribute('aria-pressed', 'false');

    const size = document.createElement('span');
    size.className = 'report-words count';
    box.append(
      copyButton(words.copyText, () => title + '\n\n' + page.plain()),
      copyButton(words.copyMarkdown, () => '# ' + title + '\n\n' + gangwei.reportValues.fill(page.form, page.shown()).trim() + '\n'),
      gangwei.button(words.print, 'tool', () => window.print()),
      mask,
      size,
      byHand
    );
  }

  gangwei.reportTools = { openTools };
})();
