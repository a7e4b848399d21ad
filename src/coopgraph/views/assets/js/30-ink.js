// Colours from the style sheet, so that the theme is written once; dash patterns, so that colour is never alone.
const DASHES = [[9, 5], [2, 5], [14, 4, 3, 4], [5, 3], [12, 8], [3, 3, 9, 3]];
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
// layers of one family share a colour and differ by their dashes; directed layers are solid
const families = [...new Set(data.layers.filter((layer) => !layer.directed).map((layer) => layer.family))];
const plain = data.layers.length === 1; // a single layer needs no sign of its own
function ownInk(index) { return !plain && !data.layers[index].directed; }
function placeInFamily(index) { return data.layers.slice(0, index).filter((layer) => !layer.directed && layer.family === data.layers[index].family).length; }
function linkColour(link) {
  if (ownInk(link.layer)) {
    const family = families.indexOf(data.layers[link.layer].family);
    return ink.layer[(families.length > 1 ? family : placeInFamily(link.layer)) % ink.layer.length];
  }
  const [a, b] = [nodes[link.from].g, nodes[link.to].g];
  return a === b && a >= 0 && a < GROUPS ? groupColour(a) : ink.mutual;
}
function linkDashes(link) { return ownInk(link.layer) ? DASHES[placeInFamily(link.layer) % DASHES.length] : false; }
const SHAPES = ["dot", "square", "diamond", "triangle", "hexagon", "triangleDown"];
function fixedShape(kind) { return { city: "dot", node: "dot", network: "square", agreement: "diamond", organisation: "triangle" }[kind]; }
function shapeOf(kind) { return fixedShape(kind) ?? SHAPES[kinds.indexOf(kind) % SHAPES.length]; }
function setTheme(theme) { document.documentElement.dataset.theme = theme; readInk(); }
