import type { Surroundings } from '../../files/reading.js';
import { type CommandWord, literal } from '../../files/shell/command-text.js';
import type { Source } from '../../files/text-file.js';
import { LINE_LAYER, type Note } from '../deployments/deployment.js';
import type { Lookup, StartReading, StartText } from '../manual.js';
import { type ArgsReading, readCommandLine } from '../settings/command-line.js';
import { ignoredNote } from '../settings/ignored-names.js';
import { argsLayer, type SettingLayer } from '../settings/layers.js';
import { prefixedLayers } from '../settings/read-line.js';
import { ALL_OPTIONS } from './all-options.js';
import { UWSGI_LINE } from './command-line.js';
import { Configuration, FILE_OPTIONS } from './configuration.js';
import { isUwsgiFile } from './entries.js';

const isFile = (text: string): boolean => /\.(ini|ya?ml|js(on)?|xml)(:[\w-]+)?$/.test(text);

/**
 * What a start of uWSGI sets, the last one winning: `UWSGI_*`, then the options in their order, a file where it is named
 * among them, and files that are named without an option after all (core/init.c: uwsgi_commandline_config).
 */
export function readStart({ words, outer, file, lookup }: StartText): StartReading {
  const conf = new Configuration(outer, lookup);
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
  return { ...common(conf), layers, app, notes: [...notesOf(conf), ...notes] };
}

/** `module = shop.wsgi:application` of a file. */
const applicationIn = (layers: readonly SettingLayer[]): StartReading['app'] =>
  (layers.findLast(({ settings }) => settings.has('module'))?.settings.get('module') ??
    null) as StartReading['app'];

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

const common = (conf: Configuration) => ({
  unknownFlags: [],
  ignoredNames: conf.ignoredNames(),
  others: conf.others,
  configFile: conf.firstFile,
  assumes: [],
});

const notesOf = (conf: Configuration): readonly Note[] => [
  ...conf.notes,
  ...ignoredNote('uWSGI', conf.ignoredNames()),
];

export function readAlone(source: Source, outer: Surroundings, lookup: Lookup): readonly StartReading[] {
  if (!isUwsgiFile(source)) return [];
  const conf = new Configuration(outer, lookup);
  conf.read(source);
  const layers = conf.layer();
  return [
    { ...common(conf), layers, app: applicationIn(layers), notes: notesOf(conf), configFile: source.file },
  ];
}
