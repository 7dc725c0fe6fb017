import Table from 'cli-table3';
import stringWidth from 'string-width';
import { PLAIN, type Style } from './style.js';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Columns of the highest number go first where the width does not hold them all; 0 (default) always stays. */
  readonly dropFirst?: number;
}

export interface TableOptions {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  /** Columns of text to fill at most. */
  readonly width: number;
  readonly style?: Style;
  readonly unicode?: boolean;
}

const GAP = 2;

/** A table without borders but for a rule under its head. Ends without a line break. */
export function table({ columns, rows, width, style = PLAIN, unicode = true }: TableOptions): string {
  const kept = fitting(columns, rows, width);
  const shown = new Table({
    head: kept.map((c) => style.strong(columns[c]!.title)),
    colAligns: kept.map((c) => columns[c]!.align ?? 'left'),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    chars: { ...NO_BORDER, middle: ' '.repeat(GAP) },
  });
  shown.push(...rows.map((row) => kept.map((c) => row[c] ?? '')));
  const [head = '', ...body] = shown.toString().split('\n');
  const rule = (unicode ? '─' : '-').repeat(stringWidth(head));
  return [head, rule, ...body].map((line) => line.trimEnd()).join('\n');
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

function fitting(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): number[] {
  const wide = columns.map((column, c) =>
    Math.max(stringWidth(column.title), ...rows.map((row) => stringWidth(row[c] ?? ''))),
  );
  const kept = columns.map((_, c) => c);
  const total = () => kept.reduce((sum, c) => sum + wide[c]!, GAP * (kept.length - 1));
  while (total() > width) {
    const next = kept.reduce(
      (worst, c) => ((columns[c]!.dropFirst ?? 0) > (columns[worst]!.dropFirst ?? 0) ? c : worst),
      kept[0]!,
    );
    if (!columns[next]!.dropFirst) break;
    kept.splice(kept.indexOf(next), 1);
  }
  return kept;
}
