// The list of people narrows as one types. Without this script the form finds them too.

const box = document.getElementById("q");
const count = document.getElementById("count");
const people = [...document.querySelectorAll(".people li")].map((item) => ({ item, words: item.dataset.words.split(/\s+/) }));
let waiting;

box.addEventListener("input", () => {
  const wanted = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const { item, words } of people) {
    const fits = wanted.every((w) => words.some((word) => word.startsWith(w)));
    item.hidden = !fits;
    found += fits;
  }
  for (const group of document.querySelectorAll(".group")) {
    group.hidden = !group.querySelector("li:not([hidden])");
  }
  clearTimeout(waiting); // said once one stops typing, not at every letter
  waiting = setTimeout(() => say(wanted.length ? found : null), 400);
});

function say(found) {
  const { one, many, none } = count.dataset;
  count.textContent = found === null ? "" : found === 0 ? none : found === 1 ? one : many.replace("#", found);
}
