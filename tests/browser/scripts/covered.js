// Which names of the frame cover a disc or another name.
() => { const { texts, discs } = window.frame; const found = [];
  texts.forEach((one, i) => {
    for (const { x, y, r } of discs) {
      const [dx, dy] = [x - Math.max(one.left, Math.min(x, one.right)), y - Math.max(one.top, Math.min(y, one.bottom))];
      if (dx * dx + dy * dy < r * r) found.push(`${one.text} covers a disc`);
    }
    for (const other of texts.slice(i + 1)) {
      if (one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top) found.push(`${one.text} covers ${other.text}`);
    }
  });
  return { found, texts: texts.length, discs: discs.length }; }
