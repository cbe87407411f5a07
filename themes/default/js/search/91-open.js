// What other scripts call: `gangwei.openSearch` and the few functions in `gangwei.searchParts`.

// Opens an index. `fetchBytes(path, fresh)` gives the bytes of a path below `search/`; `fresh` asks for the newest
// ones, since the name does not change with the content. Nothing is fetched before the first search.
gangwei.openSearch = (given) => {
  const fetchBytes = given.fetchBytes;
  const base = given.base || '';
  let opened = null;
  function open() {
    if (!opened) opened = Files.open(fetchBytes);
    return opened;
  }
  // The files may have changed since they were opened: once more, from a fresh head.
  async function twice(attempt) {
    try {
      return await attempt(await open());
    } catch (error) {
      if (error.code !== 'stale') throw error;
      opened = null;
    }
    try {
      return await attempt(await open());
    } catch (error) {
      opened = null;
      throw error;
    }
  }
  return {
    // Reads what every search needs.
    preload() {
      return open().then(
        (files) => files.loadDays(false),
        () => {
          opened = null;
        }
      );
    },
    // Words for what was typed so far, when it can be pinyin: the likeliest first.
    suggest(typed, limit) {
      return twice(async (files) => (await spokenWords(files, String(typed))).slice(0, limit || 8).map((word) => word[1]));
    },
    async search(text, wanted) {
      const asked = wanted || {};
      const count = (value, otherwise) => (Number.isFinite(value) && value >= 0 ? Math.floor(value) : otherwise);
      const options = {
        filters: readFilters(asked.filters),
        sort: asked.sort || 'relevance',
        state: asked.state || 'open',
        limit: count(asked.limit, 10),
        offset: count(asked.offset, 0),
        facets: Boolean(asked.facets),
        base,
      };
      const query = String(text === undefined || text === null ? '' : text);
      return twice((files) => answer(files, query, options));
    },
  };
};

gangwei.searchParts = { inflate: inflateHere, decodeFold, foldText };
