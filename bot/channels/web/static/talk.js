// The conversation: sends without loading the page anew, and shows what arrives. The page works without it.

import { listen } from "./live.js";
import { insert, latest } from "./entries.js";

const list = document.getElementById("messages");
const words = document.getElementById("words").dataset;
const text = document.getElementById("text");
const trouble = document.getElementById("trouble");
const arrived = document.getElementById("arrived");
const politely = document.getElementById("say-politely");
const now = document.getElementById("say-now");
const title = document.title;
let nonce = document.querySelector("[name=nonce]").value;
let busy = false;
let unread = 0;

// --- sending

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-say]")) return;
  event.preventDefault();
  if (!busy) send(event.target, event.submitter);
});

async function send(form, submitter) {
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.set(submitter.name, submitter.value);
  if (form.id === "compose" && !text.value.trim()) return text.focus();
  body.set("nonce", nonce);
  setBusy(form, true);
  try {
    const response = await fetch(form.action, { method: "POST", body, headers: { accept: "application/json" } });
    const answer = await response.json();
    if (response.ok) took(form, answer);
    else complain(words[answer.problem] ?? words.unreadable, answer.problem === "stale");
  } catch {
    complain(words.unsent, false); // the nonce stays: sending again is the same message
  } finally {
    setBusy(form, false);
  }
}

function took(form, answer) {
  nonce = answer.nonce;
  complain("", false);
  const typed = form.id === "compose";
  if (typed) text.value = "";
  answer.entries.forEach(arrive);
  if (!wide.matches) document.getElementById("try-box").open = false;
  const item = document.getElementById(`m${answer.focus}`);
  if (item) show(item, typed);
}

// What one typed leaves the focus in the box; what one pressed takes it along to the answer.
function show(item, typed) {
  const urgent = "urgent" in item.dataset;
  const target = item.querySelector("[data-problems]") ?? item.querySelector(".card");
  if (typed && !urgent) politely.textContent = item.dataset.announce;
  else target?.focus({ preventScroll: true });
  if (urgent) now.textContent = words.urgent.replace("#", item.dataset.announce);
  const before = item.previousElementSibling;
  const from = target?.matches("[data-problems]") ? target : before?.matches(".entry-said") ? before : item;
  from.scrollIntoView({ block: "start", behavior: pace() });
}

function setBusy(form, on) {
  busy = on;
  form.setAttribute("aria-busy", on);
}

function complain(sentence, stale) {
  trouble.replaceChildren(sentence);
  if (!stale) return;
  const again = document.createElement("a");
  again.href = location.pathname;
  again.textContent = words.reload;
  trouble.append(" ", again);
}

text.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  text.form.requestSubmit();
});
document.querySelector(".keys").hidden = false;

// --- hearing

listen(list.dataset.live, list.dataset.position, {
  entry: arrive,
  lost: () => complain(words.lost, false),
  found: () => trouble.textContent === words.lost && complain("", false),
  reset: () => complain(words.reset, true),
});

function arrive(entry) {
  const near = atEnd();
  const item = insert(list, entry);
  document.getElementById("hello").hidden = true;
  if (item && entry.kind === "message") tell(item, near);
}

function tell(item, near) {
  (("urgent" in item.dataset) ? now : politely).textContent = words.new.replace("#", item.dataset.announce);
  if (near) item.scrollIntoView({ block: "nearest", behavior: pace() });
  if (near && document.hasFocus()) return;
  unread += 1;
  document.title = `(${unread}) ${title}`;
  if (near) return;
  const link = arrived.firstElementChild;
  link.textContent = unread === 1 ? link.dataset.one : link.dataset.many.replace("#", unread);
  link.hash = item.id;
  arrived.hidden = false;
}

function seen() {
  unread = 0;
  document.title = title;
  arrived.hidden = true;
}

arrived.addEventListener("click", (event) => {
  event.preventDefault();
  const item = document.getElementById(event.target.hash.slice(1));
  seen();
  item?.querySelector(".card")?.focus({ preventScroll: true });
  item?.scrollIntoView({ block: "start", behavior: pace() });
});
addEventListener("focus", () => atEnd() && seen());
addEventListener("scroll", () => atEnd() && document.hasFocus() && seen(), { passive: true });

function atEnd() {
  return innerHeight + scrollY >= document.documentElement.scrollHeight - 120;
}

function pace() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

// --- the panel at the side is always open where there is room for it

const wide = matchMedia("(min-width: 58rem)");
const fit = () => wide.matches && (document.getElementById("try-box").open = true);
wide.addEventListener("change", fit);
fit();
if (!location.hash) latest(list)?.scrollIntoView({ block: "start" });
document.documentElement.dataset.ready = "";
