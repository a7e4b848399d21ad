// Evidence, as DOM built from text: in the tooltip shortly, in the panel with links to the sources.
function linkTitle(link) {
  const [a, b] = [name(nodes[link.from]), name(nodes[link.to])];
  if (data.layers[link.layer].arrow) return `${a} → ${b}`;
  if (!data.layers[link.layer].directed) return `${a} – ${b}`;
  if (oneWay(link)) return link.f > 0 ? `${a} → ${b}` : `${b} → ${a}`;
  return `${a} ⇄ ${b}`;
}
function strengthsOf(link) {
  if (!data.layers[link.layer].directed) return link.f === 1 ? [] : [[t("strength"), number(link.f)]];
  const [a, b] = [name(nodes[link.from]), name(nodes[link.to])];
  return [[t("gives_to", { from: a, to: b }), number(link.f)], [t("gives_to", { from: b, to: a }), number(link.b)]].filter((_, i) => (i ? link.b : link.f) > 0);
}
function proofText(entry) {
  const sure = entry.certainty && entry.certainty !== "stated" ? ` (${certaintyName(entry.certainty)})` : "";
  return make("p", {}, worded("span", entry.texts), [entry.date ? `, ${entry.date}` : "", sure].join(""));
}
function address(url, text) {
  return /^https?:\/\//i.test(url) ? make("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, text) : document.createTextNode(text);
}
function certaintyName(word) { return known(`certainty_${word}`) ? t(`certainty_${word}`) : word; }
// what happened, when, how sure it is; beneath, each source in full
function proofItem(entry) {
  const item = make("li", {}, worded("span", entry.texts), entry.date ? `, ${entry.date}` : "");
  if (entry.certainty) item.append(" ", make("span", { class: "certainty" }, certaintyName(entry.certainty)));
  for (const place of entry.sources) {
    const source = data.sources[place];
    const title = source.title || source.publisher || t("source");
    const by = source.publisher && !title.includes(source.publisher) ? `, ${source.publisher}` : "";
    item.append(make("div", { class: "from" }, address(source.url, title), by));
  }
  return item;
}
function proofList(link) { return make("ul", { class: "proof" }, ...link.e.map((i) => proofItem(data.evidence[i]))); }
function factList(pairs) { return make("dl", {}, ...pairs.flatMap(([term, value]) => [make("dt", {}, term), make("dd", { class: value.length > 22 ? "long" : undefined }, value)])); }

function tipForNode(node) {
  const parts = [worded("strong", node.texts)];
  const under = [kindShown(node.kind), node.country ? country(node.country) : ""].filter(Boolean).join(", ");
  if (under) parts.push(make("p", { class: "quiet" }, under));
  const value = node.m[sizeColumn];
  if (value !== null && value !== undefined) parts.push(make("p", {}, `${columnName(data.size_by)}: ${measure(value, data.size_by)}`));
  parts.push(make("p", {}, counted(linksOf[node.id].filter(drawable).length, "links")));
  return parts;
}
function tipForLink(link) {
  const parts = [make("strong", {}, linkTitle(link)), make("p", { class: "quiet" }, layerName(data.layers[link.layer]))];
  for (const [term, value] of strengthsOf(link)) parts.push(make("p", {}, `${term}: ${value}`));
  for (const i of link.e.slice(0, 3)) parts.push(proofText(data.evidence[i]));
  if (link.e.length > 3) parts.push(make("p", { class: "quiet" }, t("more", { count: number(link.e.length - 3) })));
  return parts;
}
let tipFades = 0;
function hideTip() { clearTimeout(tipFades); $("tip").hidden = true; $("graph").style.cursor = ""; }
// it stays while the pointer is on it or on its way there, and Escape takes it away (WCAG 1.4.13)
function startTip() {
  const show = (parts, { x, y }) => {
    const tip = $("tip");
    clearTimeout(tipFades);
    tip.replaceChildren(...parts);
    tip.hidden = false;
    const { clientWidth: width, clientHeight: height } = $("graph");
    tip.style.left = `${Math.max(8, Math.min(x + 16, width - tip.offsetWidth - 8))}px`;
    tip.style.top = `${y + 18 + tip.offsetHeight > height ? Math.max(8, y - tip.offsetHeight - 12) : y + 18}px`;
  };
  const fade = () => { $("graph").style.cursor = ""; clearTimeout(tipFades); tipFades = setTimeout(hideTip, 220); };
  network.on("hoverNode", ({ node, pointer }) => { show(tipForNode(nodes[node]), pointer.DOM); $("graph").style.cursor = "pointer"; });
  network.on("hoverEdge", ({ edge, pointer }) => { show(tipForLink(links[edge]), pointer.DOM); $("graph").style.cursor = "pointer"; });
  for (const event of ["blurNode", "blurEdge"]) network.on(event, fade);
  for (const event of ["dragStart", "zoom", "click"]) network.on(event, hideTip);
  $("tip").addEventListener("pointerenter", () => clearTimeout(tipFades));
  $("tip").addEventListener("pointerleave", fade);
  document.querySelector(".stage").addEventListener("pointerleave", hideTip);
}
