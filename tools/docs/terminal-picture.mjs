// Text as a terminal shows it, as an SVG that is readable on light and dark pages and whatever fonts there are.

const CELL = { width: 8, height: 18 };
const MARGIN = 16;
const FONT = 14;

/** Classes that the escape sequences of chalk begin and end. */
const BEGINS = { 1: 'bold', 2: 'faint', 31: 'red', 32: 'green', 33: 'yellow', 36: 'cyan' };
const ENDS = { 22: ['bold', 'faint'], 39: ['red', 'green', 'yellow', 'cyan'], 0: null };

const STYLE = `text{font:${FONT}px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre}
rect{fill:#f6f8fa;stroke:#d0d7de}text,circle{fill:#1f2328}.bold{font-weight:bold}.faint{fill:#59636e}
.red{fill:#c21c2c}.green{fill:#116329}.yellow{fill:#7d4e00}.cyan{fill:#0b5f76}
@media(prefers-color-scheme:dark){rect{fill:#0d1117;stroke:#3d444d}text,circle{fill:#e6edf3}.faint{fill:#9198a1}
.red{fill:#ff8182}.green{fill:#56d364}.yellow{fill:#e3b341}.cyan{fill:#56d4dd}}`;

/** A command and what it printed, with colours, as an SVG. */
export function terminalPicture(command, printed) {
  const lines = [...`$ ${command}`.split('\n'), ...printed.split('\n')];
  const runs = styledRuns(lines);
  const columns = Math.max(...lines.map((line) => [...line.replace(ESCAPE, '')].length));
  const width = columns * CELL.width + 2 * MARGIN;
  const height = lines.length * CELL.height + 2 * MARGIN;
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`;
  return [
    head,
    `<title>${escaped(`What ${command.replace(/\\\n +/g, '')} prints`)}</title>`,
    `<style>${STYLE}</style>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="6"/>`,
    ...runs.flatMap(drawn),
    '</svg>',
    '',
  ].join('\n');
}

const ESCAPE = /\x1b\[([\d;]*)m/g;

/** Pieces of one style, each with its place; blanks apart, so that columns hold in every font. */
function styledRuns(lines) {
  const on = new Set();
  return lines.flatMap((line, row) => {
    let column = 0;
    return line.split(ESCAPE).flatMap((part, i) => {
      if (i % 2 === 1) {
        turn(on, part);
        return [];
      }
      const classes = [...on].join(' ');
      const pieces = [...part.matchAll(/\S+(?: \S+)*/g)].map(({ 0: text, index }) => ({
        row,
        column: column + [...part.slice(0, index)].length,
        text,
        classes,
      }));
      column += [...part].length;
      return pieces;
    });
  });
}

function turn(on, code) {
  if (BEGINS[code]) on.add(BEGINS[code]);
  else for (const name of ENDS[code] ?? [...on]) on.delete(name);
}

const BRAILLE = /^[\u2800-\u28ff]$/;

/** A piece as text of exactly its columns; dots of charts as circles, which few fonts have. */
function drawn({ row, column, text, classes }) {
  const x = MARGIN + column * CELL.width;
  const y = MARGIN + row * CELL.height;
  const characters = [...text];
  const dots = characters.flatMap((character, i) =>
    BRAILLE.test(character) ? dotsOf(character, x + i * CELL.width, y) : [],
  );
  const words = characters.map((character) => (BRAILLE.test(character) ? ' ' : character)).join('');
  const attributes = classes === '' ? '' : ` class="${classes}"`;
  const baseline = y + 0.75 * CELL.height;
  return [
    ...[...words.matchAll(/\S+(?: \S+)*/g)].map(({ 0: word, index }) => {
      const from = x + [...words.slice(0, index)].length * CELL.width;
      const length = [...word].length * CELL.width;
      return `<text x="${from}" y="${baseline}" textLength="${length}" lengthAdjust="spacingAndGlyphs"${attributes}>${escaped(word)}</text>`;
    }),
    ...dots,
  ];
}

/** Bits of a braille character, by column and row of its dots (Unicode, block U+2800). */
const BITS = [
  [0, 1, 2, 6],
  [3, 4, 5, 7],
];

function dotsOf(character, x, y) {
  const bits = character.codePointAt(0) - 0x2800;
  return BITS.flatMap((rows, column) =>
    rows.flatMap((bit, row) =>
      bits & (1 << bit)
        ? [
            `<circle cx="${x + CELL.width * (0.25 + 0.5 * column)}" cy="${y + CELL.height * (0.125 + 0.25 * row)}" r="1.4"/>`,
          ]
        : [],
    ),
  );
}

const escaped = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
