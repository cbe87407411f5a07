// Added by the preview only: asks to be told of every change, and loads the page again.
(() => {
  const events = new EventSource('/__gangwei/events');
  events.onmessage = () => location.reload();
})();
