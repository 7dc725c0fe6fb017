import { keyValues } from '../../files/key-values.js';
import { known, type Reading, type Scalar, type Surroundings, unknown } from '../../files/reading.js';
import { baseName, type Source, type Span } from '../../files/text-file.js';
import { SourceError } from '../../host/errors.js';
import { lookUp } from '../../text/lookup.js';
import { FILE_LAYER, LINE_LAYER } from '../deployments/deployment.js';
import type { Lookup, StartReading, StartText } from '../manual.js';
import { readCommandLine } from '../settings/command-line.js';
import { ignoredNote } from '../settings/ignored-names.js';
import { argsLayer } from '../settings/layers.js';
import { readPythonConf } from '../settings/python-conf.js';
import { HYPERCORN_LINE } from './command-line.js';
import { NAMES } from './configured-names.js';

/** What a start of Hypercorn sets: the file of `--config` under the command line. It reads no variables. */
export function readStart({ words, outer, file, lookup }: StartText): StartReading {
  const args = readCommandLine(HYPERCORN_LINE, words, outer);
  const conf = configured(args.settings.get('config'), file, outer, lookup);
  return {
    layers: [...conf.layers, argsLayer(LINE_LAYER, args)],
    app: args.app,
    unknownFlags: args.unknownFlags,
    ignoredNames: conf.ignoredNames,
    configFile: conf.configFile,
    notes: [...conf.notes, ...args.opaque.map(({ why, at }) => ({ at, message: why }))],
    assumes: [],
  };
}

type Configured = Pick<StartReading, 'layers' | 'configFile' | 'notes' | 'ignoredNames'>;

const NONE: Configured = { layers: [], configFile: null, notes: [], ignoredNames: [] };

/** `FILE` is TOML, `file:PATH` and `python:MODULE` are Python (src/hypercorn/__main__.py: _load_config). */
function configured(
  named: Reading<Scalar> | undefined,
  file: string,
  outer: Surroundings,
  lookup: Lookup,
): Configured {
  if (!named) return NONE;
  if (!named.known) return hidden(`the configuration file is not known: ${named.why}`, named.at);
  const [, kind, path = ''] = /^(python:|file:)?(.*)$/s.exec(String(named.value)) ?? [];
  const wanted = kind === 'python:' ? `${path.replaceAll('.', '/')}.py` : path;
  const source = lookup.find(wanted, file);
  if (!source) return hidden(`${wanted} was not given, so what it sets is not known`, named.at);
  return kind === undefined ? ofToml(source, lookup) : ofPython(source, outer, lookup);
}

const hidden = (why: string, at: Span): Configured => ({
  ...NONE,
  layers: [{ layer: FILE_LAYER, settings: new Map(), mayAlsoSet: { why, at } }],
  notes: [{ at, message: why }],
});

const settingNamed = (key: string): string | undefined => {
  const name = lookUp(NAMES, key) ?? key;
  return Object.hasOwn(HYPERCORN_LINE.settings, name) ? name : undefined;
};

/** What stands in a table is ignored, as a name that is none (src/hypercorn/config.py: from_mapping). */
function ofToml(source: Source, lookup: Lookup): Configured {
  lookup.used(source);
  const settings = new Map<string, Reading<Scalar>>();
  const ignored: { name: string; at: Span }[] = [];
  for (const { section, key, value, at } of keyValues(source)) {
    const name = section === '' ? settingNamed(key) : undefined;
    if (name !== undefined) settings.set(name, scalarOf(value, at));
    else if (section === '') ignored.push({ name: key, at });
    else if (!section.startsWith('logconfig_dict') && settingNamed(key) !== undefined)
      ignored.push({ name: `${section}.${key}`, at });
  }
  return conf(source, settings, ignored, null);
}

/** Module names are the settings; upper case and what is imported are not (src/hypercorn/config.py: from_object). */
function ofPython(source: Source, outer: Surroundings, lookup: Lookup): Configured {
  lookup.used(source);
  const isSetting = (name: string): name is string => settingNamed(name) !== undefined;
  try {
    const read = readPythonConf(source, outer, isSetting);
    const named = [...read.settings].map(([name, reading]) => [settingNamed(name)!, reading] as const);
    const mayAlsoSet = read.mayAlsoSet === null ? null : { why: read.mayAlsoSet, at: source.at(0) };
    return { ...conf(source, new Map(named), [], mayAlsoSet) };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    lookup.failed(source.file, error.message);
    return hidden(`${source.file} could not be read`, source.at(0));
  }
}

const conf = (
  source: Source,
  settings: ReadonlyMap<string, Reading<Scalar>>,
  ignoredNames: StartReading['ignoredNames'],
  mayAlsoSet: { readonly why: string; readonly at: Span } | null,
): Configured => ({
  layers: [{ layer: FILE_LAYER, settings, mayAlsoSet }],
  configFile: source.file,
  notes: ignoredNote('Hypercorn', ignoredNames),
  ignoredNames,
});

function scalarOf(value: string, at: Span): Reading<Scalar> {
  const quoted = /^(["'])(.*)\1$/.exec(value)?.[2];
  if (quoted !== undefined) return known<Scalar>(quoted, at);
  if (/^[\d_]+$/.test(value)) return known<Scalar>(Number(value.replaceAll('_', '')), at);
  if (/^(true|false)$/.test(value)) return known<Scalar>(value === 'true', at);
  return unknown(`${value.slice(0, 40)} is not read`, at);
}

const isToml = ({ file, alias }: Source): boolean => /^hypercorn.*\.toml$/i.test(baseName(alias ?? file));
const isPython = ({ file, alias }: Source): boolean =>
  /^hypercorn[._-]?conf(ig)?\.py$/i.test(baseName(alias ?? file));

export const isHypercornFile = (source: Source): boolean => isToml(source) || isPython(source);

export function readAlone(source: Source, outer: Surroundings, lookup: Lookup): readonly StartReading[] {
  if (!isHypercornFile(source)) return [];
  const read = isToml(source) ? ofToml(source, lookup) : ofPython(source, outer, lookup);
  return [{ ...read, app: null, unknownFlags: [], assumes: [] }];
}
