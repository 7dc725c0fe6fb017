import type { DayPlan } from '../../../fleet/day.js';
import type { Fleet, FleetResult } from '../../../fleet/plan-of-fleet.js';
import type { Prediction } from '../../../model/types.js';
import { lineSvg } from '../../../output/chart/svg.js';
import type { LineChart } from '../../../output/chart/types.js';
import { shownTime } from './shown-time.js';

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

/** The response time of every shape against its price, or its cores where nothing has a price. */
export function shapeChart(result: FleetResult): LineChart {
  const { shapes, recommendation } = result;
  const time = shownTime(result);
  const priced = shapes.every(({ pricePerMonth }) => pricePerMonth !== null);
  const cost = (fleet: Fleet): number => (priced ? fleet.pricePerMonth! : fleet.totalCores);
  const ordered = [...shapes].sort((a, b) => cost(a) - cost(b));
  const series = (name: string, predicted: (fleet: Fleet) => Prediction) => ({
    name,
    points: ordered.map((fleet) => ({ x: cost(fleet), y: time.ms(predicted(fleet)) })),
  });
  return {
    title: 'What each shape costs, and how it answers',
    x: { label: priced ? 'price a month' : 'cores', scale: 'linear' },
    y: { label: `${time.name} ms`, scale: 'linear' },
    series: [
      series('all replicas', ({ prediction }) => prediction),
      series('with those gone', ({ lost }) => lost.prediction),
    ],
    horizontals: [],
    verticals: [],
    marks: ordered.flatMap((fleet) => {
      const y = time.ms(fleet.prediction);
      const label = `${fleet.replicas} × ${fleet.shape.name}${fleet === recommendation ? ' (recommended)' : ''}`;
      return y === null ? [] : [{ x: cost(fleet), y, label }];
    }),
  };
}
