import { UsageError } from '../host/errors.js';
import type { LearntLaws, LearntValues, Origins } from '../input/learnt.js';
import { machineOptions } from '../input/options/machine.js';
import { planOptions } from '../input/options/plan.js';
import { requestOptions } from '../input/options/request.js';
import { serverOptions } from '../input/options/server.js';
import type { Values } from '../input/options.js';
import { DEFAULT_SERVER, kindOfClass, WORKER_CLASSES, type WorkerClass } from '../servers/index.js';
import { missingIn } from '../servers/suitability.js';
import { flagOf } from '../text/names.js';
import { type Assumptions, collectAssumptions } from './assume.js';
import { inputsOf } from './inputs.js';
import { resolveMemory, withParentCopy } from './memory.js';
import { resolveObjective } from './objective.js';
import { ofOneReplica, resolveWorkload } from './request.js';
import { resolveFixed, resolveServer } from './server.js';
import type { Assumption, Profile, UserFormula } from './types.js';

/** Options that are part of a question; the rest says what to do with the answer. */
const INPUTS: ReadonlySet<string> = new Set(
  [machineOptions, requestOptions, planOptions, serverOptions].flatMap((options) => Object.keys(options)),
);

const EXAMPLE = 'wcalc --cores 4 --mem 1024 --per-worker 256';

/**
 * What the options mean. Typed values win over learnt ones (`--profile`, `--detect`), which win over defaults; each
 * default that matters is listed. Throws a UsageError where something is missing or contradicts itself.
 */
export function resolveProfile(typed: Values, typedOrigins: Origins, learnt?: LearntValues): Profile {
  const assumptions = collectAssumptions();
  const values = withWorkerSize({ ...learnt?.values, ...typed }, assumptions);
  const origins: Origins = { ...learnt?.origins, ...typedOrigins };
  requireInputs(values);
  const choosing = values.mem !== undefined && values.perWorker !== undefined;
  const memory = withParentCopy(resolveMemory(values), values, assumptions);
  const laws = lawsThatHold(values, learnt);
  const request = resolveWorkload(values, origins, assumptions, laws);
  const objective = resolveObjective(values, assumptions, choosing);
  const server = resolveServer(values, assumptions);
  requireExisting(values.workerClass ?? 'auto', server.versions[DEFAULT_SERVER.name]!);
  if (overlaps(values.workerClass) && request.ioKnown) assumptions.add(OVERLAPPING);
  const profile = {
    cores: values.cores!,
    memory,
    workload: ofOneReplica(request.workload, server.replicas),
    ioKnown: request.ioKnown,
    objective,
    server,
    fixed: resolveFixed(values, choosing && isAsRecommended(values) ? undefined : assumptions),
    formulas: parseFormulas(values.formula ?? []),
    lean: values.lean ?? false,
    origins: Object.fromEntries(Object.entries(origins).filter(([name]) => INPUTS.has(name))),
    assumptions: assumptions.list,
  };
  return { ...profile, inputs: inputsOf(profile, request) };
}

/** Whether a class that was asked for lets requests of one process wait side by side in a loop. */
const overlaps = (workerClass: Values['workerClass']): boolean =>
  workerClass !== undefined &&
  workerClass !== 'auto' &&
  ['connections', 'unlimited'].includes(kindOfClass(workerClass).concurrency);

const OVERLAPPING: Assumption = {
  input: 'handlers',
  value: 'async',
  flag: '--io-ratio',
  why: 'waits overlap, as handlers that await let them; of handlers that block the loop, give the whole time as CPU: --io-ratio 0',
};

/** Learnt laws say nothing of a request whose times or variation come from elsewhere. */
export function lawsThatHold(values: Values, learnt: LearntValues | undefined): LearntLaws {
  const { cpu, io, service } = learnt?.laws ?? {};
  const asLearnt = (...names: readonly (keyof Values)[]) =>
    names.every((name) => values[name] === learnt?.values[name]);
  if (!asLearnt('serviceTime', 'cpuTime', 'ioTime', 'cv', 'cpuCv', 'ioCv')) return {};
  // A law of the whole does not say how much of it is waiting, so that --io-ratio may be given beside it.
  if (service) return { service };
  return asLearnt('ioRatio') ? { ...(cpu && { cpu }), ...(io && { io }) } : {};
}

function requireExisting(workerClass: WorkerClass | 'auto', version: number): void {
  const missing = workerClass === 'auto' ? null : missingIn(kindOfClass(workerClass), version);
  if (!missing) return;
  const others = WORKER_CLASSES.filter((other) => !missingIn(kindOfClass(other), version)).join(', ');
  throw new UsageError(
    `--worker-class: ${workerClass} ${missing}; accepted with --${DEFAULT_SERVER.name} ${version}: ${others}`,
  );
}

/** Workers alone take the class and threads that are recommended. */
const isAsRecommended = ({ workerClass = 'auto', threads }: Values): boolean =>
  workerClass === 'auto' && threads === undefined;

/** A worker of a Django or Flask service of middle size; those that were seen have 100 to 250 MiB. */
const TYPICAL_WORKER_MIB = 150;

/** The size of a worker is assumed where wcalc is to choose their number. */
function withWorkerSize(values: Values, assumptions: Assumptions): Values {
  if (values.mem === undefined || values.perWorker !== undefined || values.workers !== undefined)
    return values;
  assumptions.add({
    input: 'perWorkerMiB',
    value: TYPICAL_WORKER_MIB,
    flag: '--per-worker',
    why: 'a typical Django or Flask service; measure yours with "wcalc detect" beside the running server, or "ps -C gunicorn -o rss=" (KiB)',
  });
  return { ...values, perWorker: TYPICAL_WORKER_MIB };
}

/** Memory is needed only where wcalc chooses the workers. */
function requireInputs(values: Values): void {
  const needed: readonly (keyof Values)[] = values.workers === undefined ? ['cores', 'mem'] : ['cores'];
  const missing = needed.filter((name) => values[name] === undefined).map(flagOf);
  if (missing.length === 0) return;
  const list = missing.length > 1 ? `${missing.slice(0, -1).join(', ')} and ${missing.at(-1)}` : missing[0];
  throw new UsageError(
    `${list} ${missing.length > 1 ? 'are' : 'is'} missing: give ${missing.length > 1 ? 'them' : 'it'}, as in "${EXAMPLE}", or let wcalc read this machine with --detect ("wcalc detect" shows what it finds)`,
  );
}

const FORM = /^\s*([A-Za-z][\w-]{0,39})\s*=(?!=)\s*(\S[\s\S]*)$/;

/** The formulas of `--formula`, each with a name of its own. */
function parseFormulas(texts: readonly string[]): readonly UserFormula[] {
  const formulas = texts.map(parseFormula);
  formulas.forEach(({ name }, n) => {
    if (formulas.findIndex((other) => other.name === name) < n)
      throw new UsageError(`--formula: "${name}" was given twice; give each formula a name of its own`);
  });
  return formulas;
}

/** Splits `NAME=EXPR`; the expression itself is read by `src/expression`. */
function parseFormula(text: string): UserFormula {
  const match = FORM.exec(text);
  if (!match)
    throw new UsageError(
      `--formula: "${text}" is not NAME=EXPR; accepted: a name of letters, digits, "-" and "_", then "=" and an expression, such as house=min(2*cores+1, floor(memory/perWorker))`,
    );
  return { name: match[1]!, expression: match[2]!.trim() };
}
