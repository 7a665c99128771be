// Puts the rows in the order that is shown, so that it is also the order of Tab and of a screen reader.
const list = document.querySelector(".list");
const heads = [...list.tHead.rows[0].cells];
const chosen = () => document.querySelector("input[name=by]:checked").id.slice(3);
function order() {
  const name = chosen();
  const rank = (row) => Number(row.style.getPropertyValue("--by-" + name));
  list.tBodies[0].append(...[...list.tBodies[0].rows].sort((a, b) => rank(a) - rank(b)));
  for (const head of heads) head.removeAttribute("aria-sort");
  const head = heads.find((one) => one.dataset.by === name);
  head.setAttribute("aria-sort", head.dataset.way);
}
for (const one of document.querySelectorAll("input[name=by]")) one.addEventListener("change", order);
order();
