// In which order the rows of a table stand: pure functions, no page needed.

/** Return the places of `values` in order; what is not known ('' or null) always stands last, ties keep their order. */
export function order(values, { number = false, descending = false, compare = (a, b) => (a < b ? -1 : Number(a > b)) } = {}) {
  const known = (value) => value !== '' && value !== null && !(number && Number.isNaN(Number(value)));
  const pair = number ? (a, b) => Number(a) - Number(b) : compare;
  return values.map((_, i) => i).sort((i, j) => {
    const [a, b] = [values[i], values[j]];
    if (known(a) !== known(b)) return known(a) ? -1 : 1;
    if (!known(a)) return i - j;
    return (descending ? pair(b, a) : pair(a, b)) || i - j;
  });
}

/** Whether a row is let through: each word asked for is somewhere in it; both are texts without accents and capitals. */
export function passes(text, asked) {
  return asked.split(/\s+/).filter(Boolean).every((word) => text.includes(word));
}
