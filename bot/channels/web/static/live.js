// The stream of what is new. It rests while the page is out of sight: browsers allow few streams to one host.

const PATIENCE = 3000;

export function listen(address, position, { entry, lost, found, reset }) {
  let source = null;
  let worry;

  function open() {
    if (source || document.hidden) return;
    source = new EventSource(`${address}?after=${encodeURIComponent(position)}`);
    source.onopen = () => { clearTimeout(worry); found(); };
    source.onmessage = (event) => { position = event.lastEventId; entry(JSON.parse(event.data)); };
    source.addEventListener("reset", () => { close(); reset(); });
    source.onerror = failed;
  }

  // Short gaps mend themselves unseen. A refusal ends the stream for good, so it is opened anew.
  function failed() {
    clearTimeout(worry);
    worry = setTimeout(lost, PATIENCE);
    if (source?.readyState !== EventSource.CLOSED) return;
    close();
    setTimeout(open, PATIENCE);
  }

  function close() {
    source?.close();
    source = null;
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  open();
}
