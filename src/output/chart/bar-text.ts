import { significant } from '../../text/numbers.js';
import { wrap } from '../../text/wrap.js';
import type { TextChartOptions } from './line-text.js';
import type { StackedBar } from './types.js';

const FILLS = { unicode: ['█', '▓', '▒', '░', '▚', '▞'], ascii: ['#', '=', '+', ':', '%', '~'] } as const;

/** Parts of a whole as one bar with its legend; what is left over stays empty, what is too much is said. */
export function barText(
  bar: StackedBar,
  { width, unicode }: Pick<TextChartOptions, 'width' | 'unicode'>,
): string {
  const fills = unicode ? FILLS.unicode : FILLS.ascii;
  const used = bar.parts.reduce((sum, part) => sum + part.value, 0);
  const whole = Math.max(bar.total, used);
  const room = Math.max(10, width - 2);
  let drawn = 0;
  let reached = 0;
  const filled = bar.parts.map((part, n) => {
    reached += part.value;
    const upTo = Math.round((reached / whole) * room);
    const text = fills[n % fills.length]!.repeat(upTo - drawn);
    drawn = upTo;
    return text;
  });
  const legend = bar.parts
    .map((part, n) => ({ part, sign: fills[n % fills.length]! }))
    .filter(({ part }) => part.value > 0)
    .map(({ part, sign }) => `${sign} ${part.label} ${significant(part.value, 4)} ${bar.unit}`);
  const rest = bar.total - used;
  legend.push(
    rest >= 0 ? `free ${significant(rest, 4)} ${bar.unit}` : `${significant(-rest, 4)} ${bar.unit} too much`,
  );
  return [wrap(bar.title, width), `[${filled.join('').padEnd(room)}]`, ...wrapItems(legend, width)].join(
    '\n',
  );
}

function wrapItems(items: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const item of items) {
    const longer = lines.length === 0 ? item : `${lines.at(-1)}   ${item}`;
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(wrap(item, width, '  '));
  }
  return lines;
}
