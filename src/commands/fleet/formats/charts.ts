import type { DayPlan } from '../../../fleet/day.js';
import type { Fleet, FleetResult } from '../../../fleet/plan-of-fleet.js';
import { lineSvgs } from '../../../output/chart/svg.js';
import type { LineChart } from '../../../output/chart/types.js';
import { milliseconds } from '../../../text/numbers.js';
import { counted } from '../../../text/sentences.js';
import { type ShownTime, shownTime } from './shown-time.js';

/**
 * The charts of a fleet below each other: what the shapes cost, what a loss does, and the replicas over the day where
 * rates were given; nothing where no shape carries the rate.
 */
export function fleetSvg(result: FleetResult): string {
  const { shapes, losses, day } = result;
  const charts = [
    ...(shapes.length > 1 ? [shapeChart(result)] : []),
    ...(losses.length > 1 ? [lossChart(result)] : []),
    ...(day ? [dayChart(day)] : []),
  ];
  return charts.length > 0 ? lineSvgs(charts) : '';
}

/** A replica serves from one point of the day to the next. */
export function dayChart({ replicas, hours, fixedReplicaHours }: DayPlan): LineChart {
  const fixed = fixedReplicaHours / hours;
  return {
    title: 'Replicas over time',
    x: { label: 'hours', scale: 'linear' },
    y: { label: 'replicas', scale: 'linear', fromZero: true, whole: true },
    series: [
      {
        name: 'replicas',
        points: replicas.flatMap(({ atHours, replicas: y }, n) => [
          { x: atHours, y },
          { x: replicas[n + 1]?.atHours ?? hours, y },
        ]),
      },
    ],
    horizontals: [{ y: fixed, label: `${counted(fixed, 'replica')} without an autoscaler` }],
    verticals: [],
    marks: [],
  };
}

/** The response time of every shape against its price, or its cores where nothing has a price; a line up to that with a loss. */
function shapeChart(result: FleetResult): LineChart {
  const { shapes, recommendation } = result;
  const time = shownTime(result);
  const priced = shapes.every(({ pricePerMonth }) => pricePerMonth !== null);
  const cost = (fleet: Fleet): number => (priced ? fleet.pricePerMonth! : fleet.totalCores);
  const ordered = [...shapes].sort((a, b) => cost(a) - cost(b));
  return {
    title: 'What each shape costs, and how it answers; lines lead to the time with a loss',
    x: { label: priced ? 'price a month' : 'cores', scale: 'linear' },
    y: { label: `${time.name} ms`, scale: 'linear', fromZero: true },
    series: [
      {
        name: 'with those gone that are to be survived',
        points: ordered.flatMap((fleet) =>
          [time.ms(fleet.prediction), time.ms(fleet.lost.prediction), null].map((y) => ({
            x: cost(fleet),
            y,
          })),
        ),
      },
    ],
    horizontals: objectiveOf(time),
    verticals: [],
    marks: ordered.flatMap((fleet) => {
      const y = time.ms(fleet.prediction);
      const label = `${fleet.replicas} × ${fleet.shape.name}${fleet === recommendation ? ' (recommended)' : ''}`;
      return y === null ? [] : [{ x: cost(fleet), y, label }];
    }),
  };
}

/** The response time while more and more replicas are gone. */
function lossChart(result: FleetResult): LineChart {
  const time = shownTime(result);
  const points = result.losses.map(({ gone, prediction }) => ({ x: gone, y: time.ms(prediction) }));
  const overload = points.find(({ y }) => y === null);
  return {
    title: 'What a loss does',
    x: { label: 'replicas gone', scale: 'linear', whole: true },
    y: { label: `${time.name} ms`, scale: 'linear', fromZero: true },
    series: [{ name: time.name, points }],
    horizontals: objectiveOf(time),
    verticals: overload ? [{ x: overload.x, label: `${overload.x} gone: overload` }] : [],
    marks: points.flatMap(({ x, y }) => (y === null ? [] : [{ x, y, label: milliseconds(y) }])),
  };
}

const objectiveOf = ({ limit }: ShownTime): LineChart['horizontals'] =>
  limit ? [{ y: limit.ms, label: `objective ${limit.text}` }] : [];
