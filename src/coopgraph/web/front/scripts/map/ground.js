// The ground of the map: the globe's outline, land, borders and a net of degrees.
import { geoGraticule10, geoPath } from 'd3-geo';
import { feature, mesh } from 'topojson-client';
import { UNIT, projection } from './projection.js';

/** Return a ground: land comes when `world` (a topology, or its promise) is there. */
export function createGround() {
  const shapes = { sphere: { type: 'Sphere' }, net: geoGraticule10(), land: null, borders: null };
  const paths = pathsOf(shapes, (d) => new Path2D(d));
  return {
    give(world) {
      shapes.land = feature(world, world.objects.land);
      shapes.borders = mesh(world, world.objects.countries, (a, b) => a !== b);
      Object.assign(paths, pathsOf(shapes, (d) => new Path2D(d)));
    },
    /** Draw it on a canvas whose pixels are those of the screen. */
    paint(ctx, ink, { x, y, scale }) {
      ctx.save();
      ctx.translate(x, y);
      ctx.scale(scale, scale);
      for (const { name, fill, stroke, width, opacity } of looks(ink)) {
        if (!paths[name]) continue;
        ctx.globalAlpha = opacity;
        if (fill) { ctx.fillStyle = fill; ctx.fill(paths[name]); }
        if (stroke) { ctx.strokeStyle = stroke; ctx.lineWidth = width / scale; ctx.stroke(paths[name]); }
      }
      ctx.restore();
    },
    /** Draw it with a pen, for a picture. */
    draw(pen, ink, { x, y, scale, width, height }) {
      const project = projection().scale(UNIT * scale).translate([x, y]).clipExtent([[-10, -10], [width + 10, height + 10]]);
      const drawn = pathsOf(shapes, (d) => d, geoPath(project).digits(1));
      for (const { name, ...style } of looks(ink)) if (drawn[name]) pen.path(drawn[name], style);
    },
  };
}

function looks(ink) {
  return [
    { name: 'sphere', stroke: ink('line'), width: 1.2, opacity: 1 },
    { name: 'net', stroke: ink('line'), width: 0.6, opacity: 0.6 },
    { name: 'land', fill: ink('line'), opacity: ink.dark ? 0.62 : 0.72 },
    { name: 'borders', stroke: ink('canvas'), width: 0.9, opacity: 1 },
  ];
}

function pathsOf(shapes, make, path = geoPath(projection()).digits(2)) {
  return Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, shape && make(path(shape) ?? '')]));
}
