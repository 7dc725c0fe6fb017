import type { Missing } from '../../../observe/values.js';
import type { RenderContext } from '../../../output/deliver.js';
import { percent, UNKNOWN } from '../../../text/numbers.js';
import { labelled, wrap } from '../../../text/wrap.js';

/** A label and its text. */
export type Row = readonly [string, string];

/** Rows with their texts in one column. */
export function factsText(rows: readonly Row[], { style, width }: RenderContext): string {
  const column = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.map(([name, text]) => labelled(name, text, { width, column, mark: style.strong })).join('\n');
}

/** A relative error with its sign. */
export function errorText(error: number | null): string {
  if (error === null) return UNKNOWN;
  const sign = Math.abs(error) < 0.0005 ? '' : error > 0 ? '+' : '-';
  return `${sign}${percent(Math.abs(error))}`;
}

/** Parts of an answer with an empty line between. */
export const joinedParts = (parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join('\n\n');

/** What a source did not tell, each with its remedy; empty where it told all. */
export function unknownsText(
  title: string,
  unknowns: readonly Missing[],
  { style, width }: Pick<RenderContext, 'style' | 'width'>,
): string {
  const lines = unknowns.map(({ what, remedy }) => `  ${wrap(`${what}. Remedy: ${remedy}`, width, '    ')}`);
  return lines.length > 0 ? [style.strong(title), ...lines].join('\n') : '';
}
