// The program that draws links: lines or arcs with a width in pixels, dashes, and a head where only one side gives.
// Parallel links are lanes: arcs that bend apart by their lane. Ends are cut where the nodes begin.
import { EdgeProgram } from 'sigma/rendering';
import { BEND, HEAD } from './bends.js';
import { dashes } from './ink.js';
import { lineSwell } from './look.js';
import { packed } from './packing.js';

const VERTEX = `
attribute vec2 a_from; attribute vec2 a_to; attribute vec2 a_cut; attribute float a_width; attribute float a_lane; attribute float a_dash; attribute float a_head; attribute vec4 a_color;
attribute vec3 a_spot; // how far along, which side, line or head
uniform mat3 u_matrix; uniform vec2 u_viewport; uniform float u_swell; uniform float u_line; uniform float u_pixel;
varying vec4 v_color; varying float v_side; varying float v_half; varying float v_along; varying float v_dash;
vec2 pixels(vec2 at) { return (u_matrix * vec3(at, 1)).xy * 0.5 * u_viewport; }
void main() {
  vec2 from = pixels(a_from);
  vec2 to = pixels(a_to);
  float span = max(distance(from, to), 0.001);
  vec2 way = (to - from) / span;
  vec2 bend = (from + to) * 0.5 + vec2(-way.y, way.x) * a_lane * (${BEND.least} + ${BEND.share} * span);
  float width = max(a_width * u_line, 0.7);
  float head = a_head == 0.0 ? 0.0 : min(${HEAD.least} + width * ${HEAD.more}, span * 0.4);
  float start = min(a_cut.x * u_swell / span, 0.45);
  float end = 1.0 - min(a_cut.y * u_swell / span, 0.45);
  float line_start = a_head < 0.0 ? start + head * 0.94 / span : start;
  float line_end = a_head > 0.0 ? end - head * 0.94 / span : end;
  bool is_head = a_spot.z > 0.5;
  float tip = a_head > 0.0 ? end : start;
  float base = a_head > 0.0 ? end - head / span : start + head / span;
  float t = is_head ? mix(tip, base, a_spot.x) : mix(line_start, line_end, a_spot.x);
  vec2 at = mix(mix(from, bend, t), mix(bend, to, t), t);
  vec2 along = normalize(mix(bend - from, to - bend, t));
  v_half = is_head ? head * 0.42 : width * 0.5;
  float reach = is_head ? v_half : v_half + 0.75 / u_pixel;
  v_side = a_spot.y * reach;
  v_along = (is_head || a_dash < 0.5) ? -1.0 : t * span / max(u_line, 1.0);
  v_dash = is_head ? -1.0 : a_dash;
  at += vec2(-along.y, along.x) * v_side;
  if (is_head && a_head == 0.0) at = from;
  gl_Position = vec4(at * 2.0 / u_viewport, 0, 1);
  v_color = a_color;
  v_color.a *= 255.0 / 254.0;
}`;

const PATTERNS = [1, 2, 3, 4, 5, 6].map((dash) => {
  const [on, off, dot = 0, gap = 0] = dashes(dash);
  return `if (v_dash < ${dash}.5) return gap(${[on, off, dot, gap].map((length) => length.toFixed(1)).join(', ')});`;
}).join('\n  ');

const FRAGMENT = `
precision highp float;
varying vec4 v_color; varying float v_side; varying float v_half; varying float v_along; varying float v_dash;
uniform float u_pixel;
bool gap(float on, float off, float dot_on, float dot_off) {
  float at = mod(v_along, on + off + dot_on + dot_off);
  return (at > on && at < on + off) || at > on + off + dot_on;
}
bool gaps() {
  ${PATTERNS}
  return false;
}
void main(void) {
  if (v_dash > 0.5 && gaps()) discard;
  float cover = v_dash < -0.5 ? 1.0 : clamp((v_half - abs(v_side)) * u_pixel + 0.5, 0.0, 1.0);
  gl_FragColor = vec4(v_color.rgb, 1.0) * v_color.a * cover;
}`;

/** Return sigma's program for links of so many segments (1: straight); `state.pace` says how many are drawn, see pace.js. */
export function edgeProgram(segments, state) {
  const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGL2RenderingContext;
  const spots = [];
  for (let k = 0; k < segments; k += 1) {
    const [a, b] = [k / segments, (k + 1) / segments];
    spots.push([a, -1, 0], [b, -1, 0], [b, 1, 0], [a, -1, 0], [b, 1, 0], [a, 1, 0]);
  }
  spots.push([0, 0, 1], [1, -1, 1], [1, 1, 1]);
  return class extends EdgeProgram {
    getDefinition() {
      return {
        VERTICES: spots.length, VERTEX_SHADER_SOURCE: VERTEX, FRAGMENT_SHADER_SOURCE: FRAGMENT, METHOD: TRIANGLES,
        UNIFORMS: ['u_matrix', 'u_viewport', 'u_swell', 'u_line', 'u_pixel'],
        ATTRIBUTES: [
          ...[['a_from', 2], ['a_to', 2], ['a_cut', 2], ['a_width', 1], ['a_lane', 1], ['a_dash', 1], ['a_head', 1]].map(([name, size]) => ({ name, size, type: FLOAT })),
          { name: 'a_color', size: 4, type: UNSIGNED_BYTE, normalized: true },
        ],
        CONSTANT_ATTRIBUTES: [{ name: 'a_spot', size: 3, type: FLOAT }],
        CONSTANT_DATA: spots,
      };
    }

    processVisibleItem(_, at, from, to, { width, lane, dash, head, hex, alpha }) {
      this.array.set([from.x, from.y, to.x, to.y, from.size + 1, to.size + 1, width, lane, dash, head, packed(hex, alpha)], at);
    }

    drawWebGL(method, context) {
      state.pace.draw(this, method, context);
    }

    setUniforms({ matrix, width, height, sizeRatio, pixelRatio }, { gl, uniformLocations: where }) {
      gl.uniformMatrix3fv(where.u_matrix, false, matrix);
      gl.uniform2f(where.u_viewport, width, height);
      gl.uniform1f(where.u_swell, 1 / sizeRatio);
      gl.uniform1f(where.u_line, lineSwell(1 / sizeRatio));
      gl.uniform1f(where.u_pixel, pixelRatio);
    }
  };
}
