import type { Unknown } from '../../../observe/values.js';
import type { RenderContext } from '../../../output/deliver.js';
import { wrap } from '../../../text/wrap.js';

/** What a source did not tell, each with its remedy; empty where it told all. */
export function unknownsText(
  title: string,
  unknowns: readonly Unknown[],
  { style, width }: Pick<RenderContext, 'style' | 'width'>,
): string {
  const lines = unknowns.map(({ what, remedy }) => `  ${wrap(`${what}. Remedy: ${remedy}`, width, '    ')}`);
  return lines.length > 0 ? [style.strong(title), ...lines].join('\n') : '';
}
