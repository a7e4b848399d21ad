// Search as you type, accents and case aside; arrows and Enter choose, Escape leaves.
function folded(text) { return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase(); }
let foundIds = [];
let at = -1;
function search(query) {
  const words = folded(query).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const score = (node) => {
    const texts = Object.values(node.texts).map(folded);
    if (!words.every((word) => texts.some((text) => text.includes(word)))) return -1;
    return folded(name(node)).startsWith(words[0]) ? 0 : texts.some((text) => text.startsWith(words[0])) ? 1 : 2;
  };
  return nodes.filter(nodeShown).map((node) => [score(node), rank[node.id], node.id]).filter(([value]) => value >= 0)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, 12).map(([, , id]) => id);
}
function showFound() {
  const list = $("found");
  const open = $("search").value.trim() !== "";
  list.hidden = !open;
  $("search").setAttribute("aria-expanded", String(open));
  list.replaceChildren(...(foundIds.length || !open ? foundIds.map((id, i) => make("li", {
    role: "option", id: `found-${i}`, "aria-selected": String(i === at), onmousedown: (event) => { event.preventDefault(); pick(id); },
  }, worded("b", nodes[id].texts), make("span", {}, nodes[id].country ? country(nodes[id].country) : kindName(nodes[id].kind)))) : [make("li", { "aria-disabled": "true" }, t("nothing"))]));
  if (at >= 0) { $("search").setAttribute("aria-activedescendant", `found-${at}`); list.children[at].scrollIntoView({ block: "nearest" }); }
  else $("search").removeAttribute("aria-activedescendant");
}
function pick(id) {
  $("search").value = "";
  foundIds = [];
  at = -1;
  showFound();
  choose({ node: id });
  bringIntoView();
  $("graph").focus({ preventScroll: true });
}
function startSearch() {
  const field = $("search");
  field.addEventListener("input", () => { foundIds = search(field.value); at = foundIds.length ? 0 : -1; showFound(); if (field.value.trim()) say(counted(foundIds.length, "results")); });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { field.value = ""; foundIds = []; at = -1; showFound(); field.blur(); event.stopPropagation(); }
    if (event.key === "Enter" && at >= 0) pick(foundIds[at]);
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && foundIds.length) {
      at = (at + (event.key === "ArrowDown" ? 1 : foundIds.length - 1)) % foundIds.length;
      showFound();
      event.preventDefault();
    }
  });
  field.addEventListener("blur", () => { $("found").hidden = true; field.setAttribute("aria-expanded", "false"); });
  field.addEventListener("focus", showFound);
}
