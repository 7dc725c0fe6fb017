import { percent } from '../text/numbers.js';

/** How a prediction stands to an objective: `within-error` is met by less than the model's published error. */
export type Standing = 'met' | 'within-error' | 'missed';

const WORDS: Readonly<Record<Standing, string>> = {
  met: 'met',
  'within-error': "met, but within the model's error",
  missed: 'MISSED',
};

interface Asked {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly assumptions: readonly { readonly input: string }[];
}

/** What was asked for and whether it is met: `p95<250ms, utilisation ≤ 80%: met`. */
export function objectiveVerdict(standing: Standing, { inputs, assumptions }: Asked): string {
  const { slo, maxUtilization } = inputs;
  const limits = Array.isArray(slo) ? slo.map(String) : [];
  const isAsked =
    typeof maxUtilization === 'number' && !assumptions.some(({ input }) => input === 'maxUtilization');
  const ceiling = isAsked ? [`utilisation ≤ ${percent(maxUtilization)}`] : [];
  const asked = [...limits, ...ceiling].join(', ');
  return `${asked}${asked === '' ? '' : ': '}${WORDS[standing]}`;
}
