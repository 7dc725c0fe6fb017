import { significant } from '../text/numbers.js';
import { wrap } from '../text/wrap.js';
import type { RenderContext } from './deliver.js';

/** How a quantity came about. */
interface Step {
  readonly quantity: string;
  readonly formula: string;
  readonly substituted: string;
  readonly value: number | string;
  readonly source: string;
}

/** Quantities with their formulas, the numbers put in, and under each its source. */
export const derivationText = (
  steps: readonly Step[],
  { width, style }: Pick<RenderContext, 'width' | 'style'>,
): string =>
  steps
    .map(({ quantity, formula, substituted, value, source }) => {
      const shown = typeof value === 'number' ? significant(value, 6) : value;
      const text = `${quantity} = ${formula} = ${substituted} = ${shown}`;
      return `  ${wrap(text, width, '    ')}\n    ${style.faint(wrap(source, width, '    '))}`;
    })
    .join('\n');
