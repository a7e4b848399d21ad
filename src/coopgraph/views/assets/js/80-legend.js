// The legend reads the drawing and works it: every row switches or picks out what it names.
function sample(paint, width = 34, height = 18) {
  const canvas = make("canvas", { "aria-hidden": "true" });
  const ratio = Math.max(2, window.devicePixelRatio || 1);
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const ctx = canvas.getContext("2d");
  ctx.scale(ratio, ratio);
  paint(ctx, width, height);
  return canvas;
}
function linkSample(colour, dashes, arrow) {
  return sample((ctx, width, height) => {
    ctx.strokeStyle = ctx.fillStyle = colour;
    ctx.lineWidth = 2.2;
    ctx.setLineDash(dashes || []);
    ctx.beginPath();
    ctx.moveTo(1, height / 2);
    ctx.lineTo(width - (arrow ? 8 : 1), height / 2);
    ctx.stroke();
    if (!arrow) return;
    ctx.beginPath();
    ctx.moveTo(width - 1, height / 2);
    ctx.lineTo(width - 10, height / 2 - 5);
    ctx.lineTo(width - 10, height / 2 + 5);
    ctx.fill();
  });
}
function shapeSample(kind) {
  return sample((ctx, width, height) => {
    const [x, y, r] = [width / 2, height / 2, 6];
    ctx.fillStyle = fixedShape(kind) === "dot" ? ink.mutual : ink.quiet;
    ctx.beginPath();
    const corners = { square: [[-1, -1], [1, -1], [1, 1], [-1, 1]], diamond: [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]], triangle: [[0, -1.1], [1.1, 0.9], [-1.1, 0.9]], triangleDown: [[0, 1.1], [1.1, -0.9], [-1.1, -0.9]], hexagon: [0, 1, 2, 3, 4, 5].map((k) => [1.1 * Math.cos(k * Math.PI / 3), 1.1 * Math.sin(k * Math.PI / 3)]) }[shapeOf(kind)];
    if (corners) corners.forEach(([dx, dy]) => ctx.lineTo(x + dx * r, y + dy * r)); else ctx.arc(x, y, r, 0, 7);
    ctx.fill();
  });
}
function switchRow(key, picture, text, count) {
  return make("li", {}, make("button", {
    type: "button", class: "row", role: "checkbox", "aria-checked": String(!state.off.has(key)), "data-switch": key,
    onclick: () => {
      const on = state.off.delete(key);
      if (!on) state.off.add(key);
      refresh();
      say(t(on ? "layer_on" : "layer_off", { name: text, links: counted(links.filter(drawable).length, "links") }));
    },
  }, picture, make("span", { class: "what" }, text), make("span", { class: "count" }, typeof count === "number" ? number(count) : count), make("span", { class: "tick", "aria-hidden": "true" })));
}
function layerRows() {
  return data.layers.flatMap((layer, i) => {
    const own = links.filter((link) => link.layer === i);
    if (!layer.directed) {
      const first = own[0];
      return first ? [switchRow(`${i}`, linkSample(linkColour(first), linkDashes(first), layer.arrow), layerName(layer), own.length)] : [];
    }
    const one = own.filter(oneWay).length;
    const prefix = data.layers.filter((other) => other.directed).length > 1 ? `${layerName(layer)}: ` : "";
    const rows = [];
    if (own.length > one) rows.push(switchRow(`${i}m`, linkSample(ink.mutual, false, false), `${prefix}${t("mutual")}`, own.length - one));
    if (one) rows.push(switchRow(`${i}o`, linkSample(ink.mutual, false, true), `${prefix}${t("one_way")}`, one));
    return rows;
  });
}
function kindRows() {
  return kinds.map((kind) => switchRow(`kind:${kind}`, shapeSample(kind), kindName(kind), shownOf(nodes.filter((node) => node.kind === kind), kind)));
}
// the number the header says, and of how many, where a layer that is off keeps some away
function shownOf(list, kind) {
  const shown = list.filter((node) => node.always || linksOf[node.id].some(linkShown)).length;
  return shown === list.length || state.off.has(`kind:${kind}`) ? list.length : `${number(shown)} ${t("of")} ${number(list.length)}`;
}
function groupRow(group, badge, text, count) {
  const chosen = state.group === group;
  return make("li", {}, make("button", {
    type: "button", class: chosen ? "row chosen" : "row", "aria-pressed": chosen ? "true" : undefined, "data-group": String(group),
    onclick: () => {
      state.node = state.link = null;
      state.group = chosen ? null : group;
      refresh();
      if (chosen) showAll(); else showAll(true, nodes.filter((node) => inGroup(node, group)));
      say(chosen ? t("cleared") : t("group_on", { name: text, links: counted(count, "node") }));
    },
  }, badge, make("span", { class: "what" }, text), make("span", { class: "count" }, number(count))));
}
function badge(group) {
  const mark = make("span", { class: data.colour_by === "community" ? "badge" : "badge square", "aria-hidden": "true" }, data.colour_by === "community" && group < GROUPS ? String(group + 1) : "");
  mark.style.background = groupColour(group);
  mark.style.color = onColour(groupColour(group));
  return mark;
}
function groupRows() {
  const size = (group) => nodes.filter((node) => inGroup(node, group)).length;
  const rows = data.groups.slice(0, GROUPS).map((_, g) => groupRow(g, badge(g), groupName(g), size(g)));
  if (data.groups.length > GROUPS) rows.push(groupRow("rest", badge(GROUPS), data.colour_by === "community" ? `${number(data.groups.length - GROUPS)} ${t("smaller")}` : t("rest"), size("rest")));
  return rows;
}
function sizeSamples() {
  const values = nodes.map((node) => node.m[sizeColumn] ?? 0);
  const largest = Math.max(...values, 0);
  if (!(largest > 0)) return null;
  const least = nodes.reduce((r, node) => Math.min(r, node.size), Infinity);
  const greatest = nodes.reduce((r, node) => Math.max(r, node.size), 0);
  const radius = (value) => data.radius[0] + (data.radius[1] - data.radius[0]) * Math.sqrt(value / largest);
  const whole = values.every(Number.isInteger); // what is counted has no quarters
  const shown = whole ? [...new Set([1, Math.ceil(largest / 4), largest])] : [0, largest / 4, largest];
  return make("div", { class: "sizes" }, ...shown.map((value) => make("figure", {}, sample((ctx, width, height) => {
    ctx.fillStyle = ink.mutual;
    ctx.beginPath();
    ctx.arc(width / 2, height - radius(value) - 0.5, Math.min(radius(value), greatest || least), 0, 7);
    ctx.fill();
  }, 32, 31), number(value, value >= 10 ? 0 : 2))));
}
const inPicture = document.documentElement.dataset.picture !== undefined; // a picture has them at its foot
function showLegend() {
  const head = (text, extra) => make("h2", {}, make("span", {}, text), extra);
  const sizes = sizeSamples();
  const off = state.off.size !== data.layers.filter((layer) => !layer.shown).length || state.group !== null;
  const all = off ? make("button", { type: "button", onclick: () => { startSwitches(); refresh(); showAll(); say(t("all_shown", { links: counted(links.filter(drawable).length, "links") })); } }, t("show_all")) : null;
  const rows = layerRows();
  const groups = groupRows();
  const back = keepPlace($("legend"));
  $("legend").replaceChildren(
    ...(rows.length ? [head(t("links"), all), make("ul", {}, ...rows)] : []),
    ...(links.some((link) => !link.strong) && !inPicture ? [make("p", { class: "hint" }, t("faint"))] : []),
    ...(sizes ? [head(`${t("size")}: ${columnName(data.size_by)}`), sizes] : []),
    ...(kinds.length > 1 ? [head(t("nodes")), make("ul", { class: "abreast" }, ...kindRows())] : []),
    ...(groups.length ? [head(groupHead(true)), make("ul", { class: "groups" }, ...groups)] : []),
    ...(data.notes.length && !inPicture ? [head(t("rests")), ...data.notes.map((entry) => make("p", { class: "hint" }, note(entry)))] : []),
  );
  back();
}
// whoever works the panel by keyboard stays where they were: the same control again, or else the panel itself
function keepPlace(panel) {
  const { switch: key, group } = document.activeElement.dataset ?? {};
  if (!panel.contains(document.activeElement)) return () => {};
  return () => {
    const same = [...panel.querySelectorAll("button")].find((button) => button.dataset.switch === key && button.dataset.group === group && (key ?? group) !== undefined);
    (same ?? panel).focus({ preventScroll: true });
  };
}
function startSwitches() {
  state.off = new Set(data.layers.flatMap((layer, i) => (layer.shown ? [] : [`${i}`])));
  state.group = null;
}
