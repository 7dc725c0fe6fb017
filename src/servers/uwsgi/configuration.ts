import { both, known, type Reading, type Scalar, type Surroundings, unknown } from '../../files/reading.js';
import { joinPath, type Source, type Span } from '../../files/text-file.js';
import { SourceError } from '../../host/errors.js';
import { type Deployment, FILE_LAYER, type Note } from '../deployments/deployment.js';
import type { Lookup, StartReading } from '../manual.js';
import { settingOfFlag } from '../settings/command-line.js';
import type { SettingLayer } from '../settings/layers.js';
import { OPTION_NAMES } from './all-options.js';
import { UWSGI_LINE } from './command-line.js';
import { ALWAYS, conditionOf, endsCondition, otherwise, type Taken } from './conditions.js';
import { type Entry, entriesOf, SECTION } from './entries.js';
import { filledIn } from './placeholders.js';

const MOST_INCLUDES = 50;

/** Options that name a further file of settings. */
export const FILE_OPTIONS: ReadonlySet<string> = new Set([
  'ini',
  'yaml',
  'yml',
  'json',
  'js',
  'xml',
  'xmlconfig',
  'config',
  'include',
  'inherit',
  'ini-paste',
]);

/** Options that set a name for placeholders: `set = name=value`. */
const SETS_NAME: ReadonlySet<string> = new Set(['set', 'set-placeholder', 'set-ph', 'declare-option']);

/** Follows configuration files and all that they include: an include that leads back is named and not followed. */
export class ConfigurationReader {
  readonly notes: Note[] = [];
  /** Known options that are not in the table of settings. */
  readonly others: Deployment['others'][number][] = [];
  firstFile: string | null = null;
  private settings = new Map<string, Reading<Scalar>>();
  private hidden: SettingLayer['mayAlsoSet'] = null;
  private readonly names = new Map<string, string>();
  private readonly unknownKeys = new Map<string, Span>();
  private readonly used = new Set<string>();
  private readonly open: string[] = [];
  private followed = 0;
  private readonly outer: Surroundings;
  private readonly lookup: Lookup;

  constructor(outer: Surroundings, lookup: Lookup) {
    this.outer = outer;
    this.lookup = lookup;
  }

  /** What has been set since this was asked last, as the layer of a configuration file. */
  layer(): readonly SettingLayer[] {
    const { settings, hidden } = this;
    this.settings = new Map();
    this.hidden = null;
    if (settings.size === 0 && hidden === null) return [];
    return [{ layer: FILE_LAYER, settings, mayAlsoSet: hidden }];
  }

  /** The file that an option names, `FILE:SECTION` or `:SECTION` of the same file; one that is not there may set anything. */
  follow(named: Reading<Scalar>, from: string, within: Source | null = null): void {
    if (!named.known) {
      this.hide(named.at, `the configuration file is not known: ${named.why}`);
      return;
    }
    const [, path = '', section = SECTION] = /^(.*?)(?::([\w-]+))?$/.exec(String(named.value)) ?? [];
    const source = path === '' ? within : this.find(path, from);
    if (source) this.read(source, section, named.at);
    else this.hide(named.at, `${path} was not given, so what it sets is not known`);
  }

  /** A path that leads up is one of the project, as of `%d../common.ini`. */
  private find(path: string, from: string): Source | null {
    const exact = path.includes('../') ? this.lookup.load(joinPath('', path)) : null;
    return exact ?? this.lookup.find(path, from);
  }

  read(source: Source, section: string = SECTION, from?: Span): void {
    const at = from ?? source.at(0);
    const place = `${source.file}:${section}`;
    if (this.open.includes(place)) {
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
    this.open.push(place);
    try {
      const entries = entriesOf(source, section);
      if (entries.length === 0 && section !== SECTION)
        this.notes.push({ at, message: `${source.file} has no section ${section}` });
      this.take(entries, source);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      this.lookup.failed(source.file, error.message);
      this.hide(at, `${source.file} could not be read`);
    }
    this.open.pop();
  }

  /** Names that uWSGI does not know and that no placeholder uses; it ignores them, unless it is strict. */
  ignoredNames(): StartReading['ignoredNames'] {
    return [...this.unknownKeys].flatMap(([name, at]) => (this.used.has(name) ? [] : [{ name, at }]));
  }

  private take(entries: readonly Entry[], source: Source): void {
    let taken = ALWAYS;
    for (const entry of entries) {
      const { key, value } = entry;
      if (endsCondition(key)) taken = ALWAYS;
      else if (key === 'else') taken = otherwise(taken);
      else {
        const condition = conditionOf(key, value, { names: this.names, outer: this.outer });
        if (condition) taken = condition;
        else if (taken.holds !== false) this.set(entry, taken, source);
      }
    }
  }

  private set({ key, value, at }: Entry, taken: Taken, source: Source): void {
    for (const [, words = ''] of value.matchAll(/%\(([^)]*)\)/g))
      for (const word of words.trim().split(/\s+/)) this.used.add(word);
    const names =
      taken.holds !== null && taken.value !== null
        ? new Map([...this.names, ['_', taken.value]])
        : this.names;
    const text = filledIn(value, { names, outer: this.outer, at, file: source.file });
    if (text.known) this.name(key, text.value);
    const setting = settingOfFlag(UWSGI_LINE, key.length === 1 ? `-${key}` : `--${key}`);
    if (FILE_OPTIONS.has(key)) this.follow(text, source.file, source);
    else if (setting !== undefined)
      this.settings.set(setting, conditioned(settingOf(setting, text), key, taken));
    else if (OPTION_NAMES.has(key))
      this.others.push({ name: key, value: text.known ? text.value : value, at });
    else this.unknownKeys.set(key, at);
  }

  private name(key: string, value: string): void {
    const cut = value.indexOf('=');
    if (SETS_NAME.has(key) && cut > 0)
      this.names.set(value.slice(0, cut).trim(), value.slice(cut + 1).trim());
    else this.names.set(key, value);
  }

  private hide(at: Span, why: string): void {
    this.hidden ??= { why, at };
    this.notes.push({ at, message: why });
  }
}

/** A value under a condition rests on what decided it, and is not known where that is not. */
function conditioned(value: Reading<Scalar>, key: string, taken: Taken): Reading<Scalar> {
  if (taken.holds === null) return unknown(`${key} is set under a condition: ${taken.why}`, value.at);
  return value.known ? known(value.value, value.at, both(value, taken.from)) : value;
}

/** A number is as far as the text is one; a switch is on unless it is set to a word for no. */
function settingOf(setting: string, text: Reading<string>): Reading<Scalar> {
  if (!text.known) return text;
  const { kind } = UWSGI_LINE.settings[setting]!;
  if (kind === 'switch') return known<Scalar>(!/^(false|0|no|off|never)$/i.test(text.value), text.at, text);
  if (kind !== 'count') return text;
  return known<Scalar>(/^\s*([-+]?\d+)/.exec(text.value)?.[1] ?? text.value, text.at, text);
}
