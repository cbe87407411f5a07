// Added by the preview only: loads the page again when there is another version of it, and goes back to where the reader was.
(() => {
  'use strict';

  const PLACE = 'gangwei-preview-place';
  const own = /** @type {HTMLScriptElement} */ (document.currentScript).dataset.version;
  const here = location.pathname + location.search;

  // Storage may be blocked; then the browser's own memory of the place must do.
  const recall = () => {
    try {
      const place = JSON.parse(sessionStorage.getItem(PLACE) ?? 'null');
      sessionStorage.removeItem(PLACE);
      return place?.page === here ? place : null;
    } catch {
      return null;
    }
  };
  const place = recall();
  // A file that is caught half written makes a page too short for the place: it is kept until the reader moves.
  /** @type {{ x: number, y: number } | null} */
  let unreached = null;
  const goBack = () => {
    scrollTo({ left: place.x, top: place.y, behavior: 'instant' });
    unreached = Math.abs(scrollY - place.y) > 1 ? place : null;
  };
  if (place) {
    goBack();
    // Pictures that came later may have moved everything.
    addEventListener('load', goBack, { once: true });
    for (const move of ['wheel', 'touchmove', 'keydown', 'pointerdown']) {
      addEventListener(move, () => { unreached = null; }, { passive: true });
    }
  }

  const events = new EventSource('/__gangwei/events');
  // A page that is left must not keep one of the few connections that a browser opens to one host.
  addEventListener('pagehide', () => events.close());
  events.onmessage = ({ data }) => {
    if (data === own) return;
    events.close();
    try {
      const { x, y } = unreached ?? { x: scrollX, y: scrollY };
      sessionStorage.setItem(PLACE, JSON.stringify({ page: here, x, y }));
    } catch {
      // The page is loaded again all the same.
    }
    location.reload();
  };
})();
