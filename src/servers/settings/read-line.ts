import { type Environment, known, type Reading, type Scalar } from '../../files/reading.js';
import type { Source, Span } from '../../files/text-file.js';
import { SourceError } from '../../host/errors.js';
import { FILE_LAYER, LINE_LAYER } from '../deployments/deployment.js';
import type { Lookup, StartReading, StartText } from '../manual.js';
import { type CommandLine, readCommandLine } from './command-line.js';
import { argsLayer, type SettingLayer } from './layers.js';

/** What a start sets that has no configuration file: the given layers, in rising order, under the command line. */
export function readLine(
  line: CommandLine,
  { words, outer }: Pick<StartText, 'words' | 'outer'>,
  below: readonly SettingLayer[] = [],
): StartReading {
  const args = readCommandLine(line, words, outer);
  return {
    ...NOTHING_READ,
    layers: [...below, argsLayer(LINE_LAYER, args)],
    app: args.app,
    unknownFlags: args.unknownFlags,
    notes: args.opaque.map(({ why, at }) => ({ at, message: why })),
  };
}

/** What is read where nothing is said. */
export const NOTHING_READ: StartReading = {
  layers: [],
  app: null,
  unknownFlags: [],
  ignoredNames: [],
  configFile: null,
  notes: [],
  assumes: [],
};

/** What a file sets that nothing else has a part in. */
export const readFile = ({ file }: Source, settings: ReadonlyMap<string, Reading<Scalar>>): StartReading => ({
  ...NOTHING_READ,
  layers: [{ layer: FILE_LAYER, settings, mayAlsoSet: null }],
  configFile: file,
});

/** What a configuration file adds to a start. */
export type FileReading = Pick<StartReading, 'layers' | 'configFile' | 'notes' | 'ignoredNames'>;

/** A configuration file that is not read, so that it may set anything. */
export const hiddenFile = (why: string, at: Span): FileReading => ({
  ...NOTHING_READ,
  layers: [{ layer: FILE_LAYER, settings: new Map(), mayAlsoSet: { why, at } }],
  notes: [{ at, message: why }],
});

/** What is found in a configuration file; one that turns out unreadable may set anything. */
export function readOrHidden(source: Source, lookup: Lookup, read: () => FileReading): FileReading {
  lookup.used(source);
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    lookup.failed(source.file, error.message);
    return hiddenFile(`${source.file} could not be read`, source.at(0));
  }
}

/** A variable for each name of an option, as click's `auto_envvar_prefix` reads them: `UVICORN_WORKERS`. */
export function prefixedLayers(
  { settings }: CommandLine,
  environment: Environment,
  prefix: string,
): SettingLayer[] {
  return Object.entries(settings).flatMap(([name, spec]) =>
    [...new Set([name, ...spec.flags.map(variableName)])].flatMap((written): SettingLayer[] => {
      const variable = `${prefix}${written.toUpperCase()}`;
      const value = written === '' ? undefined : environment.get(variable);
      if (!value) return [];
      const settings = new Map([[name, spec.kind === 'switch' ? asSwitch(value) : value]]);
      return [{ layer: variable, settings, mayAlsoSet: null }];
    }),
  );
}

/** `processes` of `--processes`; nothing of a short form. */
const variableName = (flag: string): string =>
  flag.startsWith('--') ? flag.slice(2).replaceAll('-', '_') : '';

/** A switch that a variable sets, as click understands it. */
function asSwitch(value: Reading<string>): Reading<Scalar> {
  if (!value.known) return value;
  return known<Scalar>(/^(1|true|t|yes|y|on)$/i.test(value.value.trim()), value.at, value);
}

/** What an unread environment may set of variables with this prefix is taken not to be there, and said. */
export const assumingNone = ({ incomplete }: Environment, prefix: string): readonly string[] =>
  incomplete === null ? [] : [`no ${prefix}* variable is set by ${incomplete}`];
