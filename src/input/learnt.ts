import type { Law } from '../math/laws/law.js';
import type { Origin } from './option.js';
import type { OptionName, Values } from './options.js';

export type Origins = Readonly<Partial<Record<OptionName, Origin>>>;

/**
 * What was learnt rather than typed: a file of `wcalc fit`, or this machine as `wcalc detect` sees it. Its values
 * are those of the options, in the options' units; what the user typed wins over them. `laws` (ms) replace the
 * two-moment laws where whole distributions are known; their means must be those of `values`.
 */
export interface LearntValues {
  readonly values: Values;
  readonly origins: Origins;
  readonly laws?: LearntLaws;
}

export type EmpiricalLaw = Extract<Law, { readonly kind: 'empirical' }>;

/** Laws in ms: of the two parts of a request, or of the whole where the parts were not seen. */
export interface LearntLaws {
  readonly cpu?: EmpiricalLaw;
  readonly io?: EmpiricalLaw;
  readonly service?: EmpiricalLaw;
}
