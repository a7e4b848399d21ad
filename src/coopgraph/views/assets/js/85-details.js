// The panel of one node or one link: facts, partners in order of strength, evidence and its sources.
function showDetails() {
  const some = state.node !== null || state.link !== null;
  const within = $("details").contains(document.activeElement) || $("legend").contains(document.activeElement);
  const subject = some ? `${state.node},${state.link}` : "";
  const same = ($("details").dataset.subject ?? "") === subject;
  const opened = same ? [...$("details").querySelectorAll("details[open]")].map((one) => one.dataset.link) : [];
  $("legend").hidden = some;
  $("details").hidden = !some;
  $("details").dataset.subject = subject;
  if (!some) {
    if (within && !same) $("legend").focus({ preventScroll: true });
    return;
  }
  const back = make("button", { type: "button", class: "back", onclick: () => choose({}) }, `← ${t("close")}`);
  $("details").replaceChildren(back, ...(state.node !== null ? nodeDetails(nodes[state.node]) : linkDetails(links[state.link])));
  for (const one of $("details").querySelectorAll("details")) one.open = opened.includes(one.dataset.link);
  if (within) $("details").querySelector("h3").focus({ preventScroll: true });
  if (!same) document.querySelector(".panel").scrollTop = 0;
}
function nodeDetails(node) {
  const under = [kindShown(node.kind), node.country ? country(node.country) : ""].filter(Boolean).join(", ");
  const measured = node.m.map((value, i) => [columnName(data.columns[i]), value, data.columns[i]]).filter(([, value]) => value !== null).map(([term, value, column]) => [term, measure(value, column)]);
  const own = linksOf[node.id].filter(drawable).sort((a, b) => (b.f + b.b) - (a.f + a.b) || rank[otherEnd(a, node.id).id] - rank[otherEnd(b, node.id).id]);
  return [
    worded("h3", node.texts, { tabindex: "-1" }), make("p", { class: "quiet" }, under),
    factList([...measured, ...node.facts.map(([term, value]) => [columnName(term), /^\d{5,15}$/.test(value) ? number(Number(value)) : value])]),
    ...(node.url ? [make("p", { class: "hint" }, address(node.url, node.url))] : []),
    make("h2", {}, `${t("partners_of")} (${number(own.length)})`, own.some((link) => data.layers[link.layer].directed) ? make("span", {}, `${t("given")} / ${t("received")}`) : null),
    ...(own.length ? own.map((link) => partnerRow(link, node)) : [make("p", { class: "quiet" }, t("no_links"))]),
  ];
}
function partnerRow(link, node) {
  const other = otherEnd(link, node.id);
  const directed = data.layers[link.layer].directed;
  const gives = link.from === node.id ? link.f : link.b;
  const gets = link.from === node.id ? link.b : link.f;
  const points = data.layers[link.layer].arrow;
  const sign = points ? (link.from === node.id ? "→" : "←") : !directed ? "–" : gives && gets ? "⇄" : gives ? "→" : "←";
  const amount = directed ? [gives, gets].map((value) => number(value, 2)).join(" / ") : data.layers.length > 1 ? layerName(data.layers[link.layer]) : number(link.f, 2);
  const row = make("div", { class: "partner" }, make("button", { type: "button", onclick: () => { choose({ node: other.id }); bringIntoView(); } },
    make("span", { "aria-hidden": "true" }, sign), worded("span", other.texts, { class: "what" }), make("span", { class: "quiet" }, amount)));
  if (link.e.length) row.append(make("details", { "data-link": String(link.id) }, make("summary", {}, `${t("evidence")} (${number(link.e.length)})`), proofList(link)));
  return row;
}
function linkDetails(link) {
  const ends = [link.from, link.to].map((id) => make("li", {}, make("button", { type: "button", class: "back", onclick: () => { choose({ node: id }); bringIntoView(); } }, name(nodes[id]))));
  return [
    make("h3", { tabindex: "-1" }, linkTitle(link)), make("p", { class: "quiet" }, layerName(data.layers[link.layer])),
    factList([...strengthsOf(link), ...link.facts.map(([term, value]) => [columnName(term), value])]),
    ...(link.e.length ? [make("h2", {}, `${t("evidence")} (${number(link.e.length)})`), proofList(link)] : []),
    make("h2", {}, t("nodes")), make("ul", {}, ...ends),
  ];
}
