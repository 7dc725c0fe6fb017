import type { Prediction } from '../../../model/types.js';
import type { LineChart, StackedBar } from '../../../output/chart/types.js';
import type { CurvePoint } from '../../../plan/drawing.js';
import { type Configuration, labelOf, type PlanResult } from '../../../plan/types.js';
import { milliseconds, perSecond, significant } from '../../../text/numbers.js';
import { counted } from '../../../text/sentences.js';

/** p95 of the drawn configuration against the rate, with its operating point, its saturation and the objective. */
export function latencyChart({ drawing }: PlanResult, chosen: Configuration): LineChart | null {
  if (!drawing) return null;
  return curveChart({
    name: `${chosen.workers} × ${chosen.threads} ${labelOf(chosen)}`,
    curve: drawing.curve,
    ratePerSecond: drawing.workload.ratePerSecond,
    prediction: chosen.prediction,
    objectiveMs: drawing.p95LimitMs,
  });
}

export interface CurveChart {
  readonly name: string;
  readonly curve: readonly CurvePoint[];
  readonly ratePerSecond: number | null;
  readonly prediction: Pick<Prediction, 'capacityPerSecond' | 'p95Ms'>;
  readonly objectiveMs: number | null;
}

/** A latency curve as a chart; null where it has no points. */
export function curveChart({
  name,
  curve,
  ratePerSecond,
  prediction,
  objectiveMs: limit,
}: CurveChart): LineChart | null {
  const points = curve.map((point) => ({ x: point.ratePerSecond, y: point.p95Ms }));
  const known = points.flatMap(({ y }) => (y === null ? [] : [y]));
  if (known.length < 2) return null;
  const { capacityPerSecond, p95Ms } = prediction;
  return {
    title: `p95 response time of ${name} against the rate`,
    x: { label: 'rate, req/s', scale: 'linear' },
    y: { label: 'p95, ms', scale: Math.max(...known) / Math.min(...known) > 20 ? 'log' : 'linear' },
    series: [{ name: 'p95', points }],
    horizontals: limit === null ? [] : [{ y: limit, label: `objective p95 ${milliseconds(limit)}` }],
    verticals: [{ x: capacityPerSecond, label: `saturation at ${perSecond(capacityPerSecond)}` }],
    marks:
      ratePerSecond !== null && p95Ms !== null
        ? [
            {
              x: ratePerSecond,
              y: p95Ms,
              label: `at ${perSecond(ratePerSecond)}: p95 ${milliseconds(p95Ms)}`,
            },
          ]
        : [],
  };
}

/** What the memory goes to. */
export function memoryChart(plan: PlanResult, chosen: Configuration): StackedBar | null {
  const inputs = plan.inputs as Readonly<Record<string, unknown>>;
  const number = (name: string) => (typeof inputs[name] === 'number' ? (inputs[name] as number) : 0);
  const total = number('memoryMiB');
  if (total === 0 || chosen.memoryMiB === null) return null;
  const own = [
    { label: 'master', value: number('masterMiB') },
    { label: 'shared', value: number('sharedMiB') },
    { label: counted(chosen.workers, 'worker'), value: chosen.workers * number('perWorkerMiB') },
    { label: 'reserve', value: number('reserveMiB') },
  ];
  const threads = chosen.memoryMiB - own.reduce((sum, part) => sum + part.value, 0);
  const parts =
    threads > 1e-9 ? [...own.slice(0, 3), { label: 'threads and requests', value: threads }, own[3]!] : own;
  return {
    title: `memory, ${significant(total, 5)} MiB`,
    total,
    parts: parts.filter((part) => part.value > 0),
    unit: 'MiB',
  };
}
