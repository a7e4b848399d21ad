// How much is drawn while the drawing moves: as much as this machine draws in time, the most important first; all once it rests.
const FIRST = 4000; // nodes and links, until it is known what the machine can do
const LEAST = 1200;
const SLOW = 60; // milliseconds from one frame to the next: fewer
const FAST = 28; // more
const PAUSE = 400; // no frame for so long is no slow frame but a rest

/** Return the pace of one drawing. */
export function makePace() {
  let [budget, total, before] = [FIRST, 0, 0];
  return {
    moving: false,
    /** So many nodes and links are drawn at rest. */
    of(count) { total = count; },
    /** A frame was drawn at `now`. */
    frame(now) {
      const took = now - before;
      before = now;
      if (!this.moving || took > PAUSE || total === 0) return;
      if (took > SLOW) budget = Math.max(LEAST, budget * 0.7);
      else if (took < FAST) budget = Math.min(total, Math.max(budget, LEAST) * 1.3);
    },
    /** How many of so many instances are drawn now. */
    most(count) { return this.moving && budget < total ? Math.ceil(count * (budget / total)) : count; },
    /** Draw as many instances of a sigma program as there is time for. */
    draw(program, method, { gl, frameBuffer }) {
      gl.bindFramebuffer(gl.FRAMEBUFFER, frameBuffer);
      gl.drawArraysInstanced(method, 0, program.VERTICES, this.most(program.capacity));
    },
  };
}
