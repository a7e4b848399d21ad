// Evidence, as DOM built from text: in the tooltip shortly, in the panel with links to the sources.
function linkTitle(link) {
  const [a, b] = [name(nodes[link.from]), name(nodes[link.to])];
  if (!data.layers[link.layer].directed) return `${a} – ${b}`;
  if (oneWay(link)) return link.f > 0 ? `${a} → ${b}` : `${b} → ${a}`;
  return `${a} ⇄ ${b}`;
}
function strengthsOf(link) {
  if (!data.layers[link.layer].directed) return link.f === 1 ? [] : [[t("strength"), number(link.f)]];
  const [a, b] = [name(nodes[link.from]), name(nodes[link.to])];
  return [[t("gives_to", { from: a, to: b }), number(link.f)], [t("gives_to", { from: b, to: a }), number(link.b)]].filter((_, i) => (i ? link.b : link.f) > 0);
}
function proofText(entry) { return [inLanguage(entry.texts), entry.date].filter(Boolean).join(", "); }
function address(url, text) {
  return /^https?:\/\//i.test(url) ? make("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, text) : document.createTextNode(text);
}
function proofItem(entry) {
  const item = make("li", {}, proofText(entry));
  for (const place of entry.sources) {
    const source = data.sources[place];
    const text = source.publisher || source.title || t("source");
    item.append(" · ", address(source.url, text.length > 34 ? `${text.slice(0, 33)}…` : text));
  }
  return item;
}
function proofList(link) { return make("ul", { class: "proof" }, ...link.e.map((i) => proofItem(data.evidence[i]))); }
function factList(pairs) { return make("dl", {}, ...pairs.flatMap(([term, value]) => [make("dt", {}, term), make("dd", { class: value.length > 22 ? "long" : undefined }, value)])); }

function tipForNode(node) {
  const parts = [make("strong", {}, name(node))];
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
  for (const i of link.e.slice(0, 3)) parts.push(make("p", {}, proofText(data.evidence[i])));
  if (link.e.length > 3) parts.push(make("p", { class: "quiet" }, t("more", { count: number(link.e.length - 3) })));
  return parts;
}
function startTip() {
  const show = (parts, { x, y }) => {
    const tip = $("tip");
    tip.replaceChildren(...parts);
    tip.hidden = false;
    const { clientWidth: width, clientHeight: height } = $("graph");
    tip.style.left = `${Math.max(8, Math.min(x + 16, width - tip.offsetWidth - 8))}px`;
    tip.style.top = `${y + 18 + tip.offsetHeight > height ? Math.max(8, y - tip.offsetHeight - 12) : y + 18}px`;
  };
  const hide = () => { $("tip").hidden = true; $("graph").style.cursor = ""; };
  network.on("hoverNode", ({ node, pointer }) => { show(tipForNode(nodes[node]), pointer.DOM); $("graph").style.cursor = "pointer"; });
  network.on("hoverEdge", ({ edge, pointer }) => { show(tipForLink(links[edge]), pointer.DOM); $("graph").style.cursor = "pointer"; });
  for (const event of ["blurNode", "blurEdge", "dragStart", "zoom", "click"]) network.on(event, hide);
}
