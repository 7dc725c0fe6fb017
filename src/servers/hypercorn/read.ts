import { keyValues } from '../../files/key-values.js';
import { known, type Reading, type Scalar, unknown } from '../../files/reading.js';
import { baseName, type Source } from '../../files/text-file.js';
import { lookUp } from '../../text/lookup.js';
import { FILE_LAYER, LINE_LAYER } from '../deployments/deployment.js';
import type { Lookup, StartReading, StartText } from '../manual.js';
import { readCommandLine } from '../settings/command-line.js';
import { argsLayer, type SettingLayer } from '../settings/layers.js';
import { HYPERCORN_LINE } from './command-line.js';

/** What a start of Hypercorn sets: the file of `--config` under the command line. It reads no variables. */
export function readStart({ words, outer, file, lookup }: StartText): StartReading {
  const args = readCommandLine(HYPERCORN_LINE, words, outer);
  const conf = configured(args.settings.get('config'), file, lookup);
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

function configured(named: Reading<Scalar> | undefined, file: string, lookup: Lookup): Configured {
  if (!named) return NONE;
  const path = named.known ? String(named.value) : null;
  const source = path === null || /^(python|file):/.test(path) ? null : lookup.find(path, file);
  if (source) {
    lookup.used(source);
    return ofToml(source);
  }
  const why =
    path === null || !named.known
      ? 'the configuration file is not known'
      : `${path} ${/^(python|file):/.test(path) ? 'is Python, which is not read' : 'was not given'}, so what it sets is not known`;
  const layer: SettingLayer = {
    layer: FILE_LAYER,
    settings: new Map(),
    mayAlsoSet: { why, at: named.at },
  };
  return { ...NONE, layers: [layer], notes: [{ at: named.at, message: why }] };
}

/** Names of the configuration whose option is another (src/hypercorn/config.py). */
const NAMES: Readonly<Record<string, string>> = {
  keep_alive_timeout: 'keep_alive',
  accesslog: 'access_logfile',
  errorlog: 'error_logfile',
  loglevel: 'log_level',
  logconfig: 'log_config',
  pid_path: 'pid',
  use_reloader: 'reload',
  access_log_format: 'access_logformat',
};

function ofToml(source: Source): Configured {
  const settings = new Map<string, Reading<Scalar>>();
  const ignoredNames: { name: string; at: ReturnType<Source['at']> }[] = [];
  for (const { section, key, value, at } of keyValues(source)) {
    const name = lookUp(NAMES, key) ?? key;
    if (section !== '') continue;
    if (Object.hasOwn(HYPERCORN_LINE.settings, name)) settings.set(name, scalarOf(value, at));
    else ignoredNames.push({ name: key, at });
  }
  return {
    layers: [{ layer: FILE_LAYER, settings, mayAlsoSet: null }],
    configFile: source.file,
    notes: [],
    ignoredNames,
  };
}

function scalarOf(value: string, at: ReturnType<Source['at']>): Reading<Scalar> {
  const quoted = /^(["'])(.*)\1$/.exec(value)?.[2];
  if (quoted !== undefined) return known<Scalar>(quoted, at);
  if (/^[\d_]+$/.test(value)) return known<Scalar>(Number(value.replaceAll('_', '')), at);
  if (/^(true|false)$/.test(value)) return known<Scalar>(value === 'true', at);
  return unknown(`${value.slice(0, 40)} is not read`, at);
}

export const isHypercornFile = ({ file, alias }: Source): boolean =>
  /^hypercorn.*\.toml$/i.test(baseName(alias ?? file));

export function readAlone(source: Source, _outer: unknown, lookup: Lookup): StartReading | null {
  if (!isHypercornFile(source)) return null;
  lookup.used(source);
  return { ...ofToml(source), app: null, unknownFlags: [], assumes: [] };
}
