import { UsageError } from '../../host/errors.js';
import { shapeCv, withMean } from '../../input/laws/distribution.js';
import type { Origin } from '../../input/option.js';
import type { OptionName, Values } from '../../input/options.js';
import type { Law } from '../../math/laws/law.js';
import { flagOf } from '../../text/names.js';
import type { InputName, Model, QueueInputs, VariabilityName } from './model.js';
import type { NamedModel } from './model-name.js';
import { type Target, targetOf } from './objective.js';

/** A question that can be answered: all that the model needs, and either its servers or objectives to find them by. */
export interface Question {
  readonly model: Model;
  readonly inputs: Omit<QueueInputs, 'servers'>;
  /** null where the fewest that meet the objectives are asked for. */
  readonly servers: number | null;
  readonly targets: readonly Target[];
  /** What was taken for what was left out, each with the flag that replaces it. */
  readonly assumed: readonly string[];
}

/** Textbooks measure time in service times: with 1 s the rate counts erlangs. */
const ASSUMED_SERVICE_MS = 1000;

/** Beyond it a percentile is the time of a few services in a million, and takes as many steps to find. */
const MOST_CV = 100;

type Origins = Readonly<Partial<Record<OptionName, Origin>>>;

/** Options that mean something in some models only. */
const PARTICULAR: readonly (InputName | VariabilityName | 'demand')[] = [
  'rate',
  'serviceTime',
  'servers',
  'capacity',
  'population',
  'thinkTime',
  'cv',
  'serviceDistribution',
  'arrivalCv',
  'arrivalDistribution',
  'demand',
];

/** Checks what was typed against what the model needs and takes. */
export function questionOf(
  named: NamedModel & { readonly model: Model },
  typed: Values,
  origins: Origins,
): Question {
  const { model } = named;
  const known: readonly OptionName[] = [...model.needs, ...model.takes];
  const given = withNumbersOfTheName(named, relevant(typed, origins, known, model), origins);
  const values: Values = { serviceTime: ASSUMED_SERVICE_MS, ...given };
  const targets = (values.slo ?? []).map(targetOf);
  const servers = model.servers ?? values.servers ?? null;
  for (const name of model.needs) {
    if (values[name] !== undefined || (name === 'servers' && targets.length > 0)) continue;
    const instead = name === 'servers' ? ' (or --slo, to find the fewest)' : '';
    throw new UsageError(`${model.name} needs ${flagOf(name)}${instead}`);
  }
  if (servers !== null && servers > model.mostServers)
    throw new UsageError(
      `--servers: ${model.name} is answered for ${model.mostServers.toLocaleString('en')} servers at most, got ${servers}`,
    );
  if (values.serviceTime === 0) throw new UsageError('--service-time: must be greater than 0');
  const { capacity = 0, population = 0 } = values;
  if (model.needs.includes('capacity') && servers !== null && capacity < servers)
    throw new UsageError(
      `--capacity: must be at least the number of servers, ${servers}, because it counts requests in service too; got ${capacity}`,
    );
  return {
    model,
    servers,
    targets,
    assumed:
      given.serviceTime === undefined
        ? [
            'the service time was left out and is taken as 1 s, so that the rate counts erlangs (--service-time)',
          ]
        : [],
    inputs: {
      arrivalRate: values.rate ?? 0,
      service: lawOf(
        (values.serviceTime ?? ASSUMED_SERVICE_MS) / 1000,
        'serviceDistribution',
        'cv',
        values,
        origins,
      ),
      arrival: lawOf(1 / (values.rate ?? 1), 'arrivalDistribution', 'arrivalCv', values, origins),
      capacity,
      population,
      thinkTime: (values.thinkTime ?? 0) / 1000,
    },
  };
}

/**
 * Without what means nothing in this model: a mistake where it was asked for, but to be expected where a configuration
 * file or the environment serves other commands too.
 */
function relevant(typed: Values, origins: Origins, known: readonly OptionName[], model: Model): Values {
  const values: Record<string, unknown> = { ...typed };
  for (const name of PARTICULAR) {
    if (typed[name] === undefined || known.includes(name)) continue;
    delete values[name];
    if (!isAsked(origins[name]) || (name === 'servers' && model.servers === typed.servers)) continue;
    throw new UsageError(`${flagOf(name)} means nothing in ${model.name}, which takes ${listOf(known)}`);
  }
  return values as Values;
}

/** Whether a value was given for this very question. */
export const isAsked = (origin: Origin | undefined): boolean =>
  origin?.source === 'flag' || origin?.source === 'batch';

function withNumbersOfTheName(named: NamedModel, typed: Values, origins: Origins): Values {
  const values: Record<string, unknown> = { ...typed };
  for (const name of ['servers', 'capacity', 'population'] as const) {
    const inName = named[name];
    if (inName === undefined) continue;
    if (typed[name] !== undefined && typed[name] !== inName && isAsked(origins[name]))
      throw new UsageError(
        `${flagOf(name)} ${typed[name]} contradicts the model's name, which says ${inName}; give one of them`,
      );
    values[name] = inName;
  }
  return values as Values;
}

/** A law by its name where that is given, or by two moments; exponential where nothing is said. */
function lawOf(
  mean: number,
  shapeName: 'serviceDistribution' | 'arrivalDistribution',
  cvName: 'cv' | 'arrivalCv',
  values: Values,
  origins: Origins,
): Law {
  const shape = values[shapeName];
  const cv = values[cvName];
  const [varying, variation] = cv === undefined ? [shapeName, shape && shapeCv(shape)] : [cvName, cv];
  if (variation !== undefined && variation > MOST_CV)
    throw new UsageError(
      `${flagOf(varying)}: queues are answered for coefficients of variation up to ${MOST_CV}, got ${variation}`,
    );
  if (cv === undefined) return shape === undefined ? { kind: 'exponential', mean } : withMean(shape, mean);
  if (shape === undefined) return { kind: 'two-moment', mean, cv };
  if (isAsked(origins[cvName]) && isAsked(origins[shapeName]))
    throw new UsageError(
      `${flagOf(cvName)} and ${flagOf(shapeName)} both say how the same time varies; give one of them`,
    );
  return isAsked(origins[cvName]) ? { kind: 'two-moment', mean, cv } : withMean(shape, mean);
}

const listOf = (names: readonly OptionName[]): string => names.map(flagOf).join(', ');
