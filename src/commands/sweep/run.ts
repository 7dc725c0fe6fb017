import { UsageError } from '../../host/errors.js';
import { EXIT, type ExitCode } from '../../host/exit.js';
import type { Host } from '../../host/host.js';
import type { Invocation } from '../../input/command.js';
import type { ResultName } from '../../input/options/result-names.js';
import type { Values } from '../../input/options.js';
import { predict } from '../../model/predict.js';
import { prepareDelivery } from '../../output/deliver.js';
import { progressBar } from '../../output/progress.js';
import { collectAssumptions } from '../../profile/assume.js';
import { resolveObjective } from '../../profile/objective.js';
import type { Profile } from '../../profile/types.js';
import { notice } from '../../text/notice.js';
import { startSweep } from './evaluate.js';
import { parseFind } from './find.js';
import { SWEEP_FORMATS } from './formats/formats.js';
import { measuredResults, sweep } from './sweep.js';
import { measureGrid } from './threads.js';
import { parseUncertain } from './uncertain.js';
import { parseVary } from './vary.js';

const MOST_POINTS = 250_000;

/** `wcalc sweep`. */
export async function run({ values, origins, learnt }: Invocation, host: Host): Promise<ExitCode> {
  const delivery = prepareDelivery(SWEEP_FORMATS, { ...values, chart: values.chart ?? true }, host);
  const axes = (values.vary ?? []).map((text) => {
    const { name, values: along } = parseVary(text);
    return { input: name, values: along };
  });
  const find = (values.find ?? []).map(parseFind);
  const uncertain = (values.uncertain ?? []).map((text) => parseUncertain(text));
  if (axes.length + find.length + uncertain.length === 0 && !values.sensitivity) {
    throw new UsageError(
      'sweep: give what to vary, such as --vary rate=10..200, or --find, --sensitivity or an input as a range',
    );
  }
  if (axes.length > 2)
    throw new UsageError(`--vary: was given ${axes.length} times; one or two inputs can be varied at once`);
  if (axes.length === 2 && axes[0]!.input === axes[1]!.input)
    throw new UsageError(`--vary: ${axes[0]!.input} was given twice`);
  const count = axes.reduce((product, axis) => product * axis.values.length, 1);
  if (count > MOST_POINTS)
    throw new UsageError(`--vary: makes ${count} points; at most ${MOST_POINTS} are taken`);

  const starts = Object.fromEntries(
    axes.map(({ input, values: along }) => [input, along[along.length >> 1]!]),
  );
  const middles = Object.fromEntries(uncertain.map(({ input, low, high }) => [input, (low + high) / 2]));
  // What varies needs no value of its own: where none was typed, the middle of its range stands in.
  const base = startSweep({ ...withoutSizes(starts), ...middles, ...values }, origins, predict, learnt);
  if (!base) {
    host.stderr.write(
      notice('nothing fits: not even one worker has room in memory; wcalc plan says how much it needs'),
    );
    return EXIT.violation;
  }
  const results = values.result ?? [defaultResult(values, axes)];
  const bar = await progressBar(host, 'sweep', (values.quiet ?? false) || count < SLOW);
  const question = {
    axes,
    results: [...new Set(results)],
    find,
    uncertain,
    sensitivity: values.sensitivity ?? false,
    limits: limitsOf(values),
  };
  const grid = { axes, results: measuredResults(question) };
  const points = await measureGrid(base.followed, grid, host, (done) => bar.update(done / count));
  const answer = sweep(base, question, points);
  bar.stop();
  await delivery.write(answer);
  return EXIT.done;
}

const SLOW = 2000;

/** Workers and threads in the middle of a range would fix the configuration; they are overridden at every point anyway. */
function withoutSizes({ workers, threads, ...rest }: Record<string, number>): Values {
  return rest;
}

const defaultResult = (values: Values, axes: readonly { readonly input: string }[]): ResultName =>
  values.rate !== undefined || axes.some((axis) => axis.input === 'rate') || values.find?.length
    ? 'p95'
    : 'capacity';

const limitsOf = (values: Values): Profile['objective']['limits'] => {
  const { limits, assumed } = resolveObjective(values, collectAssumptions());
  return assumed ? [] : limits;
};
