// The whole answer: the number of results, the reader's hints about the query, and the text for screen readers.

let speaking = 0;

/** @param {string} text */
function say(text) {
  clearTimeout(speaking);
  speaking = setTimeout(() => {
    part('status').textContent = text;
  }, SPEAKING);
}

/** @param {SearchSuggestion} suggestion */
function noteOf(suggestion) {
  const note = make('li');
  const values = { text: suggestion.text, words: suggestion.words.join(words.comma), n: suggestion.total };
  const label = words[suggestion.kind];
  if (!label) {
    return null;
  }
  note.append(fill(label, values));
  /** @param {string} text @param {State} wanted */
  const add = (text, wanted) => note.append(' ', linkTo(text, wanted, ''));
  if (suggestion.kind === 'synonym') {
    add(fill(words.only, values), withChange(state, { q: suggestion.query }));
  } else if (suggestion.kind === 'closed') {
    add(words.include, withoutFilters(state, { state: 'all' }));
  } else if (suggestion.kind === 'filters') {
    add(words.clear, withoutFilters(state, { state: state.state }));
  } else if (suggestion.kind === 'pinyin') {
    for (const word of suggestion.words) {
      add(word, withChange(state, { q: suggestion.query.replace(suggestion.words[0], () => word) }));
    }
  } else if (suggestion.query !== '') {
    const text = suggestion.query;
    add(suggestion.total === undefined ? text : fill(words.counted, { text, n: suggestion.total }), withChange(state, { q: text }));
  }
  return note;
}

/** @param {SearchAnswer} answer */
function showNotes(answer) {
  const list = part('notes');
  const notes = [];
  for (const suggestion of answer.suggestions) {
    const note = noteOf(suggestion);
    if (note) {
      notes.push(note);
    }
  }
  if (answer.total === 0 && notes.length === 0) {
    notes.push(make('li', '', words.nothing));
  }
  list.textContent = '';
  list.append(...notes);
  list.hidden = notes.length === 0;
}

/** @param {SearchAnswer} answer */
function show(answer) {
  const text = answer.total === 0 ? words.none
    : fill(!answer.exact ? words.about : state.q.trim() || hasFilters(state) ? words.found : words.all, { n: answer.total });
  heading.textContent = text;
  part('show').textContent = answer.total === 0 ? words.none : fill(words.show, { n: answer.total });
  part('bar').hidden = false;
  showNotes(answer);
  showRows(answer);
  showPages(answer.total);
  const notes = Array.from(part('notes').children, (note) => note.textContent);
  say([text].concat(notes).join(words.clause));
}

// An unreliable answer is not shown.
function showFailure() {
  rows.textContent = '';
  part('bar').hidden = true;
  part('notes').hidden = true;
  page.querySelector('.pagination').hidden = true;
  part('error').hidden = false;
}
