import type { DayPlan } from '../../../fleet/day.js';
import type { Fleet, FleetResult } from '../../../fleet/plan-of-fleet.js';
import { lineSvg } from '../../../output/chart/svg.js';
import type { LineChart } from '../../../output/chart/types.js';

/** Replicas over the day where rates were given, else what each shape costs and how it answers; nothing where none does. */
export function fleetSvg(result: FleetResult): string {
  if (result.day) return lineSvg(dayChart(result.day));
  return result.shapes.length > 0 ? lineSvg(shapeChart(result)) : '';
}

export const dayChart = ({ replicas }: DayPlan): LineChart => ({
  title: 'Replicas over time',
  x: { label: 'hours', scale: 'linear' },
  y: { label: 'replicas', scale: 'linear' },
  series: [
    {
      name: 'replicas',
      points: replicas.map(({ atHours, replicas: wanted }) => ({ x: atHours, y: wanted })),
    },
  ],
  horizontals: [],
  verticals: [],
  marks: [],
});

/** p95 of every shape against its price, or its cores where nothing has a price. */
export function shapeChart({ shapes, recommendation }: FleetResult): LineChart {
  const priced = shapes.every(({ pricePerMonth }) => pricePerMonth !== null);
  const cost = (fleet: Fleet): number => (priced ? fleet.pricePerMonth! : fleet.totalCores);
  const ordered = [...shapes].sort((a, b) => cost(a) - cost(b));
  const series = (name: string, p95: (fleet: Fleet) => number | null) => ({
    name,
    points: ordered.map((fleet) => ({ x: cost(fleet), y: p95(fleet) })),
  });
  return {
    title: 'What each shape costs, and how it answers',
    x: { label: priced ? 'price a month' : 'cores', scale: 'linear' },
    y: { label: 'p95 ms', scale: 'linear' },
    series: [
      series('all replicas', ({ prediction }) => prediction.p95Ms),
      series('with those gone', ({ lost }) => lost.prediction.p95Ms),
    ],
    horizontals: [],
    verticals: [],
    marks: ordered.flatMap((fleet) => {
      const y = fleet.prediction.p95Ms;
      const label = `${fleet.replicas} × ${fleet.shape.name}${fleet === recommendation ? ' (recommended)' : ''}`;
      return y === null ? [] : [{ x: cost(fleet), y, label }];
    }),
  };
}
