// Everything is wired here, once.
function refresh() {
  restyle();
  showLegend();
  showDetails();
  $("counts").textContent = countsLine();
  for (const [id, row] of rowOf) row.classList.toggle("chosen", id === state.node);
  network.redraw();
}
function choose({ node = null, link = null }) {
  const changed = state.node !== node || state.link !== link || state.group !== null;
  Object.assign(state, { node, link, group: null });
  if (changed) refresh();
  if (node !== null) say(t("chosen", { name: name(nodes[node]), links: counted(linksOf[node].filter(drawable).length, "links") }));
  else if (link !== null) say(linkTitle(links[link]));
  else if (changed) say(t("cleared"));
}
function step(direction) {
  const shown = data.importance.filter((id) => nodeShown(nodes[id]));
  const here = state.node === null ? (direction > 0 ? -1 : 0) : shown.indexOf(state.node);
  const next = shown[(here + direction + shown.length) % shown.length];
  if (next !== undefined) { choose({ node: next }); bringIntoView(); }
}
const KEYS = {
  ArrowLeft: () => panBy(-1, 0), ArrowRight: () => panBy(1, 0), ArrowUp: () => panBy(0, -1), ArrowDown: () => panBy(0, 1),
  "+": () => zoomBy(1.4), "=": () => zoomBy(1.4), "-": () => zoomBy(1 / 1.4), 0: () => showAll(), n: () => step(1), p: () => step(-1),
};
function startKeys() {
  $("graph").addEventListener("keydown", (event) => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : KEYS[event.key] ?? KEYS[event.key.toLowerCase()];
    if (act) { act(); event.preventDefault(); }
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) { $("search").focus(); event.preventDefault(); }
    if (event.key !== "Escape") return;
    const tipped = !$("tip").hidden;
    hideTip();
    if (!typing && !tipped) choose({});
  });
  // the wheel scrolls the page until the graph has been clicked, so that nobody is caught on the way to the table
  document.querySelector(".stage").addEventListener("wheel", (event) => {
    if (!event.ctrlKey && document.activeElement !== $("graph")) event.stopPropagation();
  }, { capture: true, passive: true });
}
function startSwitching() {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  let own = false;
  setTheme(dark.matches ? "dark" : "light");
  dark.addEventListener("change", () => { if (!own) { setTheme(dark.matches ? "dark" : "light"); refresh(); } });
  $("theme").addEventListener("click", () => { own = true; setTheme(ink.dark ? "light" : "dark"); refresh(); });
  // paper is white whatever the screen is
  let onScreenTheme = "light";
  window.addEventListener("beforeprint", () => { onScreenTheme = document.documentElement.dataset.theme; setTheme("light"); refresh(); });
  window.addEventListener("afterprint", () => { setTheme(onScreenTheme); refresh(); });
  for (const button of document.querySelectorAll("[data-lang]")) {
    button.addEventListener("click", () => { hideTip(); state.lang = button.dataset.lang; translatePage(); tellTable(); refresh(); });
  }
  $("closer").addEventListener("click", () => zoomBy(1.4));
  $("farther").addEventListener("click", () => zoomBy(1 / 1.4));
  $("fit").addEventListener("click", () => showAll());
}
startSwitching();
translatePage();
tellTable();
startGraph();
startTip();
startSearch();
startTable();
startKeys();
showLegend();
let lastSize = "";
new ResizeObserver(() => {
  const size = `${$("graph").clientWidth}x${$("graph").clientHeight}`;
  if (lastSize && size !== lastSize && state.node === null && state.group === null) { network.setSize("100%", "100%"); showAll(false); fitted = network.getScale(); grow(fitted); }
  lastSize = size;
}).observe($("graph"));
// a photograph is taken at another height than the page opened at, and vis-network scales with it: fit all again, at once
if (inPicture) window.addEventListener("resize", () => { showAll(false); fitted = network.getScale(); grow(fitted); network.redraw(); });
document.documentElement.dataset.ready = "true";
