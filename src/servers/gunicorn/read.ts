import { both, known, type Reading, type Scalar, type Surroundings, unknown } from '../../files/reading.js';
import { splitWords } from '../../files/shell/words.js';
import { baseName, type Source, type Span } from '../../files/text-file.js';
import { LINE_LAYER } from '../deployments/deployment.js';
import { type Lookup, type StartReading, type StartText, variableLayer } from '../manual.js';
import { type ArgsReading, readCommandLine } from '../settings/command-line.js';
import { argsLayer } from '../settings/layers.js';
import { NOTHING_READ } from '../settings/read-line.js';
import { GUNICORN_LINE } from './command-line.js';
import { confLayer, readLayer } from './conf-layer.js';
import { gunicorn } from './index.js';

const ARGUMENTS = 'GUNICORN_CMD_ARGS';

/**
 * What a start of Gunicorn sets: `WEB_CONCURRENCY`, which is the default of `workers` and no more (an empty one is kept,
 * since Gunicorn fails on it), under the configuration file, under `GUNICORN_CMD_ARGS`, under the command line.
 */
export function readStart({ at, words, outer, file, lookup }: StartText): StartReading {
  const args = readCommandLine(GUNICORN_LINE, words, outer);
  const fromVariable = cmdArgsOf(outer);
  const { incomplete } = outer.environment;
  const conf = confLayer({ at, args, fromVariable, file, outer, lookup });
  return {
    layers: [
      ...variableLayer(outer.environment, 'WEB_CONCURRENCY', 'workers', at),
      ...conf.layers,
      ...(fromVariable ? [argsLayer(ARGUMENTS, fromVariable)] : []),
      argsLayer(LINE_LAYER, args),
    ],
    app: args.app,
    unknownFlags: args.unknownFlags,
    ignoredNames: conf.ignoredNames,
    configFile: conf.configFile,
    notes: [...conf.notes, ...args.opaque.map((part) => ({ at: part.at, message: part.why }))],
    ...(incomplete === null || fromVariable
      ? { assumes: [] }
      : {
          mayOverride: unknown(`${ARGUMENTS} may be set by ${incomplete}`, at, ARGUMENTS),
          assumes: [`${ARGUMENTS} is not set by ${incomplete}`],
        }),
  };
}

/** A `gunicorn.conf.py` by itself. */
export function readAlone(source: Source, outer: Surroundings, lookup: Lookup): readonly StartReading[] {
  if (!/\.py$|^gunicorn/i.test(source.alias ?? source.file) && !LOOKS_LIKE_CONF.test(source.text)) return [];
  const { layers, notes, ignoredNames, configFile } = readLayer(source, outer, lookup);
  // A program, or any other Python: it sets nothing of Gunicorn's.
  const isNamed = gunicorn.files?.test(baseName(source.alias ?? source.file)) ?? false;
  if (!isNamed && layers.every(({ settings, mayAlsoSet }) => settings.size === 0 && mayAlsoSet === null))
    return [];
  const fromVariable = cmdArgsOf(outer);
  const all = [
    ...variableLayer(outer.environment, 'WEB_CONCURRENCY', 'workers', source.at(0)),
    ...layers,
    ...(fromVariable ? [{ ...argsLayer(ARGUMENTS, fromVariable), mayAlsoSet: null }] : []),
  ];
  const unknownFlags = fromVariable?.unknownFlags ?? [];
  return [{ ...NOTHING_READ, layers: all, unknownFlags, ignoredNames, configFile, notes }];
}

const LOOKS_LIKE_CONF = /^(workers|bind|threads|worker_class|timeout)\s*(:\s*\w+\s*)?=/m;

/** The words of `GUNICORN_CMD_ARGS`, split as `shlex.split` does. */
function cmdArgsOf(outer: Surroundings): ArgsReading | null {
  const value = outer.environment.get(ARGUMENTS);
  if (!value) return null;
  const nothing = { settings: new Map(), app: null, unknownFlags: [] };
  if (!value.known) return { ...nothing, opaque: [{ why: value.why, at: value.at }] };
  const words = splitWords(value.value);
  if (!words)
    return { ...nothing, opaque: [{ why: `the quotes of ${ARGUMENTS} do not match`, at: value.at }] };
  const args = readCommandLine(
    GUNICORN_LINE,
    words.map(({ parts, from, to }) => ({ parts, at: within(value.at, value.value, from, to), place: null })),
    outer,
  );
  const withAssumptions = (reading: Reading<Scalar>): Reading<Scalar> =>
    reading.known ? known(reading.value, reading.at, both(reading, value)) : reading;
  return {
    ...args,
    settings: new Map([...args.settings].map(([name, reading]) => [name, withAssumptions(reading)])),
  };
}

/** The place of a part of a text whose whole is at `at`, where the text stands there as it is or in quotes. */
function within(at: Span, text: string, from: number, to: number): Span {
  const quotes = (at.endColumn - at.column - text.length) / 2;
  if (quotes !== 0 && quotes !== 1) return at;
  return { ...at, column: at.column + quotes + from, endColumn: at.column + quotes + to };
}
