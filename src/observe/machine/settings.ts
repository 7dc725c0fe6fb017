import { scalarText } from '../../files/reading.js';
import { classNamed } from '../../servers/gunicorn/class-name.js';
import type { WorkerClass } from '../../servers/gunicorn/worker-class.js';
import { hasWorkerClasses, type Server } from '../../servers/server.js';
import { readCommandLine } from '../../servers/settings/command-line.js';
import type { ConfigurationSettings } from './configuration.js';
import { settingsByManual } from './settings-by-manual.js';
import { commandWords, NOTHING_AROUND, type Start, type StartSettings } from './start.js';
import type { Found, SettingSource } from './types.js';

/** Command line over `GUNICORN_CMD_ARGS` over the configuration file; Gunicorn's own default only where nothing unread can have set another value. */
export function startSettings(start: Start): StartSettings {
  if (!hasWorkerClasses(start.server.kinds)) return settingsByManual(start);
  const typed = typedSettings(start.server, start.arguments);
  const environment = typedSettings(start.server, start.environmentArguments);
  const configFile = finder(typed, environment)('config')?.value ?? start.configFileFound;
  const configuration = configFile === null ? null : start.readConfig(configFile);
  const configRead = configFile === null || configuration?.complete === true;
  const find = finder(typed, environment, configuration);
  const certain = start.argumentsVisible && configRead;
  const threads = numberOf(find('threads'), 1) ?? (certain ? { value: 1, from: 'default' as const } : null);
  return {
    application: typed.application ?? environment.application,
    workerClass: classOf(find, threads, certain),
    threads,
    preload: preloadOf(find, certain),
    settings: numbers(find),
    configFile,
    configRead,
  };
}

/** What words of a command line set, by the server's names of its settings. */
interface TypedSettings {
  readonly settings: ReadonlyMap<string, string>;
  readonly application: string | null;
}

function typedSettings({ commandLine }: Server, words: readonly string[]): TypedSettings {
  const { settings, app } = readCommandLine(commandLine, commandWords(words), NOTHING_AROUND);
  return {
    settings: new Map(
      [...settings].flatMap(([name, value]) =>
        value.known ? [[name, scalarText(value.value)] as const] : [],
      ),
    ),
    application: app?.known ? app.value : null,
  };
}

type Find = (name: string) => Found<string> | null;

function finder(
  typed: TypedSettings,
  environment: TypedSettings,
  configuration: ConfigurationSettings | null = null,
): Find {
  const within = (from: SettingSource, settings: ReadonlyMap<string, string> | undefined, name: string) => {
    const value = settings?.get(name);
    return value === undefined ? null : { value, from };
  };
  return (name) =>
    within('arguments', typed.settings, name) ??
    within('environment', environment.settings, name) ??
    within('configuration', configuration?.settings, name);
}

function preloadOf(find: Find, certain: boolean): Found<boolean> | null {
  const given = find('preload_app');
  if (given) return { value: given.value.toLowerCase() !== 'false', from: given.from };
  return certain ? { value: false, from: 'default' } : null;
}

function classOf(find: Find, threads: Found<number> | null, certain: boolean): Found<WorkerClass> | null {
  const given = find('worker_class');
  const named = given ? classNamed(given.value) : null;
  if (given && !named) return null;
  const from = given?.from ?? 'default';
  if (!named && !certain && (threads === null || threads.value === 1)) return null;
  // Gunicorn makes gthread of sync with more than one thread (gunicorn/config.py, worker_class_str).
  if ((named ?? 'sync') === 'sync' && threads && threads.value > 1)
    return { value: 'gthread', from: threads.from };
  return { value: named ?? 'sync', from };
}

/** Servers count these times in seconds, wcalc in ms. */
const NUMBERS = [
  ['workerConnections', 'worker_connections', 1, 1],
  ['backlog', 'backlog', 1, 1],
  ['timeout', 'timeout', 0, 1000],
  ['keepalive', 'keepalive', 0, 1000],
] as const;

function numbers(find: Find): Record<string, Found<number>> {
  const found: Record<string, Found<number>> = {};
  for (const [option, setting, least, factor] of NUMBERS) {
    const value = numberOf(find(setting), least);
    if (value) found[option] = { value: value.value * factor, from: value.from };
  }
  return found;
}

function numberOf(found: Found<string> | null, least: number): Found<number> | null {
  return found && /^\d{1,9}$/.test(found.value) && Number(found.value) >= least
    ? { value: Number(found.value), from: found.from }
    : null;
}
