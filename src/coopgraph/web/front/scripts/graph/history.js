// The state of the view through time: the address holds it, what was done can be undone, and the reader can go back.
import { onReturn, read, write } from '../shared/address.js';
import { DEFAULTS } from './state.js';

const KEPT = 200; // steps that can be undone

/**
 * Return the history of a view that begins with the address (a saved page: with what it was saved with). `changed()` is called after each change,
 * `travelled()` before a step is undone and when the reader went back or forward.
 */
export function createHistory({ changed, travelled }) {
  const { saved } = document.documentElement.dataset;
  const [done, undone] = [[], []];
  let going = false; // a step that is not yet over, such as a drag
  let state = read(DEFAULTS, saved ?? location.search);
  linkAlike();

  function keep(push) {
    if (saved !== undefined) return;
    write(state, DEFAULTS, { push });
    linkAlike();
  }
  function leave() {
    travelled();
    going = false;
  }
  function travel(from, to) {
    if (!from.length) return;
    leave();
    to.push(state);
    state = { ...from.pop(), cam: state.cam };
    keep(true);
    changed();
  }
  if (saved === undefined) onReturn(DEFAULTS, (asked) => { leave(); state = asked; changed({ returned: true }); });

  return {
    get state() { return state; },
    get canUndo() { return done.length > 0; },
    get canRedo() { return undone.length > 0; },
    change(next, { step = true } = {}) {
      if (!going && Object.entries(next).every(([name, value]) => String(state[name]) === String(value))) return;
      if (!going) {
        done.push(state);
        undone.length = 0;
        if (done.length > KEPT) done.shift();
      }
      state = { ...state, ...next };
      keep(!going);
      going = !step;
      changed();
    },
    /** Where the camera stands is no step of its own. */
    moved(cam) {
      state = { ...state, cam };
      keep(false);
    },
    undo() { travel(done, undone); },
    redo() { travel(undone, done); },
  };
}

/** The other page that draws the graph shows the same, but for where its own camera stands. */
function linkAlike() {
  const asked = new URLSearchParams(location.search);
  asked.delete('cam');
  for (const link of document.querySelectorAll('.tabs a[data-page="explore"], .tabs a[data-page="map"]')) if (!link.matches('[aria-current]')) link.search = asked;
}
