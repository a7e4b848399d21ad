// The interface's words: English in the code, the page's language in <script id="words">.
const found = document.getElementById('words');
const words = found ? JSON.parse(found.textContent) : {};

export const lang = document.documentElement.lang || 'en';
const locale = { en: 'en-GB', es: 'es', pt: 'pt-PT' }[lang] ?? lang;

/** Return a text in the page's language; `{name}` is replaced by values, numbers as the language writes them. */
export function t(text, values = {}) {
  const said = words[text];
  return fill(typeof said === 'string' && said ? said : text, values);
}

/** Return the text for n things; `{n}` is the number. */
export function tn(one, many, n, values = {}) {
  const said = words[one];
  const [single, several] = Array.isArray(said) ? said : [one, many];
  return fill(n === 1 ? single : several, { n, ...values });
}

/** Return the text of {en, es, pt} that the page's language has, else the nearest. */
export function label(texts) {
  return texts[lang] || texts[''] || texts.en || texts.es || texts.pt || Object.values(texts)[0] || '';
}

export function number(value, digits = 2) {
  return value === null || value === undefined ? '–' : written({ maximumFractionDigits: digits, useGrouping: 'always' }, value);
}

export function share(value, digits = 0) {
  return value === null || value === undefined ? '–' : written({ style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }, value);
}

/** A number as the language writes it; each way of writing is made once, for a page writes thousands. */
const ways = new Map();
function written(how, value) {
  const key = `${how.style} ${how.maximumFractionDigits}`;
  if (!ways.has(key)) ways.set(key, new Intl.NumberFormat(locale, how));
  return ways.get(key).format(value);
}

export function money(amount, currency) {
  return amount === null || amount === undefined ? '–' : `${number(amount)}\u00a0${currency || '?'}`;
}

/** Return a date as precise as it is stated: 2016, 2013-05 or 2017-05-31. */
export function day(stated) {
  if (!stated) return '–';
  const parts = stated.split('-').map(Number);
  if (parts.length === 1 || parts.some(Number.isNaN)) return stated;
  const how = parts.length === 3 ? { day: 'numeric', month: 'long', year: 'numeric' } : { month: 'long', year: 'numeric' };
  return new Intl.DateTimeFormat(locale, { ...how, timeZone: 'UTC' }).format(Date.UTC(parts[0], parts[1] - 1, parts[2] ?? 1));
}

/** Compare texts as the page's language sorts them. */
export const compare = new Intl.Collator(locale).compare;

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? (typeof values[name] === 'number' ? number(values[name]) : values[name]) : whole));
}
