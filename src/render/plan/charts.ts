import type { Configuration, PlanResult } from '../../plan/types.js';
import type { LineChart, StackedBar } from '../chart/types.js';
import { milliseconds, perSecond, significant } from '../number.js';

/** p95 of the chosen configuration against the rate, with its operating point, its saturation and the objective. */
export function latencyChart(plan: PlanResult, chosen: Configuration): LineChart | null {
  if (!plan.curve) return null;
  const points = plan.curve.map((point) => ({ x: point.ratePerSecond, y: point.p95Ms }));
  const known = points.flatMap(({ y }) => (y === null ? [] : [y]));
  if (known.length < 2) return null;
  const { capacityPerSecond, p95Ms } = chosen.prediction;
  const rate = plan.inputs.ratePerSecond;
  const limit = objectiveMs(plan);
  return {
    title: `p95 response time of ${chosen.workers} × ${chosen.threads} ${chosen.workerClass} against the rate`,
    x: { label: 'rate, req/s', scale: 'linear' },
    y: { label: 'p95, ms', scale: Math.max(...known) / Math.min(...known) > 20 ? 'log' : 'linear' },
    series: [{ name: 'p95', points }],
    horizontals: limit === null ? [] : [{ y: limit, label: `objective p95 ${milliseconds(limit)}` }],
    verticals: [{ x: capacityPerSecond, label: `saturation at ${perSecond(capacityPerSecond)}` }],
    marks:
      typeof rate === 'number' && p95Ms !== null
        ? [{ x: rate, y: p95Ms, label: `at ${perSecond(rate)}: p95 ${milliseconds(p95Ms)}` }]
        : [],
  };
}

function objectiveMs(plan: PlanResult): number | null {
  const slo = Array.isArray(plan.inputs.slo) ? plan.inputs.slo : [];
  for (const text of slo) {
    const match = /^p95\s*<=?\s*([\d.]+)\s*(ms|s)?$/.exec(String(text));
    if (match) return Number(match[1]) * (match[2] === 's' ? 1000 : 1);
  }
  return null;
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
    { label: `${chosen.workers} workers`, value: chosen.workers * number('perWorkerMiB') },
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
