import { keyValues } from '../../files/key-values.js';
import { known, type Reading, type Scalar, type Surroundings, unknown } from '../../files/reading.js';
import { baseName, type Source, type Span } from '../../files/text-file.js';
import { lookUp } from '../../text/lookup.js';
import { FILE_LAYER } from '../deployments/deployment.js';
import type { Lookup, StartReading, StartText } from '../manual.js';
import { ignoredNote } from '../settings/ignored-names.js';
import { readPythonConf } from '../settings/python-conf.js';
import { type FileReading, hiddenFile, NOTHING_READ, readLine, readOrHidden } from '../settings/read-line.js';
import { HYPERCORN_LINE } from './command-line.js';
import { NAMES } from './configured-names.js';

/** What a start of Hypercorn sets: the file of `--config` under the command line. It reads no variables. */
export function readStart(start: StartText): StartReading {
  const line = readLine(HYPERCORN_LINE, start);
  const { layers, notes, configFile, ignoredNames } = configured(
    line.layers[0]?.settings.get('config'),
    start,
  );
  return {
    ...line,
    layers: [...layers, ...line.layers],
    notes: [...notes, ...line.notes],
    configFile,
    ignoredNames,
  };
}

/** `FILE` is TOML, `file:PATH` and `python:MODULE` are Python (src/hypercorn/__main__.py: _load_config). */
function configured(named: Reading<Scalar> | undefined, { file, outer, lookup }: StartText): FileReading {
  if (!named) return NOTHING_READ;
  if (!named.known) return hiddenFile(`the configuration file is not known: ${named.why}`, named.at);
  const [, kind, path = ''] = /^(python:|file:)?(.*)$/s.exec(String(named.value)) ?? [];
  const wanted = kind === 'python:' ? `${path.replaceAll('.', '/')}.py` : path;
  const source = lookup.find(wanted, file);
  if (!source) return hiddenFile(`${wanted} was not given, so what it sets is not known`, named.at);
  return kind === undefined ? ofToml(source, lookup) : ofPython(source, outer, lookup);
}

const settingNamed = (key: string): string | undefined => {
  const name = lookUp(NAMES, key) ?? key;
  return Object.hasOwn(HYPERCORN_LINE.settings, name) ? name : undefined;
};

/** What stands in a table is ignored, as a name that is none (src/hypercorn/config.py: from_mapping). */
function ofToml(source: Source, lookup: Lookup): FileReading {
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
function ofPython(source: Source, outer: Surroundings, lookup: Lookup): FileReading {
  const isSetting = (name: string): name is string => settingNamed(name) !== undefined;
  return readOrHidden(source, lookup, () => {
    const read = readPythonConf(source, outer, isSetting);
    const named = [...read.settings].map(([name, reading]) => [settingNamed(name)!, reading] as const);
    const mayAlsoSet = read.mayAlsoSet === null ? null : { why: read.mayAlsoSet, at: source.at(0) };
    return conf(source, new Map(named), [], mayAlsoSet);
  });
}

const conf = (
  source: Source,
  settings: ReadonlyMap<string, Reading<Scalar>>,
  ignoredNames: StartReading['ignoredNames'],
  mayAlsoSet: { readonly why: string; readonly at: Span } | null,
): FileReading => ({
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
  return [{ ...NOTHING_READ, ...read }];
}
