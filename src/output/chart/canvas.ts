/** Dots of one character in Braille. */
export const DOTS = { across: 2, down: 4 } as const;

/** A grid of characters with a finer grid of dots under it: 2 × 4 dots a character in Braille, 1 × 1 in ASCII. */
export class Canvas {
  readonly dotsWide: number;
  readonly dotsHigh: number;
  private readonly dots: Uint8Array;
  private readonly letters: (string | undefined)[];
  readonly columns: number;
  readonly rows: number;
  private readonly unicode: boolean;

  constructor(columns: number, rows: number, unicode: boolean) {
    this.columns = columns;
    this.rows = rows;
    this.unicode = unicode;
    this.dotsWide = columns * (unicode ? DOTS.across : 1);
    this.dotsHigh = rows * (unicode ? DOTS.down : 1);
    this.dots = new Uint8Array(columns * rows);
    this.letters = new Array(columns * rows);
  }

  /** Sets one dot; the origin is at the bottom left. Dots outside are ignored. */
  dot(x: number, y: number): void {
    if (x < 0 || y < 0 || x >= this.dotsWide || y >= this.dotsHigh) return;
    const fromTop = this.dotsHigh - 1 - y;
    const cell = this.unicode ? (fromTop >> 2) * this.columns + (x >> 1) : fromTop * this.columns + x;
    this.dots[cell]! |= this.unicode ? BRAILLE[fromTop & 3]![x & 1]! : 1;
  }

  /** A straight line of dots. */
  line(x0: number, y0: number, x1: number, y1: number): void {
    const steps = Math.max(1, Math.abs(x1 - x0), Math.abs(y1 - y0));
    for (let n = 0; n <= steps; n += 1) {
      this.dot(Math.round(x0 + ((x1 - x0) * n) / steps), Math.round(y0 + ((y1 - y0) * n) / steps));
    }
  }

  /** Puts a character over the dots; `column` and `row` count characters from the top left. */
  letter(column: number, row: number, text: string): void {
    if (column < 0 || row < 0 || column >= this.columns || row >= this.rows) return;
    this.letters[row * this.columns + column] = text;
  }

  toLines(): string[] {
    return Array.from({ length: this.rows }, (_, row) =>
      Array.from({ length: this.columns }, (__, column) => this.shown(row * this.columns + column)).join(''),
    );
  }

  private shown(cell: number): string {
    const letter = this.letters[cell];
    if (letter !== undefined) return letter;
    const dots = this.dots[cell]!;
    if (dots === 0) return ' ';
    return this.unicode ? String.fromCharCode(0x2800 + dots) : '*';
  }
}

/** Bits of the Braille patterns, by row and column of the dot. */
const BRAILLE = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;
