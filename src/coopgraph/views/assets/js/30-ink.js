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
function nodeColour(node) { return data.colour_by === "community" && ["network", "agreement"].includes(node.kind) ? ink.quiet : groupColour(node.g); }
function layerPlace(index) { return data.layers.slice(0, index).filter((layer) => !layer.directed).length; }
function linkColour(link) {
  if (!data.layers[link.layer].directed && data.layers.length > 1) return ink.layer[layerPlace(link.layer) % ink.layer.length];
  const [a, b] = [nodes[link.from].g, nodes[link.to].g];
  return a === b && a >= 0 && a < GROUPS ? groupColour(a) : ink.mutual;
}
function linkDashes(link) {
  return data.layers[link.layer].directed || data.layers.length === 1 ? false : DASHES[layerPlace(link.layer) % DASHES.length];
}
const SHAPES = ["dot", "square", "diamond", "triangle", "hexagon", "triangleDown"];
function fixedShape(kind) { return { city: "dot", node: "dot", network: "square", agreement: "diamond", organisation: "triangle" }[kind]; }
function shapeOf(kind) { return fixedShape(kind) ?? SHAPES[kinds.indexOf(kind) % SHAPES.length]; }
function setTheme(theme) { document.documentElement.dataset.theme = theme; readInk(); }
