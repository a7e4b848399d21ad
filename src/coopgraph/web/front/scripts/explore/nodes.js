// The program that draws nodes: circle, square, triangle or diamond with a rim, of one quad each.
import { NodeProgram } from 'sigma/rendering';
import { packed } from './packing.js';

const VERTEX = `
attribute vec2 a_position; attribute float a_size; attribute float a_form; attribute vec4 a_color; attribute vec2 a_corner;
uniform mat3 u_matrix; uniform vec2 u_viewport; uniform float u_swell;
varying vec4 v_color; varying vec2 v_at; varying float v_radius; varying float v_form;
void main() {
  float radius = a_size * u_swell;
  v_at = a_corner * (radius * 1.3 + 1.0);
  v_radius = radius;
  v_form = a_form;
  vec3 place = u_matrix * vec3(a_position, 1);
  gl_Position = vec4(place.xy + v_at * 2.0 / u_viewport, 0, 1);
  v_color = a_color;
  v_color.a *= 255.0 / 254.0;
}`;

const FRAGMENT = `
precision highp float;
varying vec4 v_color; varying vec2 v_at; varying float v_radius; varying float v_form;
uniform vec3 u_rim; uniform float u_pixel;
float beyond(vec2 p, float r) { // distance from the outline, in pixels; less than zero inside
  if (v_form < 0.5) return length(p) - r;
  if (v_form < 1.5) return max(abs(p.x), abs(p.y)) - 0.88 * r;
  if (v_form < 2.5) return max(-p.y - 0.66 * r, 0.8654 * abs(p.x) + 0.501 * p.y - 0.6212 * r);
  return (abs(p.x) + abs(p.y) - 1.2 * r) * 0.7071;
}
void main(void) {
  float far = beyond(v_at, v_radius);
  float inside = clamp(0.5 - far * u_pixel, 0.0, 1.0);
  if (inside == 0.0) discard;
  float rim = min(1.2, v_radius * 0.3);
  vec3 color = mix(v_color.rgb, u_rim, clamp(0.5 + (far + rim) * u_pixel, 0.0, 1.0));
  gl_FragColor = vec4(color, 1.0) * v_color.a * inside;
}`;

/** Return sigma's program for nodes; `state` has the rim's colour as [r, g, b] of 0 to 1, and the pace, see pace.js. */
export function nodeProgram(state) {
  const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGL2RenderingContext;
  return class extends NodeProgram {
    constructor(gl, _, renderer) {
      super(gl, null, renderer); // without sigma's second drawing for the pointer: gestures.js finds nodes by their places
    }

    getDefinition() {
      return {
        VERTICES: 6, VERTEX_SHADER_SOURCE: VERTEX, FRAGMENT_SHADER_SOURCE: FRAGMENT, METHOD: TRIANGLES,
        UNIFORMS: ['u_matrix', 'u_viewport', 'u_swell', 'u_rim', 'u_pixel'],
        ATTRIBUTES: [
          { name: 'a_position', size: 2, type: FLOAT }, { name: 'a_size', size: 1, type: FLOAT }, { name: 'a_form', size: 1, type: FLOAT },
          { name: 'a_color', size: 4, type: UNSIGNED_BYTE, normalized: true },
        ],
        CONSTANT_ATTRIBUTES: [{ name: 'a_corner', size: 2, type: FLOAT }],
        CONSTANT_DATA: [[-1, -1], [1, -1], [1, 1], [-1, -1], [1, 1], [-1, 1]],
      };
    }

    processVisibleItem(_, at, { x, y, size, form, hex, alpha }) {
      this.array.set([x, y, size, form, packed(hex, alpha)], at);
    }

    drawWebGL(method, context) {
      state.pace.draw(this, method, context);
    }

    setUniforms({ matrix, width, height, sizeRatio, pixelRatio }, { gl, uniformLocations: where }) {
      gl.uniformMatrix3fv(where.u_matrix, false, matrix);
      gl.uniform2f(where.u_viewport, width, height);
      gl.uniform1f(where.u_swell, 1 / sizeRatio);
      gl.uniform3fv(where.u_rim, state.rim);
      gl.uniform1f(where.u_pixel, pixelRatio);
    }
  };
}
