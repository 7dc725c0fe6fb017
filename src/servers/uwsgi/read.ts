import { known, type Surroundings } from '../../files/reading.js';
import { type CommandWord, literal } from '../../files/shell/command-text.js';
import type { Source, Span } from '../../files/text-file.js';
import { LINE_LAYER, type Note } from '../deployments/deployment.js';
import type { Lookup, StartReading, StartText } from '../manual.js';
import { type ArgsReading, readCommandLine } from '../settings/command-line.js';
import { ignoredNote } from '../settings/ignored-names.js';
import { argsLayer, type SettingLayer } from '../settings/layers.js';
import { NOTHING_READ, prefixedLayers } from '../settings/read-line.js';
import { ALL_OPTIONS } from './all-options.js';
import { UWSGI_LINE } from './command-line.js';
import { ConfigurationReader, FILE_OPTIONS } from './configuration.js';
import { isUwsgiFile } from './entries.js';

const isFile = (text: string): boolean => /\.(ini|ya?ml|js(on)?|xml)(:[\w-]+)?$/.test(text);

/**
 * What a start of uWSGI sets, the last one winning: `UWSGI_*`, then the options in their order, a file where it is named
 * among them, and files that are named without an option after all (core/init.c: uwsgi_commandline_config).
 */
export function readStart({ at, words, outer, file, lookup }: StartText): StartReading {
  const conf = new ConfigurationReader(outer, lookup);
  const layers: SettingLayer[] = [...prefixedLayers(UWSGI_LINE, outer.environment, 'UWSGI_')];
  const notes: Note[] = [];
  const bare: NonNullable<ArgsReading['app']>[] = [];
  let app: StartReading['app'] = null;
  for (const run of runsOf(words)) {
    const args = readCommandLine(ALL_OPTIONS, run, outer);
    const [named] = [...args.settings].filter(([name]) => FILE_OPTIONS.has(name.replaceAll('_', '-')));
    if (named) {
      conf.follow(named[1], file);
      layers.push(...conf.layer());
      continue;
    }
    layers.push(argsLayer(LINE_LAYER, args));
    notes.push(...args.opaque.map(({ why, at }) => ({ at, message: why })));
    app = (args.settings.get('module') as StartReading['app']) ?? app;
    if (args.app?.known && isFile(args.app.value)) bare.push(args.app);
  }
  for (const one of bare) {
    conf.follow(one, file);
    layers.push(...conf.layer());
  }
  app ??= applicationIn(layers);
  const hidden = conf.firstFile === null && bare.length === 0 ? withoutApplication(words, outer, at) : null;
  if (hidden) layers.unshift({ layer: 'UWSGI_*', settings: new Map(), mayAlsoSet: hidden });
  return { ...common(conf), layers, app, notes: [...notesOf(conf), ...notes] };
}

/** Options that name what uWSGI serves, or where it reads that. */
const SERVES =
  /^-{0,2}(module|w|wsgi|wsgi-file|file|mount|paste|ini-paste(-logged)?|emperor|pyrun|plugins?|http-to|need-app|manage-script-name|virtualenv-auto|config|include|inherit|stdin|vassal[\w-]*)(=|$)/;

/** Where nothing says what is served, variables that were not given do, and may size it too. */
function withoutApplication(
  words: readonly CommandWord[],
  { environment }: Surroundings,
  at: Span,
): SettingLayer['mayAlsoSet'] {
  const served = ['MODULE', 'WSGI_FILE', 'WSGI', 'FILE', 'MOUNT', 'INI', 'EMPEROR'];
  const isServed =
    words.some((word) => SERVES.test(literal(word) ?? '--config')) ||
    served.some((name) => environment.get(`UWSGI_${name}`) !== undefined);
  if (isServed) return null;
  const why = 'uWSGI is given no application here, so variables UWSGI_* that were not given set it up';
  return { why, at };
}

/** `module = shop.wsgi:application` of a file, or `callable` of it, which is `application` where nothing says it (plugins/python). */
function applicationIn(layers: readonly SettingLayer[]): StartReading['app'] {
  const set = (name: string) =>
    (layers.findLast(({ settings }) => settings.has(name))?.settings.get(name) ??
      null) as StartReading['app'];
  const module = set('module');
  if (!module?.known || module.value.includes(':')) return module;
  const callable = set('callable');
  if (callable && !callable.known) return callable;
  return known(`${module.value}:${callable?.value ?? 'application'}`, module.at, module);
}

/** Words of the command line, an option that names a file apart from those before and after it. */
function runsOf(words: readonly CommandWord[]): readonly (readonly CommandWord[])[] {
  const runs: CommandWord[][] = [[]];
  for (let i = 0; i < words.length; i += 1) {
    const [, option = '', joined] = /^--?([\w-]+?)(=.*)?$/.exec(literal(words[i]!) ?? '') ?? [];
    if (!FILE_OPTIONS.has(LETTERS[option] ?? option)) runs.at(-1)!.push(words[i]!);
    else {
      const length = joined === undefined ? 2 : 1;
      runs.push(words.slice(i, i + length), []);
      i += length - 1;
    }
  }
  return runs;
}

/** Short forms of options that name a file. */
const LETTERS: Readonly<Record<string, string>> = { y: 'yaml', j: 'json', x: 'xml' };

const common = (conf: ConfigurationReader) => ({
  ...NOTHING_READ,
  ignoredNames: conf.ignoredNames(),
  others: conf.others,
  configFile: conf.firstFile,
});

const notesOf = (conf: ConfigurationReader): readonly Note[] => [
  ...conf.notes,
  ...ignoredNote('uWSGI', conf.ignoredNames()),
];

export function readAlone(source: Source, outer: Surroundings, lookup: Lookup): readonly StartReading[] {
  if (!isUwsgiFile(source)) return [];
  const conf = new ConfigurationReader(outer, lookup);
  conf.read(source);
  const layers = conf.layer();
  return [
    {
      ...common(conf),
      layers,
      app: applicationIn(layers),
      notes: notesOf(conf),
      configFile: source.file,
    },
  ];
}
