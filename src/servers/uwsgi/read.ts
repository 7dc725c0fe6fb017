import { keyValues } from '../../files/key-values.js';
import { known, type Reading, type Scalar, type Surroundings, unknown } from '../../files/reading.js';
import { baseName, type Source, type Span } from '../../files/text-file.js';
import { readYaml } from '../../files/yaml-tree.js';
import { SourceError } from '../../host/errors.js';
import { FILE_LAYER, LINE_LAYER, type Note } from '../deployments/deployment.js';
import type { Lookup, StartReading, StartText } from '../manual.js';
import { readCommandLine, settingOfFlag } from '../settings/command-line.js';
import { argsLayer, type SettingLayer } from '../settings/layers.js';
import { prefixedLayers } from '../settings/read-line.js';
import { UWSGI_LINE } from './command-line.js';
import { filledIn } from './placeholders.js';

const MOST_INCLUDES = 50;

/** Options that name a further file of settings. */
const FILE_OPTIONS = ['ini', 'yaml', 'yml', 'include', 'inherit', 'json', 'xml'];

const isFile = (text: string): boolean => /\.(ini|ya?ml)(:[\w-]+)?$/.test(text);

/** What a start of uWSGI sets: its files, then `UWSGI_*`, then the command line; a bare file name is one of `--ini`. */
export function readStart({ words, outer, file, lookup }: StartText): StartReading {
  const args = readCommandLine(UWSGI_LINE, words, outer);
  const conf = new ConfigurationReader(outer, lookup);
  for (const name of FILE_OPTIONS) conf.follow(args.settings.get(name), file);
  if (args.app?.known && isFile(args.app.value)) conf.follow(args.app, file);
  return {
    layers: [
      ...conf.layers,
      ...prefixedLayers(UWSGI_LINE, outer.environment, 'UWSGI_'),
      argsLayer(LINE_LAYER, args),
    ],
    app: args.settings.get('module') as StartReading['app'],
    unknownFlags: [],
    ignoredNames: [],
    configFile: conf.firstFile,
    notes: [...conf.notes, ...args.opaque.map(({ why, at }) => ({ at, message: why }))],
    assumes: [],
  };
}

/** An INI or YAML file with a section `uwsgi`. */
export const isUwsgiFile = ({ file, alias, text }: Source): boolean =>
  (/\.ini$/.test(baseName(alias ?? file)) && /^\s*\[uwsgi\]/m.test(text)) ||
  (/\.ya?ml$/.test(baseName(alias ?? file)) && /^uwsgi\s*:/m.test(text));

export function readAlone(source: Source, outer: Surroundings, lookup: Lookup): StartReading | null {
  if (!isUwsgiFile(source)) return null;
  const conf = new ConfigurationReader(outer, lookup);
  conf.read(source);
  return {
    layers: conf.layers,
    app: null,
    unknownFlags: [],
    ignoredNames: [],
    configFile: source.file,
    notes: conf.notes,
    assumes: [],
  };
}

interface Entry {
  readonly key: string;
  readonly value: string;
  readonly at: Span;
}

/** Follows a file and all that it includes, each once: an include that leads back is named and not followed. */
class ConfigurationReader {
  readonly notes: Note[] = [];
  firstFile: string | null = null;
  private readonly settings = new Map<string, Reading<Scalar>>();
  private readonly names = new Map<string, string>();
  private readonly open: string[] = [];
  private followed = 0;
  private hidden: SettingLayer['mayAlsoSet'] = null;
  private readonly outer: Surroundings;
  private readonly lookup: Lookup;

  constructor(outer: Surroundings, lookup: Lookup) {
    this.outer = outer;
    this.lookup = lookup;
  }

  get layers(): readonly SettingLayer[] {
    if (this.settings.size === 0 && this.hidden === null) return [];
    return [{ layer: FILE_LAYER, settings: this.settings, mayAlsoSet: this.hidden }];
  }

  /** The file that an option names; one that is not there makes what it may set unknown. */
  follow(named: Reading<Scalar> | undefined, from: string): void {
    if (!named) return;
    if (!named.known) {
      this.hide(named.at, `the configuration file is not known: ${named.why}`);
      return;
    }
    const path = String(named.value).replace(/:[\w-]+$/, '');
    const source = this.lookup.find(path, from);
    if (source) this.read(source, named.at);
    else this.hide(named.at, `${path} was not given, so what it sets is not known`);
  }

  read(source: Source, from?: Span): void {
    const at = from ?? source.at(0);
    if (this.open.includes(source.file)) {
      this.notes.push({ at, message: `${source.file} includes itself, and is read once` });
      return;
    }
    this.followed += 1;
    if (this.followed > MOST_INCLUDES) {
      this.hide(at, `more than ${MOST_INCLUDES} files are included`);
      return;
    }
    this.firstFile ??= source.file;
    this.lookup.used(source);
    this.open.push(source.file);
    try {
      this.take(entriesOf(source), source);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      this.lookup.failed(source.file, error.message);
      this.hide(at, `${source.file} could not be read`);
    }
    this.open.pop();
  }

  private take(entries: readonly Entry[], source: Source): void {
    const conditions: (boolean | null)[] = [];
    for (const { key, value, at } of entries) {
      if (/^if(def)?-|^if$|^for/.test(key)) conditions.push(holds(key, value, this.outer));
      else if (/^end(if|for)?$/.test(key)) conditions.pop();
      if (conditions.includes(false)) continue;
      const text = filledIn(value, { names: this.names, outer: this.outer, at, file: source.file });
      if (text.known) this.names.set(key, text.value);
      const setting = settingOfFlag(UWSGI_LINE, key.length === 1 ? `-${key}` : `--${key}`);
      if (setting === undefined) continue;
      if (FILE_OPTIONS.includes(setting)) {
        this.follow(text, source.file);
        continue;
      }
      const read = UWSGI_LINE.settings[setting]!.kind === 'switch' ? asSwitch(text) : text;
      const isOpen = conditions.includes(null);
      this.settings.set(setting, isOpen ? unknown(`${key} is set under a condition`, at) : read);
    }
  }

  private hide(at: Span, why: string): void {
    this.hidden ??= { why, at };
    this.notes.push({ at, message: why });
  }
}

/** Whether `if-env = NAME`, `if-not-env = NAME` or the like holds; null where that is not known. */
function holds(key: string, value: string, { environment }: Surroundings): boolean | null {
  const wanted = /^if-(not-)?env$/.exec(key);
  if (!wanted || value.includes('=')) return null;
  const found = environment.get(value);
  if (found ? !found.known : environment.incomplete !== null) return null;
  return (found !== undefined) === (wanted[1] === undefined);
}

function entriesOf(source: Source): readonly Entry[] {
  if (!/\.ya?ml$/.test(source.alias ?? source.file))
    return keyValues(source, { bareKeys: true }).filter(({ section }) => section === 'uwsgi');
  return readYaml(source).flatMap((document) =>
    (document.get('uwsgi')?.entries() ?? []).flatMap(({ key, value }) =>
      (value.isList ? value.items() : [value]).map((item) => ({ key, value: item.text ?? '', at: item.at })),
    ),
  );
}

/** A switch is on unless it is set to a word for no. */
function asSwitch(text: Reading<string>): Reading<Scalar> {
  return text.known ? known<Scalar>(!/^(false|0|no|off)$/i.test(text.value), text.at, text) : text;
}
