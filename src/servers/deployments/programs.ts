import { baseName } from '../../files/text-file.js';
import { SERVERS } from '../index.js';
import type { Server } from '../server.js';

/** An application server as a command line starts it. */
export interface Program {
  /** `gunicorn`, `uvicorn`, `supervisord`. */
  readonly name: string;
  /** `Gunicorn`; null for a manager of processes. */
  readonly title: string | null;
  /** The server, where its settings can be read. */
  readonly server: Server | null;
  /** Words of the command before what it is given. */
  readonly upTo: number;
}

/** Application servers whose settings are not read, by the name of their program or module, as people know them. */
const OTHERS: Readonly<Record<string, string>> = {
  cheroot: 'Cheroot',
  bjoern: 'Bjoern',
  meinheld: 'Meinheld',
  sanic: 'Sanic',
  litestar: 'Uvicorn',
  pserve: 'pserve',
  chaussette: 'Chaussette',
  unitd: 'NGINX Unit',
  apache2ctl: 'Apache',
  apachectl: 'Apache',
  'apache2-foreground': 'Apache',
  'httpd-foreground': 'Apache',
};

/** Programs that start others from a file of their own. */
const MANAGERS: ReadonlySet<string> = new Set(
  'supervisord circusd honcho foreman forego overmind hivemind goreman s6-svscan runsvdir multirun pm2 pm2-runtime'.split(
    ' ',
  ),
);

/** Programs whose arguments may name a server without starting it. */
const MENTIONS = new Set(
  'pip pip3 apt apt-get apk yum dnf conda echo printf pgrep pkill killall which type cat grep tail head test [ [[ systemctl service supervisorctl pidof rm chown chmod chgrp mkdir touch ls cd export set source . : alias sed awk curl wget nc cp mv ln useradd adduser addgroup groupadd kubectl docker wait-for nslookup ps kill git npm pytest mypy ruff black'.split(
    ' ',
  ),
);

/** Programs that take a user's name, which may be that of a server, before the command. */
const USER_BEFORE = new Set(['gosu', 'su-exec', 'su', 's6-setuidgid', 'setuidgid', 'runuser', 'chroot']);

/** Whether a command only speaks of programs. */
export const onlyMentions = (words: readonly string[]): boolean => {
  const [first = '', second] = words.map(baseName);
  return (
    MENTIONS.has(first) ||
    (['uv', 'poetry', 'pipenv', 'pdm'].includes(first) &&
      ['add', 'install', 'sync', 'pip', 'lock'].includes(second ?? ''))
  );
};

/** The application server, or the manager that may start one, which a command runs; null where it is neither. */
export function programOf(words: readonly string[]): Program | null {
  for (const [i, word] of words.entries()) {
    const base = baseName(word).replace(/\.exe$/, '');
    const before = words[i - 1] ?? '';
    const isModule = before === '-m';
    if (before.startsWith('-') && before !== '--' && !isModule) continue;
    if (USER_BEFORE.has(baseName(before))) continue;
    if (i > 0 && MENTIONS.has(baseName(words[i - 1]!))) return null;
    const server = serverOf(base, word, isModule, words[i + 1]);
    if (server) {
      const upTo = i + (server.programs.subcommand === undefined ? 1 : 2);
      return { name: server.name, title: server.title, server, upTo };
    }
    const upTo = i + 1;
    // A module of a package of one's own, such as app.uvicorn, is none of theirs.
    if (Object.hasOwn(OTHERS, base) && (!isModule || word === base))
      return { name: base, title: OTHERS[base]!, server: null, upTo };
    if (MANAGERS.has(base) && words[upTo] !== 'run' && !startsScript(words.slice(upTo)))
      return { name: base, title: null, server: null, upTo };
    const development = developmentServer(base, words.slice(upTo));
    if (development) return { name: development, title: DEVELOPMENT, server: null, upTo };
  }
  return null;
}

/** `pm2 start app.js`: a program of Node and no file of others. */
const startsScript = (words: readonly string[]): boolean =>
  words.some((word) => /\.[cm]?[jt]s$/.test(word) && !/(^|\/)ecosystem|\.config\./.test(word));

function serverOf(base: string, word: string, isModule: boolean, next: string | undefined): Server | null {
  const fits = ({ programs: { name, modules, subcommand } }: Server) =>
    (isModule ? modules.includes(word) : name.test(base)) &&
    (subcommand === undefined || next === subcommand);
  return SERVERS.find(fits) ?? null;
}

/** Whether a line of a script begins with a server. */
export const namesServer = (script: string): boolean =>
  script.split('\n').some((line) => {
    const words = line.trim().split(/\s+/, 8);
    return programOf(words[0] === 'exec' ? words.slice(1) : words.slice(0, 1)) !== null;
  });

const DEVELOPMENT = "the framework's development server";

export const isDevelopment = ({ title }: Pick<Program, 'title'>): boolean => title === DEVELOPMENT;

/** `manage.py runserver`, `flask run`: servers that are not meant to be sized. */
function developmentServer(name: string, rest: readonly string[]): string | null {
  if (name === 'manage.py' && /^runserver(_plus)?$/.test(rest[0] ?? '')) return 'manage.py runserver';
  if (/^(django-admin|django-admin\.py)$/.test(name) && rest[0] === 'runserver')
    return 'django-admin runserver';
  return name === 'flask' && rest.includes('run') ? 'flask run' : null;
}

/** Whether a start only asks for help, a version or a check of its configuration. */
export const servesNothing = ({ server }: Program, args: readonly string[]): boolean =>
  args.some(
    (word) => server?.commandLine.idle.includes(word) || (IDLE.has(word) && (server || args.length === 1)),
  );

const IDLE = new Set(['--version', '-V', '--help', '-h', '--check-config', '--print-config']);
