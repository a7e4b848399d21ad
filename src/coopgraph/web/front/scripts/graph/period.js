// The period: a bar for each year, two handles that are moved by pointer or keys, and a way to play through the years.
import { el, svg } from '../shared/dom.js';
import { day, t, tn } from '../shared/words.js';
import { periodText } from './texts.js';

const EACH = 900; // milliseconds a year is shown for while playing

/** Put the timeline into `root`, with how what has no end is counted: actions go on to the day `now`. `change(part of the state, { step })` is called at each choice, with `step` false while it is still going on. */
export function createPeriod(root, now, change) {
  let span = null; // [first, last] year
  let state = { from: 0, to: 0, undated: false };
  let timer = 0;
  const bars = svg('svg', { class: 'year-bars', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  const ticks = el('div', { class: 'ticks', 'aria-hidden': 'true' });
  const handles = ['from', 'to'].map((end) => el('div', { class: 'handle', role: 'slider', tabindex: 0, dataset: { end }, 'aria-label': end === 'from' ? t('From year') : t('To year'), onkeydown: (event) => byKey(event, end) }));
  const brush = el('div', { class: 'brush' }, bars, el('div', { class: 'outside before' }), el('div', { class: 'outside after' }), handles);
  const play = el('button', { type: 'button', class: 'icon play', onclick: () => (timer ? pause() : start()) });
  const output = el('output', { class: 'years' });
  const clear = el('button', { type: 'button', class: 'clear', onclick: () => { pause(); change({ from: 0, to: 0, undated: false }); } }, t('Clear'));
  const keep = el('input', { type: 'checkbox', onchange: () => change({ undated: keep.checked }) });
  const keepText = el('span', { class: 'what' });
  const switchBox = el('label', { class: 'choice also' }, keep, keepText);
  const rule = now ? t('Without an end, an action counts until {day}, anything else in its first year only.', { day: day(now) }) : t('Without an end, an action counts in every later year, anything else in its first only.');
  root.append(el('div', { class: 'head' }, play, el('h3', {}, t('Period')), output, clear, switchBox), brush, ticks, el('p', { class: 'rule' }, rule));
  brush.addEventListener('pointerdown', drag);
  playing(false);

  function ends() {
    return [Math.max(span[0], state.from || span[0]), Math.min(span[1], state.to || span[1])];
  }
  function set(from, to, step = true) {
    const [first, last] = span;
    change({ from: from <= first ? 0 : Math.min(from, last), to: to >= last ? 0 : Math.max(to, first) }, { step });
  }
  function yearAt(x) {
    const { left, width } = brush.getBoundingClientRect();
    return Math.min(span[1], Math.max(span[0], span[0] + Math.floor(((x - left) / width) * (span[1] - span[0] + 1))));
  }
  function drag(event) {
    if (!span || event.button) return;
    event.preventDefault();
    pause();
    const end = event.target.dataset.end;
    const [from, to] = ends();
    const anchor = end === 'from' ? to : end === 'to' ? from : yearAt(event.clientX);
    const move = ({ clientX }, step = false) => { const year = yearAt(clientX); set(Math.min(anchor, year), Math.max(anchor, year), step); };
    const done = (last) => { brush.removeEventListener('pointermove', move); move(last, true); };
    brush.setPointerCapture(event.pointerId);
    brush.addEventListener('pointermove', move);
    brush.addEventListener('pointerup', done, { once: true });
    event.target.focus?.();
    move(event);
  }
  function byKey(event, end) {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -5, PageUp: 5, Home: -Infinity, End: Infinity }[event.key];
    if (!by || !span) return;
    event.preventDefault();
    event.stopPropagation();
    pause();
    const [from, to] = ends();
    if (end === 'from') set(Math.min(Math.max(span[0], from + by), to), to);
    else set(from, Math.max(Math.min(span[1], to + by), from));
  }
  /** A window that is chosen wanders to the end; without one what happened until each year builds up. */
  function start() {
    if (!span) return;
    const [from, to] = ends();
    const width = to - from;
    const sliding = state.from > 0 && width < span[1] - span[0];
    let year = sliding ? (to >= span[1] ? span[0] + width : to) : (state.to && to < span[1] ? to : span[0] - 1);
    const next = () => {
      year += 1;
      if (year > span[1]) { pause(); return; }
      change({ from: sliding ? year - width : 0, to: year === span[1] && !sliding ? 0 : year }, { step: year === span[1] });
    };
    timer = setInterval(next, EACH);
    playing(true);
    next();
  }
  function pause() {
    if (halt()) change({}); // the step is over
  }
  function halt() {
    const was = timer;
    clearInterval(timer);
    timer = 0;
    playing(false);
    return was;
  }
  function playing(on) {
    const text = on ? t('Pause') : t('Play through the years');
    play.setAttribute('aria-label', text);
    play.setAttribute('title', text);
    play.replaceChildren(svg('svg', { viewBox: '0 0 20 20', 'aria-hidden': 'true' }, svg('path', { class: 'full', d: on ? 'M5 4h3.5v12H5zM11.5 4H15v12h-3.5z' : 'M6 3.5v13l10.5-6.5z' })));
  }

  return {
    halt,
    show(next, { first, last, years, undated }) {
      state = next;
      span = first === null ? null : [first, last];
      root.classList.toggle('empty', !span);
      keep.checked = state.undated;
      const chosenNow = Boolean(state.from || state.to);
      clear.hidden = switchBox.hidden = !chosenNow;
      keepText.textContent = tn('Keep {n} undated', 'Keep {n} undated', undated);
      if (!span) { output.textContent = t('No dates are stated.'); return; }
      output.textContent = chosenNow ? periodText(state) : [t('{from} to {to}', { from: String(first), to: String(last) }), ...(undated ? [tn('{n} more without a date', '{n} more without a date', undated)] : [])].join('; ');
      drawBars(bars, years, first);
      drawTicks(ticks, span);
      const [from, to] = ends();
      const part = (year) => `${(100 * (year - first)) / (last - first + 1)}%`;
      brush.style.setProperty('--from', part(from));
      brush.style.setProperty('--to', part(to + 1));
      handles.forEach((handle, i) => {
        const year = [from, to][i];
        const n = years[year - first];
        for (const [name, value] of Object.entries({ valuemin: first, valuemax: last, valuenow: year, valuetext: said(year, n) })) handle.setAttribute(`aria-${name}`, value);
      });
    },
  };
}

function drawBars(bars, years, first) {
  const most = Math.max(1, ...years);
  bars.setAttribute('viewBox', `0 0 ${years.length} 1`);
  bars.replaceChildren(...[...years].flatMap((n, i) => (n ? [svg('rect', { x: i + 0.1, width: 0.8, y: 1 - n / most, height: n / most }, svg('title', {}, said(first + i, n)))] : [])));
}

function said(year, n) {
  return [year, tn('{n} action or agreement', '{n} actions or agreements', n)].join(': ');
}

function drawTicks(ticks, [first, last]) {
  const span = last - first + 1;
  const every = [1, 2, 5, 10, 20, 50, 100].find((step) => span / step <= 9) ?? 200;
  const years = Array.from({ length: span }, (_, i) => first + i).filter((year) => year % every === 0);
  ticks.replaceChildren(...years.map((year) => {
    const tick = el('span', {}, String(year));
    tick.style.setProperty('--at', `${(100 * (year - first + 0.5)) / span}%`);
    return tick;
  }));
}
