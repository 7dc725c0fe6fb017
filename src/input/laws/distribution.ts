import type { Law } from '../../math/laws/law.js';
import { type OptionType, ValueError } from '../option.js';

/** A law up to its mean, as `--service-distribution` names it. */
export type LawShape =
  | { readonly kind: 'deterministic' | 'exponential' }
  | { readonly kind: 'erlang'; readonly stages: number }
  | { readonly kind: 'hyperexponential' | 'lognormal' | 'gamma'; readonly cv: number };

export const withMean = (shape: LawShape, mean: number): Law => ({ ...shape, mean });

/** Coefficient of variation of a law of this shape. */
export function shapeCv(shape: LawShape): number {
  switch (shape.kind) {
    case 'deterministic':
      return 0;
    case 'exponential':
      return 1;
    case 'erlang':
      return 1 / Math.sqrt(shape.stages);
    default:
      return shape.cv;
  }
}

/** The law of a duration, without its mean. */
export const distribution: OptionType<LawShape> = {
  name: 'distribution',
  accepts: 'deterministic, exponential, erlang:K, hyperexponential:CV, lognormal:CV, gamma:CV',
  format: (shape) =>
    shape.kind === 'erlang'
      ? `erlang:${shape.stages}`
      : 'cv' in shape
        ? `${shape.kind}:${shape.cv}`
        : shape.kind,
  parse(text) {
    const [kind = '', parameter, ...rest] = text.trim().toLowerCase().split(':');
    const refuse = (why: string) => new ValueError(`"${text}" ${why}; accepted: ${this.accepts}`);
    if (rest.length > 0) throw refuse('is not a distribution');
    if (kind === 'deterministic' || kind === 'exponential') {
      if (parameter !== undefined) throw refuse(`gives ${kind} a parameter that it does not have`);
      return { kind };
    }
    const value = parameter === undefined || parameter.trim() === '' ? Number.NaN : Number(parameter);
    if (kind === 'erlang') {
      if (!Number.isSafeInteger(value) || value < 1 || value > MAX_STAGES)
        throw refuse(`needs a whole number of stages, 1 to ${MAX_STAGES}, as in erlang:2`);
      return { kind, stages: value };
    }
    if (kind !== 'hyperexponential' && kind !== 'lognormal' && kind !== 'gamma')
      throw refuse('is not a distribution');
    if (!(value > 0 && value <= MAX_CV))
      throw refuse(`needs a coefficient of variation above 0, at most ${MAX_CV}, as in ${kind}:2`);
    if (kind === 'hyperexponential' && value < 1)
      throw refuse('has a coefficient of variation below 1, which no hyperexponential law has');
    return { kind, cv: value };
  },
};

const MAX_STAGES = 10_000;
const MAX_CV = 1000;
