import type { Reading, Scalar, Surroundings } from '../../files/reading.js';
import { directoryOf, joinPath, type Source, type Span } from '../../files/text-file.js';
import { SourceError } from '../../host/errors.js';
import { FILE_LAYER } from '../deployments/deployment.js';
import type { Lookup, StartReading } from '../manual.js';
import type { ArgsReading } from '../settings/command-line.js';
import type { SettingLayer } from '../settings/layers.js';
import { readGunicornConf } from './conf.js';

const DEFAULT_FILE = 'gunicorn.conf.py';

export type ConfOutcome = Pick<StartReading, 'layers' | 'configFile' | 'notes' | 'ignoredNames'>;

const NO_FILE: ConfOutcome = { layers: [], configFile: null, notes: [], ignoredNames: [] };

interface ConfQuestion {
  /** The word that starts it. */
  readonly at: Span;
  readonly args: ArgsReading;
  readonly fromVariable: ArgsReading | null;
  /** The file that starts the server. */
  readonly file: string;
  readonly outer: Surroundings;
  readonly lookup: Lookup;
}

/**
 * The configuration file that a server reads: `--config` of the command line, else of `GUNICORN_CMD_ARGS`, else
 * `./gunicorn.conf.py` where there is one. One that is named and not there makes every setting it may hold unknown.
 */
export function confLayer({ at, args, fromVariable, file, outer, lookup }: ConfQuestion): ConfOutcome {
  const named = args.settings.get('config') ?? fromVariable?.settings.get('config');
  if (!named) return byDefault({ at, args, file, outer, lookup });
  if (!named.known) return hidden(`the configuration file is not known: ${named.why}`, named.at);
  const path = pathOf(named);
  if (path === '' || path === '/dev/null') return NO_FILE;
  const source = lookup.find(path, file);
  return source
    ? readLayer(source, outer, lookup)
    : hidden(`${path} was not given, so what it sets is not known`, named.at);
}

/** `python:package.module` names a module, `file:` a path. */
function pathOf(named: Reading<Scalar> & { known: true }): string {
  const text = String(named.value);
  if (text.startsWith('python:')) return `${text.slice('python:'.length).replaceAll('.', '/')}.py`;
  return text.replace(/^file:/, '');
}

function byDefault({ at, args, file, outer, lookup }: Omit<ConfQuestion, 'fromVariable'>): ConfOutcome {
  const chdir = args.settings.get('chdir');
  const directory = chdir?.known ? String(chdir.value) : null;
  const mounted = lookup.mounted?.(directory === null ? DEFAULT_FILE : `${directory}/${DEFAULT_FILE}`);
  if (mounted) return readLayer(mounted, outer, lookup);
  if (mounted === null) return hidden(`${DEFAULT_FILE} is mounted and was not given`, at);
  const fits = lookup.given.filter((source) => (source.alias ?? source.file).endsWith(DEFAULT_FILE));
  const beside = joinPath(directoryOf(file), DEFAULT_FILE);
  const source =
    fits.find((conf) => conf.file === beside) ??
    (directory === null ? null : lookup.find(`${directory}/${DEFAULT_FILE}`, file, fits)) ??
    (fits.length === 1 ? fits[0]! : null) ??
    lookup.load(beside) ??
    (fits.length === 0 ? lookup.find(DEFAULT_FILE, file) : null);
  return source ? readLayer(source, outer, lookup) : NO_FILE;
}

function hidden(why: string, at: Span): ConfOutcome {
  const layer: SettingLayer = { layer: FILE_LAYER, settings: new Map(), mayAlsoSet: { why, at } };
  return { layers: [layer], configFile: null, notes: [{ at, message: why }], ignoredNames: [] };
}

export function readLayer(source: Source, outer: Surroundings, lookup: Lookup): ConfOutcome {
  lookup.used(source);
  try {
    return layerOf(source, outer);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    lookup.failed(source.file, error.message);
    return hidden(`${source.file} could not be read`, source.at(0));
  }
}

function layerOf(source: Source, outer: Surroundings): ConfOutcome {
  const { settings, otherNames, mayAlsoSet } = readGunicornConf(source, outer);
  const top = source.at(0);
  return {
    layers: [
      {
        layer: FILE_LAYER,
        settings,
        mayAlsoSet: mayAlsoSet === null ? null : { why: mayAlsoSet, at: top },
      },
    ],
    configFile: source.file,
    notes: mayAlsoSet === null ? [] : [{ at: top, message: mayAlsoSet }],
    ignoredNames: [...otherNames].map(([name, { at }]) => ({ name, at })),
  };
}
