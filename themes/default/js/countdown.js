// Updates states and days left in the browser, since a page outlives its build. The build wrote exact times with
// offsets, so readers in all zones see the same state. Days are counted in the site's zone.
(() => {
  'use strict';

  const { fill, make, start, today } = gangwei;
  const DAY = 86400000;
  const MINUTE = 60000;
  const ORDER = ['announced', 'open', 'soon', 'closed'];
  const words = /** @type {Words} */ (document.documentElement.dataset);
  /** @typedef {(state: string, now: number) => void} Show */
  /** @type {{ element: HTMLElement, data: Words, show: Show }[]} */
  let watched = [];

  // The state at the time of the build, or a later state whose moment has passed. A clock that is slow reopens nothing.
  /** @param {Words} data @param {number} now */
  function stateAt(data, now) {
    if (words.clock) {
      return data.state;
    }
    let reached = 'announced';
    for (const turn of [['open', data.openAt], ['soon', data.soonAt], ['closed', data.endAt]]) {
      // "Closing soon" does not apply before applications open.
      const waits = turn[0] === 'soon' && data.openAt && now < Date.parse(data.openAt);
      if (turn[1] && !waits && now >= Date.parse(turn[1])) {
        reached = turn[0];
      }
    }
    return ORDER[Math.max(ORDER.indexOf(data.state), ORDER.indexOf(reached))];
  }

  function tick() {
    const now = Date.now();
    // A new day begins on a full minute in every zone in use.
    let next = now - (now % MINUTE) + MINUTE;
    // Rows that are no longer in the page are not updated.
    watched = watched.filter((one) => one.element.isConnected);
    for (const one of watched) {
      one.show(stateAt(one.data, now), now);
      for (const turn of [one.data.openAt, one.data.soonAt, one.data.endAt]) {
        const time = Date.parse(turn);
        if (time > now && time < next) {
          next = time;
        }
      }
    }
    return next - now;
  }

  let timer = 0;

  // A sleeping phone stops timers, so the states are also updated when the page is visible again.
  function follow() {
    clearTimeout(timer);
    const wait = tick();
    if (!words.clock) {
      timer = setTimeout(follow, wait);
    }
  }

  /** @param {HTMLElement} element @param {Show} show */
  function watch(element, show) {
    const one = { element, data: /** @type {Words} */ (Object.assign({}, element.dataset)), show };
    watched.push(one);
    show(stateAt(one.data, Date.now()), Date.now());
  }

  start('countdown', (chip) => {
    const data = /** @type {Words} */ (chip.dataset);
    const name = chip.querySelector('.chip-state');
    /** @type {HTMLTimeElement | null} */
    const date = chip.querySelector('time');
    const built = { state: data.state, name: name.textContent, date: date && date.textContent };
    const note = make('span', 'chip-left');

    watch(chip, (state, now) => {
      const title = state.charAt(0).toUpperCase() + state.slice(1);
      chip.className = 'chip chip-' + state;
      name.textContent = state === built.state ? built.name : data['word' + title] || words[state];
      note.remove();
      let left = -1;
      if (data.closes && (state === 'open' || state === 'soon')) {
        left = Math.round((Date.parse(data.closes.slice(0, 10)) - Date.parse(today(now))) / DAY);
      }
      if (date) {
        const opened = built.state === 'announced' && state !== 'announced';
        date.textContent = opened ? data.until || '' : built.date;
        if (opened && data.closes) {
          date.dateTime = data.closes;
        }
        // The printed page keeps the date, since the word "today" is wrong on the next day.
        date.className = left === 0 || left === 1 ? 'chip-near' : '';
      }
      if (left > 1) {
        note.textContent = fill(words.daysLeft, { n: left });
        chip.append(' ', note);
      } else if (left >= 0 && date) {
        // Exact times are written in the site's zone, so their digits need no conversion.
        const time = data.closes.length > 10 ? data.closes.slice(11, 16) : '24:00';
        note.textContent = fill(left === 1 ? words.tomorrow : words.today, { time });
        chip.append(' ', note);
      }
    });
  });

  // Shows elements that belong to certain states only: the way to apply, and the notice that applications are over.
  start('during', (element) => {
    const states = (element.dataset.during || '').split(' ');
    watch(element, (state) => {
      element.hidden = states.indexOf(state) < 0;
    });
  });

  // Whether the day that an element names is over.
  /** @param {HTMLElement} element @param {number} now */
  function isOver(element, now) {
    /** @type {HTMLTimeElement | null} */
    const time = element.querySelector('time');
    return time !== null && today(now) > time.dateTime;
  }

  start('step', (step) => {
    watch(step, (state, now) => {
      if (isOver(step, now) && !step.classList.contains('step-done')) {
        step.classList.add('step-done');
        step.append(' ', make('span', 'step-note', words.stepDone));
      }
    });
  });

  // The next step: the first that is not over, of the steps that were ahead at the time of the build.
  start('next-step', (card) => {
    watch(card, (state, now) => {
      let found = false;
      for (const step of card.querySelectorAll('.campaign-next')) {
        const over = isOver(step, now);
        step.hidden = over || found;
        found = found || !over;
      }
    });
  });

  document.addEventListener('visibilitychange', follow);
  window.addEventListener('pageshow', follow);
  follow();
})();
