import type { Reading, Scalar, Surroundings } from '../../files/reading.js';
import { directoryOf, joinPath, type Source, type Span } from '../../files/text-file.js';
import { FILE_LAYER } from '../deployments/deployment.js';
import type { Lookup } from '../manual.js';
import type { ArgsReading } from '../settings/command-line.js';
import { type FileReading, hiddenFile, NOTHING_READ, readOrHidden } from '../settings/read-line.js';
import { readGunicornConf } from './conf.js';

const DEFAULT_FILE = 'gunicorn.conf.py';

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
export function confLayer({ at, args, fromVariable, file, outer, lookup }: ConfQuestion): FileReading {
  const named = args.settings.get('config') ?? fromVariable?.settings.get('config');
  if (!named) return byDefault({ at, args, file, outer, lookup });
  if (!named.known) return hiddenFile(`the configuration file is not known: ${named.why}`, named.at);
  const path = pathOf(named);
  if (path === '' || path === '/dev/null') return NOTHING_READ;
  const source = lookup.find(path, file);
  return source
    ? readLayer(source, outer, lookup)
    : hiddenFile(`${path} was not given, so what it sets is not known`, named.at);
}

/** `python:package.module` names a module, `file:` a path. */
function pathOf(named: Reading<Scalar> & { known: true }): string {
  const text = String(named.value);
  if (text.startsWith('python:')) return `${text.slice('python:'.length).replaceAll('.', '/')}.py`;
  return text.replace(/^file:/, '');
}

function byDefault({ at, args, file, outer, lookup }: Omit<ConfQuestion, 'fromVariable'>): FileReading {
  const chdir = args.settings.get('chdir');
  const directory = chdir?.known ? String(chdir.value) : null;
  const mounted = lookup.mounted?.(directory === null ? DEFAULT_FILE : `${directory}/${DEFAULT_FILE}`);
  if (mounted) return readLayer(mounted, outer, lookup);
  if (mounted === null) return hiddenFile(`${DEFAULT_FILE} is mounted and was not given`, at);
  const fits = lookup.given.filter((source) => (source.alias ?? source.file).endsWith(DEFAULT_FILE));
  const beside = joinPath(directoryOf(file), DEFAULT_FILE);
  const source =
    fits.find((conf) => conf.file === beside) ??
    (directory === null ? null : lookup.find(`${directory}/${DEFAULT_FILE}`, file, fits)) ??
    (fits.length === 1 ? fits[0]! : null) ??
    lookup.load(beside) ??
    (fits.length === 0 ? lookup.find(DEFAULT_FILE, file) : null);
  return source ? readLayer(source, outer, lookup) : NOTHING_READ;
}

export const readLayer = (source: Source, outer: Surroundings, lookup: Lookup): FileReading =>
  readOrHidden(source, lookup, () => layerOf(source, outer));

function layerOf(source: Source, outer: Surroundings): FileReading {
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
