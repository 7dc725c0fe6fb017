import type { RenderContext } from '../../../output/deliver.js';
import { table } from '../../../output/table.js';
import { wrap } from '../../../text/wrap.js';
import { type Sections, sectionsOf } from './sections.js';

/** One queue or network for people. */
export function queueTable(answer: Parameters<typeof sectionsOf>[0], context: RenderContext): string {
  const { width, style, unicode } = context;
  const { title, stable, tables, source }: Sections = sectionsOf(answer);
  const named = style.strong(title);
  const head = wrap(stable ? named : `${named}: ${style.bad('unstable')}`, width);
  const bodies = tables.map(({ columns, rows }) => table({ columns, rows, width, style, unicode }));
  return [head, ...bodies, style.faint(wrap(source, width))].join('\n\n');
}
