import { describe, expect, it } from 'vitest';
import { environmentOf } from '../../../src/files/environment.js';
import { known, type Scalar } from '../../../src/files/reading.js';
import { sourceOf } from '../../../src/files/text-file.js';
import { readGunicornConf } from '../../../src/servers/gunicorn/conf.js';

const AT = { file: 'env', line: 1, column: 1, endColumn: 2 };

/** What `workers` is after these lines, or why it is not known; null where nothing sets it. */
function workers(text: string, env: Record<string, string> = {}, incomplete: string | null = null) {
  const variables = Object.entries(env).map(([name, value]) => ({ name, value: known(value, AT) }));
  const environment = environmentOf(variables, incomplete);
  const { settings, mayAlsoSet } = readGunicornConf(sourceOf('g.py', text), { environment, cpuCount: null });
  const reading = settings.get('workers');
  if (!reading) return mayAlsoSet === null ? null : `not known: ${mayAlsoSet}`;
  return reading.known ? reading.value : `not known: ${reading.why}`;
}

describe('loops over the environment', () => {
  const loops = [
    'for k, v in os.environ.items():\n    if k.startswith("GUNICORN_"):\n        key = k.split("_", 1)[1].lower()\n        locals()[key] = v\n',
    'PREFIX = "GUNICORN_"\nfor key, value in os.environ.items():\n    if not key.startswith(PREFIX):\n        continue\n    globals()[key[len(PREFIX):].lower()] = value\n',
    'for k in os.environ:\n    if k.startswith("GUNICORN_"):\n        vars()[k[9:].lower()] = os.environ[k]\n',
    'for k, v in dict_of.items():\n    if k.startswith("GUNICORN_"):\n        globals()[k.removeprefix("GUNICORN_").lower()] = int(v)\n'.replace(
      'dict_of',
      'os.environ.copy()',
    ),
  ].map((text) => `import os\n\nworkers = 2\n${text}`);

  it.each(loops)('set what the variables say: %#', (text) => {
    const value = workers(text, { GUNICORN_WORKERS: '12', GUNICORN_THREADS: '3' });
    expect(Number(value)).toBe(12);
    expect(workers(text, { PORT: '80' })).toBe(2);
  });

  it.each(loops)('are not known where further variables may be set: %#', (text) => {
    expect(workers(text, { GUNICORN_WORKERS: '12' }, 'envFrom app')).toMatch(/^not known: /);
  });

  it('go over lists that are written out, up to where they break', () => {
    expect(workers('for n in (1, 2, 3):\n    if n == 3:\n        break\n    workers = n\n')).toBe(2);
  });
});

describe('libraries that read the environment', () => {
  it.each<[string, Scalar, Scalar]>([
    ['from decouple import config\nworkers = config("X", default=3, cast=int)', 3, 7],
    ['import decouple\nworkers = decouple.config("X", 3, int)', 3, 7],
    ['import environ\nenv = environ.Env()\nworkers = env.int("X", default=3)', 3, 7],
    ['from environ import Env\nenv = Env()\nworkers = env.int("X", 3)', 3, 7],
    ['import environ\nenv = environ.Env(X=(int, 3))\nworkers = env("X")', 3, 7],
    ['import environ\nenv = environ.Env()\nworkers = env("X", int, 3)', 3, 7],
    ['import environ\nenv = environ.Env()\nworkers = int(env("X", default="3"))', 3, 7],
    ['from environs import Env\nenv = Env()\nworkers = env.int("X", 3)', 3, 7],
    [
      'from starlette.config import Config\nconfig = Config()\nworkers = config("X", cast=int, default=3)',
      3,
      7,
    ],
    [
      'from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    x: int = 3\n    host: str = "a"\nsettings = S()\nworkers = settings.x',
      3,
      7,
    ],
    ['from pydantic import BaseSettings\nclass S(BaseSettings):\n    x: int = 3\nworkers = S().x', 3, 7],
  ])('%s', (text, unset, set) => {
    expect(workers(`${text}\n`)).toBe(unset);
    expect(workers(`${text}\n`, { X: '7' })).toBe(set);
    expect(workers(`${text}\n`, {}, 'a secret')).toMatch(/^not known: X may be set by a secret/);
  });

  it('take a prefix of pydantic into account, and name what else its class reads', () => {
    const text = (config: string) =>
      `from pydantic_settings import BaseSettings, SettingsConfigDict\nclass S(BaseSettings):\n    model_config = SettingsConfigDict(${config})\n    workers: int = 3\nworkers = S().workers\n`;
    expect(workers(text('env_prefix="APP_"'), { APP_WORKERS: '5', WORKERS: '9' })).toBe(5);
    expect(workers(text('env_file=".env"'), { WORKERS: '5' })).toBe(5);
    expect(workers(text('env_file=".env"'))).toMatch(/^not known: /);
  });

  it.each([
    'from dotenv import load_dotenv\nimport os\nload_dotenv()\nworkers = int(os.getenv("X", "3"))\n',
    'import environ\nenv = environ.Env()\nenviron.Env.read_env()\nworkers = env.int("X", 3)\n',
    'import environ\nenv = environ.Env()\nenv.read_env(".env")\nworkers = env.int("X", 3)\n',
  ])('do not take a default for firm where a file is loaded that may set it: %#', (text) => {
    expect(workers(text)).toMatch(/^not known: X may be set by the file that .* loads/);
    expect(workers(text, { X: '7' })).toBe(7);
  });

  it('know no value that a cast of its own gives', () => {
    expect(
      workers('from decouple import config\nworkers = config("X", cast=lambda v: 2)\n', { X: '7' }),
    ).toMatch(/^not known: /);
  });
});

describe('a try that certainly fails', () => {
  const text = (error: string, value = 'int(os.environ["X"])') =>
    `import os\ntry:\n    workers = ${value}\nexcept ${error}:\n    workers = 4\n`;
  it('runs the handler that names the exception', () => {
    expect(workers(text('KeyError'))).toBe(4);
    expect(workers(text('(KeyError, ValueError)'), { X: 'many' })).toBe(4);
    expect(workers(text('Exception'))).toBe(4);
    expect(workers(text('TypeError', 'int(os.environ.get("X"))'))).toBe(4);
    expect(workers(text('KeyError'), { X: '6' })).toBe(6);
  });
  it('is not known where no handler names it', () => {
    expect(workers(text('OSError'))).toMatch(/^not known: /);
  });
});

it('takes a yield without a value for valid Python', () => {
  expect(workers('async def lifespan(app):\n    yield\n\n\nworkers = 3\n')).toBe(3);
  expect(() => workers('workers = = 3\n')).toThrow('this is not valid Python');
});
