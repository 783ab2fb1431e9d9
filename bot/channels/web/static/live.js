// The stream of what is new. It rests while the page is out of sight: browsers allow few streams to one host.

const PATIENCE = 3000;

export function listen(address, position, { entry, lost, found, reset }) {
  let source = null;
  let worry = null;

  function open() {
    if (source || document.hidden) return;
    source = new EventSource(`${address}?after=${encodeURIComponent(position)}`);
    source.onopen = () => { calm(); found(); };
    source.onmessage = (event) => { position = event.lastEventId; entry(JSON.parse(event.data)); };
    source.addEventListener("reset", () => { rest(); reset(); });
    source.onerror = failed;
  }

  // Short gaps mend themselves unseen. A refusal ends the stream for good, so it is opened anew.
  function failed() {
    worry ??= setTimeout(lost, PATIENCE); // from the first failure on, however often it is tried
    if (source?.readyState !== EventSource.CLOSED) return;
    close();
    setTimeout(open, PATIENCE);
  }

  function calm() {
    clearTimeout(worry);
    worry = null;
  }

  function close() {
    source?.close();
    source = null;
  }

  function rest() {
    calm();
    close();
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : open()));
  addEventListener("pagehide", rest);
  addEventListener("pageshow", open);
  open();
}
