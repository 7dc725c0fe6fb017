import type { Prediction } from '../../../model/types.js';
import type { RenderContext } from '../../../output/deliver.js';
import { objectiveVerdict, type Standing } from '../../../output/objective.js';
import { table } from '../../../output/table.js';
import { headline } from '../../../plan/types.js';
import { count, milliseconds, percent, perSecond } from '../../../text/numbers.js';
import { wrap } from '../../../text/wrap.js';
import type { SimulateResult, SimulationFacts } from '../result.js';

type Timed = 'meanMs' | 'p50Ms' | 'p90Ms' | 'p95Ms' | 'p99Ms';

const TIMES: readonly (readonly [Timed, string])[] = [
  ['meanMs', 'mean'],
  ['p50Ms', 'p50'],
  ['p90Ms', 'p90'],
  ['p95Ms', 'p95'],
  ['p99Ms', 'p99'],
];

/** A simulated configuration for people: its times with their intervals, and how they were obtained. */
export function simulateTable(result: SimulateResult, context: RenderContext): string {
  const { given, simulation, inputs } = result;
  if (!given) return context.style.bad('Nothing was simulated.');
  const { prediction } = given;
  const cores = `${inputs.cores} core${inputs.cores === 1 ? '' : 's'}`;
  const title = `${headline(given)} on ${cores}`;
  const head = [
    context.style.strong(context.style.accent(wrap(title, context.width))),
    wrap(loads(prediction, prediction.ratePerReplica), context.width),
    ...replicas(result, context),
    ...objective(given.objective, result, context),
  ].join('\n');
  if (prediction.stable === false)
    return `${head}\n\n${context.style.bad(wrap(overload(inputs), context.width))}`;
  const notes = [how(simulation), ...lines(simulation, inputs.cores)].map((text) =>
    wrap(text, context.width),
  );
  return `${head}\n\n${times(prediction, context)}\n\n${context.style.faint(notes.join('\n'))}`;
}

const overload = ({ queueTimeoutMs }: SimulateResult['inputs']): string =>
  queueTimeoutMs === undefined
    ? 'Overload: more arrives than it can serve, so waiting grows without end.'
    : 'Overload: more arrives than it can serve, so that all wait as long as they may, and the rest gets an error.';

function objective(
  standing: Standing | null,
  result: SimulateResult,
  { style, width }: RenderContext,
): string[] {
  if (standing === null) return [];
  const text = wrap(`objective ${objectiveVerdict(standing, result)}`, width);
  return [standing === 'missed' ? style.bad(text) : style.good(text)];
}

/** What was simulated of several replicas. */
function replicas({ inputs, simulation }: SimulateResult, { width }: RenderContext): string[] {
  if (!(Number(inputs.replicas) > 1)) return [];
  const { replicas: together, balancer, balancers } = simulation;
  const independent = balancers !== null && balancers > 1 ? ` by ${balancers} balancers` : '';
  const text =
    balancer === null
      ? `one of ${inputs.replicas} replicas, by itself with its share of the requests`
      : `each of ${together} replicas, simulated together; requests spread ${balancer}${independent}`;
  return [wrap(text, width)];
}

function loads(prediction: Prediction, rate: number | null): string {
  const { utilization } = prediction;
  const busy =
    utilization === null
      ? ''
      : `; cores ${percent(utilization.cpu)} busy${utilization.slots === null ? '' : `, slots ${percent(utilization.slots)}`}`;
  const most = `at most ${perSecond(prediction.capacityPerSecond)}`;
  return `${rate !== null ? `${perSecond(rate)} of ${most}` : `all at once, where ${most} can last`}${busy}`;
}

function times(prediction: Prediction, { width, style, unicode }: RenderContext): string {
  const ci = prediction.ci95 ?? {};
  const hasIntervals = Object.keys(ci).length > 0;
  const sign = unicode ? '±' : '+-';
  const rows = TIMES.map(([key, name]) => [
    name,
    milliseconds(prediction[key]),
    within(ci[key], milliseconds),
  ]);
  rows.push(['waits', percent(prediction.waitProbability), within(ci.waitProbability, percent)]);
  if (prediction.connectionWait)
    rows.push(
      ['waits for a connection', percent(prediction.connectionWait.probability), ''],
      ['the same, mean of all', milliseconds(prediction.connectionWait.meanMs), ''],
    );
  if (prediction.rejectProbability)
    rows.push(['refused', percent(prediction.rejectProbability), within(ci.rejectProbability, percent)]);
  if (prediction.timeoutProbability)
    rows.push(['killed by the timeout', percent(prediction.timeoutProbability), '']);
  return table({
    columns: [
      { title: 'response' },
      { title: 'time', align: 'right' },
      ...(hasIntervals ? [{ title: `${sign} 95 %`, align: 'right' as const, dropFirst: 1 }] : []),
    ],
    rows,
    width,
    style,
    unicode,
  });
}

function lines({ scheduler }: SimulationFacts, cores: unknown): string[] {
  if (scheduler === 'ideal' || !(Number(cores) > 1)) return [];
  return [
    'The cores are shared as Linux does it, where a thread may wait for one while another is idle; --scheduler ideal has no such waits.',
  ];
}

const within = (halfWidth: number | undefined, show: (value: number) => string): string =>
  halfWidth === undefined ? '' : show(halfWidth);

function how({
  requests,
  replications,
  warmupRequests,
  seed,
  trace,
  cpuOrder,
  interrupted,
}: SimulationFacts): string {
  const stopped = interrupted ? ' Stopped early.' : '';
  if (trace !== null) {
    const order =
      cpuOrder === 'even'
        ? 'in equal parts around its waits'
        : 'before its waits (--cpu-order even spreads it)';
    return `${count(requests)} requests replayed from ${trace}, each computing ${order}.${stopped}`;
  }
  const runs = replications === 1 ? '1 run' : `${replications} independent runs`;
  const each = replications === 1 ? 'it' : 'each';
  return `${count(requests)} requests in ${runs}, the first ${count(warmupRequests)} of ${each} ignored; seed ${seed}.${stopped}`;
}
