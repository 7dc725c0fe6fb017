import { baseName } from '../../files/text-file.js';

/** Application servers by the name of their program, with the name that people know. */
const SERVERS: Readonly<Record<string, string>> = {
  uvicorn: 'Uvicorn',
  hypercorn: 'Hypercorn',
  daphne: 'Daphne',
  granian: 'Granian',
  uwsgi: 'uWSGI',
  pyuwsgi: 'uWSGI',
  waitress: 'Waitress',
  'waitress-serve': 'Waitress',
  'mod_wsgi-express': 'mod_wsgi',
  fastapi: 'Uvicorn',
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
const MANAGERS: ReadonlySet<string> = new Set([
  'supervisord',
  'circusd',
  'honcho',
  'foreman',
  'forego',
  'overmind',
  'hivemind',
  's6-svscan',
  'runsvdir',
  'multirun',
  'pm2',
  'pm2-runtime',
]);

/** Programs whose arguments name packages. */
const INSTALLERS = new Set('pip pip3 apt apt-get apk yum dnf conda echo printf uv poetry pipenv'.split(' '));

export interface Program {
  /** `uvicorn`, `supervisord`. */
  readonly name: string;
  /** `Uvicorn`; null for a manager of processes. */
  readonly title: string | null;
}

/** The application server, or the manager that may start one, which a command runs; null where it is neither. */
export function programOf(words: readonly string[]): Program | null {
  for (const [i, word] of words.entries()) {
    const name = baseName(word).replace(/\.exe$/, '');
    const before = words[i - 1] ?? '';
    if (before.startsWith('-') && before !== '--' && before !== '-m') continue;
    if (before === 'install' || (i > 0 && before === 'add' && INSTALLERS.has(words[0]!))) return null;
    if (Object.hasOwn(SERVERS, name)) return { name, title: SERVERS[name]! };
    if (MANAGERS.has(name)) return { name, title: null };
    const development = developmentServer(name, words.slice(i + 1));
    if (development) return { name: development, title: "the framework's development server" };
  }
  return null;
}

/** `manage.py runserver`, `flask run`: servers that are not meant to be sized. */
function developmentServer(name: string, rest: readonly string[]): string | null {
  if (name === 'manage.py' && /^runserver(_plus)?$/.test(rest[0] ?? '')) return 'manage.py runserver';
  return name === 'flask' && rest.includes('run') ? 'flask run' : null;
}

/** The script among the words of a command that a project would hold: `./start.sh`, `/entrypoint`. */
export function scriptIn(words: readonly string[]): string | null {
  const shell = words.findIndex(
    (word) => !/^(exec|env|tini|dumb-init|--|(ba|da|a|z|k)?sh|-[a-z]*)$/.test(baseName(word)),
  );
  const word = shell < 0 ? undefined : words[shell];
  if (word === undefined) return null;
  if (/\.(sh|bash)$/.test(word)) return word;
  const isOwn =
    /^(\.{1,2}\/|\/(?!(usr|bin|sbin|opt\/venv|venv|s?bin)\/))/.test(word) && !/\/(s?bin|venv)\//.test(word);
  return isOwn && !baseName(word).includes('.') ? word : null;
}
