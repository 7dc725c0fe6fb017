import { type IniEntry, readIni } from '../ini.js';
import { known, type Reading, unknown } from '../reading.js';
import type { CommandText } from '../shell/command-text.js';
import type { Source } from '../text-file.js';
import { EMPTY_SERVICE, type ServiceReading, type Variable } from './service.js';

/** The programs of a supervisord configuration; each is started without a shell. */
export function readSupervisor(source: Source): readonly ServiceReading[] {
  const entries = readIni(source, { continued: true });
  const sections = new Set(
    entries.filter(({ section }) => /^(program|fcgi-program):/.test(section)).map(({ section }) => section),
  );
  return [...sections].flatMap((section) => {
    const own = entries.filter((entry) => entry.section === section);
    const last = (key: string) => own.findLast((entry) => entry.key === key);
    const command = last('command');
    if (!command) return [];
    const stop = last('stopwaitsecs');
    const copies = last('numprocs');
    const environment = [
      entries.findLast((entry) => entry.section === 'supervisord' && entry.key === 'environment'),
      last('environment'),
    ];
    return [
      {
        ...EMPTY_SERVICE,
        name: section.slice(section.indexOf(':') + 1),
        platform: 'supervisor' as const,
        file: source.file,
        at: command.at,
        command: commandOf(command, source),
        environment: environment.flatMap((entry) => (entry ? variablesOf(entry) : [])),
        copies: { ...EMPTY_SERVICE.copies, replicas: copies ? wholeOf(copies) : null },
        stopGraceSeconds: stop ? wholeOf(stop) : null,
      },
    ];
  });
}

function wholeOf({ value, at, key }: IniEntry): Reading<number> {
  return /^\d{1,6}$/.test(value)
    ? known(Number(value), at)
    : unknown(`${key} = ${value.slice(0, 40)} is not read`, at);
}

/** `%(ENV_X)s` is the variable X of supervisord itself. */
function commandOf({ value, from, to }: IniEntry, source: Source): CommandText {
  const text = value
    .replaceAll('%%', '%')
    .replace(/%\(ENV_(\w+)\)[sd]/g, (_whole, name: string) => `\${${name}}`)
    .replace(/%\(process_num\)\d*[sd]/g, '0');
  return { kind: 'line', text, isShell: false, variables: 'shell', place: { source, from, to } };
}

/** `A="1",B=2`. */
function variablesOf({ value, at }: IniEntry): readonly Variable[] {
  return [...value.matchAll(/([A-Za-z_]\w*)\s*=\s*("([^"]*)"|'([^']*)'|[^,\s"']*)/g)].map(
    ([, name = '', raw = '', double, single]): Variable => {
      const text = double ?? single ?? raw;
      return {
        name,
        value: text.includes('%(') ? unknown('its %(…)s are not filled in', at, name) : known(text, at),
      };
    },
  );
}
