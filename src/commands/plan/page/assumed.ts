import type { Law } from '../../../math/laws/law.js';
import { lawMean } from '../../../math/laws/moments.js';
import { scaledLaw } from '../../../math/laws/scaled.js';
import type { Workload } from '../../../model/types.js';
import type { Drawing } from '../../../plan/drawing.js';
import { requestTimesOf } from '../../../plan/search/demand.js';
import { count, mebibytes, milliseconds, percent, significant } from '../../../text/numbers.js';

/** An input that a plan may have assumed, which the reader of a page may know better. */
export interface Assumed {
  /** Its name among the plan's assumptions. */
  readonly input: string;
  readonly label: string;
  /** What the drawing was made with; null where it has none. */
  value(drawing: Drawing): number | null;
  /** The drawing with another value. */
  with(drawing: Drawing, value: number): Drawing;
  text(value: number): string;
  /** Where the slider ends; from the value where that is left out. */
  readonly range?: { readonly min: number; readonly max: number; readonly step: number };
}

const VARIABILITY = { min: 0, max: 4, step: 0.1 };

export const ASSUMED: readonly Assumed[] = [
  ofWorkload('serviceTimeMs', 'Service time', milliseconds, {
    value: ({ cpu, io }) => lawMean(cpu) + lawMean(io),
    with: ({ cpu, io }, value) => {
      const factor = value / (lawMean(cpu) + lawMean(io));
      return { cpu: scaledLaw(cpu, factor), io: scaledLaw(io, factor) };
    },
  }),
  {
    ...ofWorkload('ioRatio', 'Share of it that waits', percent, {
      value: ({ cpu, io }) => lawMean(io) / (lawMean(cpu) + lawMean(io)),
      with: ({ cpu, io }, value) => {
        const wholeMs = lawMean(cpu) + lawMean(io);
        return { cpu: withMean(cpu, wholeMs * (1 - value)), io: withMean(io, wholeMs * value) };
      },
    }),
    range: { min: 0.05, max: 0.95, step: 0.01 },
  },
  ofWorkload('cpuTimeMs', 'CPU time', milliseconds, {
    value: ({ cpu }) => lawMean(cpu),
    with: ({ cpu }, value) => ({ cpu: withMean(cpu, value) }),
  }),
  ofWorkload('ioTimeMs', 'I/O time', milliseconds, {
    value: ({ io }) => lawMean(io),
    with: ({ io }, value) => ({ io: withMean(io, value) }),
  }),
  {
    ...ofWorkload('cpuCv', 'Variability of the CPU time (cv)', (cv) => significant(cv, 2), {
      value: ({ cpu }) => cvOf(cpu),
      with: ({ cpu }, cv) => ({ cpu: { ...cpu, cv } as Law }),
    }),
    range: VARIABILITY,
  },
  {
    ...ofWorkload('ioCv', 'Variability of the I/O time (cv)', (cv) => significant(cv, 2), {
      value: ({ io }) => cvOf(io),
      with: ({ io }, cv) => ({ io: { ...io, cv } as Law }),
    }),
    range: VARIABILITY,
  },
  {
    input: 'perWorkerMiB',
    label: 'Memory of a worker',
    value: ({ memory }) => memory.perWorkerMiB,
    with: (drawing, perWorkerMiB) => ({ ...drawing, memory: { ...drawing.memory, perWorkerMiB } }),
    text: mebibytes,
  },
  {
    input: 'cores',
    label: 'Cores',
    value: ({ cores }) => cores,
    with: (drawing, cores) => ({ ...drawing, cores }),
    text: count,
  },
];

/** The drawing with all the values that are known for it, by name. */
export const withAssumed = (drawing: Drawing, values: ReadonlyMap<string, number>): Drawing =>
  ASSUMED.reduce((changed, assumed) => {
    const value = values.get(assumed.input);
    return value === undefined || value === assumed.value(changed) ? changed : assumed.with(changed, value);
  }, drawing);

type Laws = Pick<Workload, 'cpu' | 'io'>;

function ofWorkload(
  input: string,
  label: string,
  text: (value: number) => string,
  laws: { value(laws: Laws): number | null; with(laws: Laws, value: number): Partial<Laws> },
): Assumed {
  return {
    input,
    label,
    text,
    value: ({ workload }) => laws.value(workload),
    with: (drawing, value) => {
      const workload = { ...drawing.workload, ...laws.with(drawing.workload, value) };
      return { ...drawing, workload, demand: requestTimesOf({ workload }) };
    },
  };
}

const withMean = (law: Law, mean: number): Law => scaledLaw(law, mean / lawMean(law));

const cvOf = (law: Law): number | null => ('cv' in law ? law.cv : null);
