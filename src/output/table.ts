import Table from 'cli-table3';
import stringWidth from 'string-width';
import { PLAIN, type Style } from '../text/style.js';
import { wrap } from '../text/wrap.js';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Columns of the highest number go first where the width does not hold them all; 0 (default) always stays. */
  readonly dropFirst?: number;
  /** A column of prose, which may be broken into lines where the others leave it some room; one a table. */
  readonly breaks?: boolean;
}

type Cell = string | (() => string);
type Rows = readonly (readonly string[])[];

export interface TableOptions {
  readonly columns: readonly Column[];
  /** A cell that takes time is a function, called only where the title of its column has room. */
  readonly rows: readonly (readonly Cell[])[];
  /** Columns of text to fill at most. */
  readonly width: number;
  readonly style?: Style;
  readonly unicode?: boolean;
}

const GAP = 2;

/** Rows laid out together: cli-table3 takes time with the square of a cell's lines. */
const AT_ONCE = 4;

/** A table without borders but for a rule under its head; where not even its first columns fit, a list. Ends without a line break. */
export function table(options: TableOptions): string {
  const { width, style = PLAIN, unicode = true } = options;
  const asked = withRoom(options);
  const { columns } = asked;
  const rows = broken(asked, width);
  const wide = widths(columns, rows);
  const kept = fitting(columns, wide, width);
  if (totalOf(kept, wide) > width) return list(kept, asked, { width, style });
  const laidOut = (some: Rows): string[] => {
    const shown = new Table({
      colAligns: kept.map((c) => columns[c]!.align ?? 'left'),
      colWidths: kept.map((c) => wide[c]!),
      style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
      chars: { ...NO_BORDER, middle: ' '.repeat(GAP) },
    });
    shown.push(columnTexts(some, kept));
    return shown.toString().split('\n');
  };
  const titles = columns.map((column) => style.strong(column.title));
  const all = [titles, ...rows];
  const [head = '', ...body] = Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, n) =>
    laidOut(all.slice(n * AT_ONCE, (n + 1) * AT_ONCE)),
  ).flat();
  const rule = (unicode ? '─' : '-').repeat(stringWidth(head));
  return [head, rule, ...body].map((line) => line.trimEnd()).join('\n');
}

interface Asked {
  readonly columns: readonly Column[];
  readonly rows: Rows;
}

/** All cells, those that take time only of the columns that have room by the others. */
function withRoom({ columns, rows, width }: TableOptions): Asked {
  const quick = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : '')));
  if (rows.every((row) => row.every((cell) => typeof cell === 'string'))) return { columns, rows: quick };
  const shown = fitting(columns, widths(columns, quick), width);
  return {
    columns: shown.map((c) => columns[c]!),
    rows: rows.map((row) =>
      shown.map((c) => {
        const cell = row[c] ?? '';
        return typeof cell === 'string' ? cell : cell();
      }),
    ),
  };
}

/**
 * Each column as the lines of one cell: cli-table3 lays out a few tall cells many times as fast as many low ones. Cells of a
 * row are filled up to the lines of its tallest.
 */
function columnTexts(rows: Rows, kept: readonly number[]): string[] {
  const columns: string[][] = kept.map(() => []);
  for (const row of rows) {
    const cells = kept.map((c) => (row[c] ?? '').split('\n'));
    const height = Math.max(...cells.map((lines) => lines.length));
    for (const [n, lines] of cells.entries())
      for (let line = 0; line < height; line++) columns[n]!.push(lines[line] ?? '');
  }
  return columns.map((lines) => lines.join('\n'));
}

const NO_BORDER = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  right: '',
  'right-mid': '',
  mid: '',
  'mid-mid': '',
};

/** Width of each column. */
const widths = (columns: readonly Column[], rows: Rows): number[] =>
  columns.map((column, c) =>
    rows.reduce((widest, row) => Math.max(widest, widestLine(row[c] ?? '')), stringWidth(column.title)),
  );

const widestLine = (cell: string): number => Math.max(...cell.split('\n').map((line) => stringWidth(line)));

const totalOf = (kept: readonly number[], wide: readonly number[]): number =>
  kept.reduce((sum, c) => sum + wide[c]!, GAP * (kept.length - 1));

function fitting(columns: readonly Column[], wide: readonly number[], width: number): number[] {
  const kept = columns.map((_, c) => c);
  while (totalOf(kept, wide) > width) {
    const next = kept.reduce(
      (worst, c) => ((columns[c]!.dropFirst ?? 0) > (columns[worst]!.dropFirst ?? 0) ? c : worst),
      kept[0]!,
    );
    if (!columns[next]!.dropFirst) break;
    kept.splice(kept.indexOf(next), 1);
  }
  return kept;
}

/** Prose in less room than this is easier to read in a list. */
const LEAST_PROSE = 16;

/** The rows, with their prose in lines of what the other columns leave. */
function broken({ columns, rows }: Asked, width: number): Rows {
  const prose = columns.findIndex((column) => column.breaks);
  if (prose < 0) return rows;
  const all = columns.map((_, c) => c);
  const wide = widths(columns, rows);
  const total = totalOf(all, wide);
  if (total <= width) return rows;
  const room = width - (total - wide[prose]!);
  if (room < LEAST_PROSE) return rows;
  return rows.map((row) => row.map((cell, c) => (c === prose ? wrap(cell, room) : cell)));
}

/** Row by row: its first cell, and below it the others by the titles of their columns. */
function list(
  kept: readonly number[],
  { columns, rows }: Asked,
  { width, style }: Required<Pick<TableOptions, 'width' | 'style'>>,
): string {
  const [first, ...others] = kept as [number, ...number[]];
  return rows
    .map((row) => {
      const lines = others.flatMap((c) => {
        const [title, cell] = [columns[c]!.title, row[c] ?? ''];
        if (cell === '') return [];
        const named = title === '' || kept.length === 2 ? cell : `${title}: ${cell}`;
        return [`  ${wrap(named, width, '    ')}`];
      });
      return [wrap(style.strong(row[first] ?? ''), width), ...lines].join('\n');
    })
    .join('\n');
}
