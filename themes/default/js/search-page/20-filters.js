// The filters: a chip that removes each active filter, and the controls beside the facets.

function showParts() {
  const list = part('parts');
  list.textContent = '';
  /** @param {string} text @param {State} wanted */
  const add = (text, wanted) => {
    const link = linkTo(text, wanted, 'filter-part');
    const cross = make('span', '', '×');
    cross.setAttribute('aria-hidden', 'true');
    link.append(' ', cross, make('span', 'visually-hidden', words.remove));
    const item = make('li');
    item.append(link);
    list.append(item);
  };
  for (const facet of FACETS) {
    for (const id of state.facets[facet]) {
      const rest = state.facets[facet].filter((other) => other !== id);
      add(facetOf(facet).title + words.colon + nameOf(facet, id), withFacet(state, facet, rest));
    }
  }
  for (const range of RANGES) {
    if (state[range]) {
      const select = control(range);
      add(select.dataset.title + words.colon + select.selectedOptions[0].text, withChange(state, { [range]: '' }));
    }
  }
  if (state.state) {
    add(control('state').dataset.title || '', withChange(state, { state: '' }));
  }
  if (list.children.length > 1) {
    const item = make('li');
    item.append(linkTo(words.clear, withoutFilters(state, {}), 'search-clear'));
    list.append(item);
  }
  list.hidden = list.children.length === 0;
  const count = FACETS.reduce((sum, facet) => sum + state.facets[facet].length, 0) + RANGES.filter((range) => state[range]).length;
  part('filters').textContent = count ? String(count) : '';
}

// If the address names a value that the page does not offer, the page adds it.
function showControls() {
  for (const range of RANGES) {
    const select = control(range);
    select.value = state[range];
    if (select.value !== state[range]) {
      const option = make('option', '', fill(select.dataset.text || '', { n: parseInt(state[range], 10) }));
      option.value = state[range];
      select.append(option);
      select.value = state[range];
    }
  }
  /** @type {HTMLInputElement} */
  const closed = control('state');
  closed.checked = state.state === 'all';
  const sort = control('sort');
  // Without words there is no relevance to sort by.
  sort.options[0].disabled = state.q.trim() === '';
  sort.value = optionsOf(state).sort || '';
  if (sort.selectedOptions.length === 0 || sort.selectedOptions[0].disabled) {
    sort.value = 'new';
  }
}
