import { type IniEntry, readIni } from '../ini.js';
import { composeMemoryMiB } from '../quantities.js';
import { known, type Reading, unknown } from '../reading.js';
import { plainWord } from '../shell/command-text.js';
import type { Source } from '../text-file.js';
import { EMPTY_SERVICE, type ServiceReading, type Traffic, type Variable } from './service.js';

/** Seconds that Fly waits between asking a machine to stop and killing it, where nothing is set. */
const KILL_SECONDS = 5;

/** The processes of a `fly.toml` of either generation; without `[processes]` the image's own command is the one. */
export function readFly(source: Source): readonly ServiceReading[] {
  const entries = readIni(source, { comments: '#' });
  const of = (section: string, key: string) =>
    entries.findLast((entry) => entry.section === section && entry.key === key);
  const processes = entries.filter(({ section }) => section === 'processes');
  const variables: Variable[] = entries
    .filter(({ section }) => section === 'env')
    .map(({ key, value, at }) => ({ name: key, value: known(value, at) }));
  // Fly stops with SIGINT, on which a server lets no request finish, unless the file says otherwise.
  const isGraceful = of('', 'kill_signal')?.value === 'SIGTERM';
  const kill = of('', 'kill_timeout');
  const seconds = kill ? secondsOf(kill) : known(KILL_SECONDS, source.at(0));
  const service = {
    ...EMPTY_SERVICE,
    platform: 'fly' as const,
    file: source.file,
    environment: variables,
    traffic: { ...EMPTY_SERVICE.traffic, concurrency: concurrencyOf(entries) },
    stopGraceSeconds: isGraceful ? seconds : null,
    build: {
      directory: '',
      dockerfile: of('build', 'dockerfile')?.value ?? null,
      target: of('build', 'build-target')?.value ?? null,
    },
    image: of('build', 'image')?.value ?? null,
  };
  const cmd = of('experimental', 'cmd');
  if (processes.length === 0)
    return [
      {
        ...service,
        name: of('', 'app')?.value ?? 'fly.toml',
        at: cmd?.at ?? source.at(0),
        command: cmd ? lineOf(cmd, source) : null,
        resources: resourcesOf(entries, null),
      },
    ];
  return processes.map((entry) => ({
    ...service,
    name: entry.key,
    at: entry.at,
    command: entry.value === '' ? null : lineOf(entry, source),
    resources: resourcesOf(entries, entry.key),
  }));
}

/** A command as a line, or as a list of words. */
function lineOf({ value, from, to }: IniEntry, source: Source): ServiceReading['command'] {
  const place = { source, from, to };
  if (!value.startsWith('[')) return { kind: 'line', text: value, isShell: false, variables: 'none', place };
  const words = [...value.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'/g)];
  return {
    kind: 'words',
    words: words.map(([, basic, literal]) =>
      plainWord(basic?.replace(/\\(["\\])/g, '$1') ?? literal ?? '', place),
    ),
  };
}

/** The machine of a process: the `[[vm]]` that names it, else the one that names none. */
function resourcesOf(entries: readonly IniEntry[], process: string | null): ServiceReading['resources'] {
  const own = entries.filter(({ section }) => section === 'vm');
  const tables = new Set(own.map(({ sectionIndex }) => sectionIndex));
  const all = [...tables].map((table) => own.filter(({ sectionIndex }) => sectionIndex === table));
  const names = (table: readonly IniEntry[]) => table.find(({ key }) => key === 'processes')?.value;
  const vm =
    all.find((table) => process !== null && names(table)?.includes(process)) ??
    all.find((table) => names(table) === undefined);
  const value = (...keys: readonly string[]) => vm?.findLast(({ key }) => keys.includes(key));
  const size = sizeOf(value('size'));
  const memory = value('memory', 'memory_mb');
  const cpus = value('cpus');
  return {
    ...EMPTY_SERVICE.resources,
    cpuLimit: cpus ? numberOf(cpus, (text) => (/^\d{1,3}$/.test(text) ? Number(text) : null)) : size.cores,
    memoryLimitMiB: memory
      ? numberOf(memory, (text) =>
          composeMemoryMiB(/^\d+$/.test(text) ? `${text}mb` : text.replace(/\s/g, '')),
        )
      : size.memoryMiB,
  };
}

/** `shared-cpu-2x`, `performance-4x`: 256 MB a shared CPU, 2 GB a performance one (Fly, machine sizing). */
function sizeOf(entry: IniEntry | undefined): {
  readonly cores: Reading<number> | null;
  readonly memoryMiB: Reading<number> | null;
} {
  const match = /^(shared-cpu|performance)-(\d{1,2})x$/.exec(entry?.value ?? '');
  if (!entry || !match) return { cores: null, memoryMiB: null };
  const cores = Number(match[2]);
  return {
    cores: known(cores, entry.at),
    memoryMiB: known(cores * (match[1] === 'performance' ? 2048 : 256), entry.at),
  };
}

function numberOf({ key, value, at }: IniEntry, parse: (text: string) => number | null): Reading<number> {
  const number = parse(value);
  return number === null ? unknown(`${key} = ${value.slice(0, 40)} is not read`, at) : known(number, at);
}

const secondsOf = (entry: IniEntry): Reading<number> =>
  numberOf(entry, (text) => {
    const match = /^(\d{1,6})(s|m)?$/.exec(text);
    return match ? Number(match[1]) * (match[2] === 'm' ? 60 : 1) : null;
  });

/** The limit of requests at once, where requests and not connections are counted. */
function concurrencyOf(entries: readonly IniEntry[]): Traffic['concurrency'] {
  const own = entries.filter(({ section }) => /concurrency$/.test(section));
  const type = own.findLast(({ key }) => key === 'type')?.value;
  const limit = own.findLast(({ key }) => key === 'hard_limit');
  if (!limit || type !== 'requests') return null;
  return {
    name: 'hard_limit',
    limit: numberOf(limit, (text) => (/^\d{1,6}$/.test(text) ? Number(text) : null)),
  };
}
