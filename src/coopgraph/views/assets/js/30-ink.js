// Colours from the style sheet, so that the theme is written once; dash patterns, so that colour is never alone.
const DASHES = [[16, 4], [2, 4], [12, 4, 2, 4], [6, 6], [22, 5, 2, 3, 2, 5], [4, 3]];
let ink = {};
function readInk() {
  const style = getComputedStyle(document.documentElement);
  const value = (key) => style.getPropertyValue(`--${key}`).trim();
  ink = { canvas: value("canvas"), card: value("card"), ink: value("ink"), quiet: value("quiet"), faint: value("faint"), mutual: value("mutual"), accent: value("accent"), font: value("font") };
  ink.group = Array.from({ length: GROUPS }, (_, i) => value(`g${i}`));
  ink.none = value("gx");
  ink.layer = Array.from({ length: 6 }, (_, i) => value(`layer-${i}`));
  ink.dark = document.documentElement.dataset.theme === "dark";
}
function groupColour(group) { return group >= 0 && group < GROUPS ? ink.group[group] : ink.none; }
// black or white, whichever is read better on a colour (WCAG relative luminance)
function onColour(hex) {
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  const light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return 1.05 / (light + 0.05) >= (light + 0.05) / 0.055 ? "#ffffff" : "#0b0f14";
}
function nodeColour(node) { return data.colour_by === "community" && ["network", "agreement"].includes(node.kind) ? ink.quiet : groupColour(node.g); }
// layers of one family are shades of one colour and differ by their dashes too; directed layers are solid
const families = [...new Set(data.layers.filter((layer) => !layer.directed).map((layer) => layer.family))];
const plain = data.layers.length === 1; // a single layer needs no sign of its own
function ownInk(index) { return !plain && !data.layers[index].directed; }
function placeInFamily(index) { return data.layers.slice(0, index).filter((layer) => !layer.directed && layer.family === data.layers[index].family).length; }
function linkColour(link) {
  if (ownInk(link.layer)) {
    const family = families.indexOf(data.layers[link.layer].family);
    const place = placeInFamily(link.layer);
    return families.length > 1 ? shade(family, place) : ink.layer[place % ink.layer.length];
  }
  const [a, b] = [nodes[link.from].g, nodes[link.to].g];
  return a === b && a >= 0 && a < GROUPS ? groupColour(a) : ink.mutual;
}
// vis-network reads hexadecimal colours only
function mixed(one, other, share) {
  const parts = [1, 3, 5].map((i) => Math.round(parseInt(one.slice(i, i + 2), 16) * (1 - share) + parseInt(other.slice(i, i + 2), 16) * share));
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
function shade(family, place) {
  const at = (i) => ink.layer[(family + i) % ink.layer.length];
  const turns = [[at(0), 0], [at(3), 0.9], [at(5), 0.8], [ink.ink, 0.6], [at(3), 0.4], [at(5), 0.35]];
  return mixed(at(0), ...turns[place % turns.length]);
}
function linkDashes(link) { return ownInk(link.layer) ? DASHES[placeInFamily(link.layer) % DASHES.length] : false; }
const SHAPES = ["dot", "square", "diamond", "triangle", "hexagon", "triangleDown"];
function fixedShape(kind) { return { city: "dot", node: "dot", network: "square", agreement: "diamond", organisation: "triangle", action: "hexagon", programme: "triangleDown" }[kind]; }
function shapeOf(kind) { return fixedShape(kind) ?? SHAPES[kinds.indexOf(kind) % SHAPES.length]; }
function setTheme(theme) { document.documentElement.dataset.theme = theme; readInk(); }
