// Entries of the conversation in the page: each once, in order, never replaced by an older version.

export function insert(list, { entry, version, html }) {
  const old = document.getElementById(`m${entry}`);
  if (old && Number(old.dataset.version) >= version) return null;
  const holder = document.createElement("template");
  holder.innerHTML = html; // made and escaped by the server
  const item = holder.content.querySelector("li");
  if (old) replace(old, item);
  else place(list, item, entry);
  return old ? null : item;
}

export function latest(list) {
  const last = list.lastElementChild;
  const before = last?.previousElementSibling;
  return before?.matches(".entry-said") ? before : last;
}

function replace(old, item) {
  const held = old.contains(document.activeElement) ? document.activeElement : null;
  old.replaceWith(item);
  if (held) (held.id && document.getElementById(held.id) || item.querySelector(".card"))?.focus({ preventScroll: true });
}

function place(list, item, entry) {
  item.classList.add("entry-new");
  const next = [...list.children].find((other) => Number(other.dataset.entry) > entry);
  list.insertBefore(item, next ?? null);
}
