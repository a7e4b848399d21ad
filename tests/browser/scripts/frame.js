// What a canvas was told to draw in the frame at hand: texts with their boxes, discs but the badges.
(() => {
  const own = CanvasRenderingContext2D.prototype;
  const { fillText, arc, clearRect } = own;
  window.frame = { texts: [], discs: [] };
  own.clearRect = function (...all) { window.frame = { texts: [], discs: [] }; return clearRect.apply(this, all); };
  own.fillText = function (text, x, y, ...rest) {
    const { a, e, f } = this.getTransform();
    const width = this.measureText(text).width;
    const left = this.textAlign === "center" ? x - width / 2 : x;
    const half = parseFloat(this.font.match(/([0-9.]+)px/)[1]) * 0.4;
    if (!/^[0-9]$/.test(text)) window.frame.texts.push({ text, left: left * a + e, right: (left + width) * a + e, top: (y - half) * a + f, bottom: (y + half) * a + f });
    return fillText.call(this, text, x, y, ...rest);
  };
  own.arc = function (x, y, r, ...rest) {
    const { a, e, f } = this.getTransform();
    if (r !== 9.5) window.frame.discs.push({ x: x * a + e, y: y * a + f, r: r * a });
    return arc.call(this, x, y, r, ...rest);
  };
})()
