// What other scripts call: `gangwei.openSearch` and the few functions in `gangwei.searchParts`.

// Opens an index. `fetchBytes(path, fresh)` gives the bytes of a path below `search/`; `fresh` asks for the newest
// ones, since the name does not change with the content. Nothing is fetched before the first search.
gangwei.openSearch = (given) => {
  const fetchBytes = given.fetchBytes;
  const base = given.base || '';
  /** @type {Promise<Files> | null} */
  let opened = null;
  function open() {
    opened = opened || Files.open(fetchBytes);
    return opened;
  }
  // The files may have changed since they were opened: once more, from a fresh head.
  /** @template T @param {(files: Files) => Promise<T>} attempt */
  async function twice(attempt) {
    try {
      return await attempt(await open());
    } catch (fault) {
      const error = /** @type {any} */ (fault);
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
    async preload() {
      try {
        await (await open()).loadDays(false);
      } catch (error) {
        opened = null;
      }
    },
    // Words for what was typed so far, when it can be pinyin: the likeliest first.
    suggest(typed, limit) {
      return twice(async (files) => (await spokenWords(files, String(typed))).slice(0, limit || 8).map((word) => word[1]));
    },
    async search(text, wanted) {
      const asked = wanted || {};
      /** @param {any} value @param {number} otherwise @returns {number} */
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
      const query = isGiven(text) ? String(text) : '';
      return twice((files) => answer(files, query, options));
    },
  };
};

gangwei.searchParts = { inflate: inflateHere, decodeFold, foldText };
