// The table is in the page already (it reads without this script); here it is sorted and put into the reader's language.
const rowOf = new Map([...document.querySelectorAll("#rows tbody tr")].map((row) => [Number(row.dataset.node), row]));
let order = { column: null, descending: false };
function tellTable() {
  $("group-head").textContent = groupHead(false);
  for (const [id, row] of rowOf) {
    const node = nodes[id];
    setWords(row.cells[0].firstElementChild, node.texts);
    row.cells[1].textContent = node.country ? country(node.country) : "";
    row.cells[2].textContent = groupCell(node);
    node.m.forEach((value, i) => { row.cells[3 + i].textContent = measure(value, data.columns[i]); });
    row.classList.toggle("chosen", id === state.node);
  }
}
function groupCell(node) {
  if (node.g < 0) return t("alone");
  return data.colour_by === "community" ? (node.g < GROUPS ? String(node.g + 1) : t("other")) : groupName(node.g);
}
function cellValue(node, column) {
  if (column === "name") return name(node);
  if (column === "country") return node.country ? country(node.country) : "";
  if (column === "group") return node.g < 0 ? null : node.g;
  const value = node.m[Number(column)];
  return Array.isArray(value) ? value[0] : value; // ranges are sorted by their lower end
}
function sortTable(column) {
  const numeric = !["name", "country", "group"].includes(column);
  order = { column, descending: order.column === column ? !order.descending : numeric };
  const turn = order.descending ? -1 : 1;
  const compare = (a, b) => (typeof a === "string" ? a.localeCompare(b, state.lang) : a - b);
  const sorted = nodes.toSorted((a, b) => {
    const [left, right] = [cellValue(a, column), cellValue(b, column)];
    if (left === null || right === null) return (left === null) - (right === null) || rank[a.id] - rank[b.id];
    return turn * compare(left, right) || rank[a.id] - rank[b.id];
  });
  document.querySelector("#rows tbody").append(...sorted.map((node) => rowOf.get(node.id)));
  for (const button of document.querySelectorAll("[data-column]")) {
    button.closest("th").setAttribute("aria-sort", button.dataset.column === column ? (order.descending ? "descending" : "ascending") : "none");
  }
}
function startTable() {
  document.querySelector("#rows thead").addEventListener("click", (event) => { const button = event.target.closest("[data-column]"); if (button) sortTable(button.dataset.column); });
  document.querySelector("#rows tbody").addEventListener("click", (event) => {
    const row = event.target.closest("button")?.closest("tr");
    if (!row) return;
    choose({ node: Number(row.dataset.node) });
    bringIntoView();
    document.querySelector("main").scrollIntoView({ block: "nearest" });
    $("graph").focus({ preventScroll: true });
  });
}
