// Boxes on the screen, found again by where they are.
const CELL = 56;

export class Grid {
  #cells = new Map();
  #gap;

  /** Boxes that are less than `gap` pixels apart from left to right count as covering one another. */
  constructor(gap = 2) { this.#gap = gap; }

  /** Add a box {left, top, right, bottom, ...}. */
  add(box) {
    this.#visit(box, (key) => {
      const found = this.#cells.get(key);
      if (found) found.push(box); else this.#cells.set(key, [box]);
      return false;
    });
  }

  /** Whether a box covers one that is there and that `counts`. */
  hits(box, counts = () => true) {
    return this.#visit(box, (key) => (this.#cells.get(key) ?? []).some((other) => (
      other.left < box.right + this.#gap && other.right > box.left - this.#gap && other.top < box.bottom && other.bottom > box.top && counts(other))));
  }

  #visit({ left, right, top, bottom }, act) {
    for (let i = Math.floor((left - this.#gap) / CELL); i <= Math.floor((right + this.#gap) / CELL); i += 1) {
      for (let j = Math.floor(top / CELL); j <= Math.floor(bottom / CELL); j += 1) if (act(i * 65536 + j)) return true;
    }
    return false;
  }
}
