// Days left beside a closing date, counted in the site's time zone and not in the reader's.
(function () {
  'use strict';

  const DAY = 86400000;

  // The calendar day of an instant in a zone: 2026-11-21.
  function dayIn(instant, zone) {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit'
    });
    const parts = {};
    for (const part of format.formatToParts(instant)) {
      parts[part.type] = part.value;
    }
    return parts.year + '-' + parts.month + '-' + parts.day;
  }

  // What a closing date means now. `closes` is a day, which lasts until its end, or an exact time with offset.
  // `clock` is a fixed day and wins over `now`.
  function timeLeft(closes, zone, now, clock) {
    const exact = closes.length > 10;
    const today = clock ? clock.slice(0, 10) : dayIn(now, zone);
    const day = exact ? dayIn(new Date(closes), zone) : closes;
    const days = Math.round((Date.parse(day) - Date.parse(today)) / DAY);
    const passed = exact && !clock && now >= new Date(closes);
    // The template writes exact times in the site's zone, so the digits can be read as they stand.
    return { over: days < 0 || passed, days: days, time: exact ? closes.slice(11, 16) : '24:00' };
  }

  if (typeof module !== 'undefined') {
    module.exports = { dayIn: dayIn, timeLeft: timeLeft };
    return;
  }

  const words = document.documentElement.dataset;

  function left(closes) {
    return timeLeft(closes, words.timeZone, new Date(), words.clock);
  }

  window.gangwei.start('countdown', function (chip) {
    const now = left(chip.dataset.closes);
    const date = chip.querySelector('time');
    if (now.over) {
      chip.className = 'chip chip-closed';
      chip.querySelector('.chip-state').textContent = chip.dataset.closed || words.closed;
      return;
    }
    // A page outlives its build: what was open then may be closing soon by now.
    if (now.days < Number(words.soonDays)) {
      chip.className = 'chip chip-soon';
      chip.querySelector('.chip-state').textContent = chip.dataset.soon || words.soon;
    }
    if (now.days > 1) {
      const note = document.createElement('span');
      note.className = 'chip-left';
      note.textContent = words.daysLeft.replace('{n}', now.days);
      chip.append(' ', note);
    } else if (date) {
      date.className = 'chip-left';
      date.textContent = (now.days === 1 ? words.tomorrow : words.today).replace('{time}', now.time);
    }
  });

  // What can no longer be done is not offered: the action of a posting after its closing.
  window.gangwei.start('ends', function (element) {
    element.hidden = left(element.dataset.closes).over;
  });
})();
