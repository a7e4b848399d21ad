// The same clock for both pages: when the first picture is on the screen, and how many frames a second there are while it is moved.

/** Milliseconds since the navigation at which all that was drawn is there: reading a pixel waits for the drawing. */
export async function seen(container) {
  await frame();
  for (const canvas of container.querySelectorAll('canvas')) {
    const gl = canvas.getContext('webgl2');
    gl?.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  }
  return performance.now();
}

/** Frames a second, and the longest frame in milliseconds, while the camera is moved for so many seconds. */
export async function moved(camera, seconds) {
  const home = camera.getState();
  const start = await frame();
  let [now, before, frames, longest] = [start, start, 0, 0];
  while (now - start < seconds * 1000) {
    const turn = (now - start) / 400;
    camera.setState({ x: home.x + 0.08 * Math.sin(turn), y: home.y + 0.05 * Math.cos(turn), ratio: home.ratio * (1 + 0.2 * Math.sin(turn / 3)) });
    now = await frame();
    longest = Math.max(longest, now - before);
    before = now;
    frames += 1;
  }
  camera.setState(home);
  return { fps: frames / ((now - start) / 1000), longest };
}

function frame() {
  return new Promise((resolve) => requestAnimationFrame(() => resolve(performance.now())));
}
