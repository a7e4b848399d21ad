// Elements without innerHTML: texts stay texts, whatever is in them.

/** Make an element: el('a', { href, class, 'aria-label', onclick, dataset: {...} }, 'text', child, ...). */
export function el(tag, attributes = {}, ...children) {
  return dress(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function svg(tag, attributes = {}, ...children) {
  return dress(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function dress(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'dataset') Object.assign(element.dataset, value);
    else if (name === 'href' && !safe(value)) continue;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Whether an address may be a link: a place on this site, or http(s). */
function safe(address) {
  return /^(https?:\/\/|\/(?!\/)|[?#])/i.test(address);
}

/** Say something to people who do not see the page. */
export function say(text) {
  const said = document.getElementById('said');
  if (said) said.textContent = text;
}

/** Lower case without accents: what is searched for. */
export function plain(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
