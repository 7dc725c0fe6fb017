import { describe, expect, it } from 'vitest';
import { known, type Reading, type Scalar, type Surroundings } from '../../../src/files/reading.js';
import { sourceOf } from '../../../src/files/text-file.js';
import type { SettingName } from '../../../src/servers/gunicorn/command-line.js';
import { readGunicornConf } from '../../../src/servers/gunicorn/conf.js';

const AT = { file: 'env', line: 1, column: 1, endColumn: 2 };

function surroundings(env: Record<string, string> = {}, cpus: number | null = 4): Surroundings {
  return {
    environment: {
      get: (name) => (name in env ? known(env[name]!, AT) : undefined),
      incomplete: null,
      names: () => Object.keys(env),
    },
    cpuCount: cpus === null ? null : { value: cpus, assumes: [] },
  };
}

const read = (text: string, outer = surroundings()) => readGunicornConf(sourceOf('g.py', text), outer);

/** The value of `workers` after these lines. */
function workers(text: string, outer = surroundings()): Reading<Scalar> {
  return read(text, outer).settings.get('workers')!;
}
const value = (text: string, outer = surroundings()): Scalar | string => {
  const reading = workers(text, outer);
  return reading.known ? reading.value : `unknown: ${reading.why}`;
};

describe('values that are known', () => {
  // Each value is Python 3.11's own answer to the expression, on 4 CPUs and with X unset.
  it.each<[string, Scalar]>([
    ['3', 3],
    ['1_000', 1000],
    ['0x1f', 31],
    ['2 * 4 + 1', 9],
    ['7 // 2', 3],
    ['-7 // 2', -4],
    ['-7 % 3', 2],
    ['2 ** 3 ** 2', 512],
    ['(1 + 2) * 3', 9],
    ['7 / 2', { float: 3.5 }],
    ['4 / 2', { float: 2 }],
    ['round(2.5)', 2],
    ['round(3.5)', 4],
    ['round(-2.5)', -2],
    ['int(7.9)', 7],
    ['int(-7.9)', -7],
    ['int("12")', 12],
    ['int(" 1_2 ")', 12],
    ['max(1, 5, 3)', 5],
    ['min([4, 2, 8])', 2],
    ['abs(-3)', 3],
    ['len("four")', 4],
    ['5 if 2 > 1 else 6', 5],
    ['0 or 7', 7],
    ['3 and 0', 0],
    ['not 0', true],
    ['"a" in ("a", "b")', true],
    ['"a" not in ["a"]', false],
    ['None is None', true],
    ['1 << 4', 16],
    ['f"{2 + 3}x{{}}"', '5x{}'],
    ['"a" "b" + \'c\'', 'abc'],
    ['"%s:%d" % ("h", 80)', 'h:80'],
    ['"A,B".lower().split(",")[1]', 'b'],
    ['{"a": 4}.get("b", 2)', 2],
    ['{"a": 4}["a"]', 4],
    ['(1, 2, 3)[-1]', 3],
    ['r"\\d"', '\\d'],
    ['str(4.0)', '4.0'],
    ['bool("")', false],
    ['float("2.5")', { float: 2.5 }],
  ])('%s', (expression, expected) => {
    expect(value(`workers = ${expression}\n`)).toEqual(expected);
  });

  it.each([
    'import multiprocessing\nworkers = multiprocessing.cpu_count() * 2 + 1',
    'import multiprocessing as mp\nworkers = (2 * mp.cpu_count()) + 1',
    'from multiprocessing import cpu_count\nworkers = cpu_count() * 2 + 1',
    'from os import cpu_count as cores\nworkers = 2 * cores() + 1',
    'import os\nworkers = 2 * len(os.sched_getaffinity(0)) + 1',
    'import os\ncores = os.cpu_count() or 1\nworkers = cores\nworkers *= 2\nworkers += 1',
    'import os\ndef count(per=2):\n    """Workers."""\n    n = os.cpu_count()\n    if n > 3:\n        return n * per + 1\n    return n\nworkers = count()',
    'import os\ntry:\n    workers = int(os.environ.get("X", os.cpu_count() * 2 + 1))\nexcept ValueError:\n    workers = 1',
  ])('count the CPUs and memoize it: %#', (text) => {
    expect(workers(`${text}\n`)).toMatchObject({ known: true, value: 9, cpuCount: true });
    expect(workers(`${text}\n`, surroundings({}, null))).toMatchObject({ known: false });
  });

  it.each([
    'import os\nworkers = int(os.environ.get("X", "3"))',
    'import os\nworkers = int(os.environ.get("X", default=3))',
    'from os import environ as env\nworkers = int(env.get("X") or 3)',
    'from os import getenv\nworkers = int(getenv("X", 3))',
    'import os\nos.environ.setdefault("X", "3")\nworkers = int(os.environ["X"])',
    'import os\nif "X" in os.environ:\n    workers = int(os.environ["X"])\nelse:\n    workers = 3',
  ])('come from the environment, else from the default: %#', (text) => {
    expect(workers(`${text}\n`)).toMatchObject({ known: true, value: 3 });
    expect(workers(`${text}\n`, surroundings({ X: '8' }))).toMatchObject({
      known: true,
      value: 8,
      assumes: [],
    });
  });

  it('say which variable was taken as not set', () => {
    expect(workers('import os\nworkers = int(os.environ.get("X", "3"))\n')).toMatchObject({
      assumes: ['X is not set by the files given'],
    });
  });

  it('stand where they are written', () => {
    const { settings } = read('a = 1\n\nworkers: int = (\n  2 + a\n)\ntimeout, threads = 30, 4\n');
    expect(settings.get('workers')!.at).toEqual({ file: 'g.py', line: 3, column: 16, endColumn: 17 });
    expect(settings.get('threads')!.at).toMatchObject({ line: 6, column: 20 });
  });
});

describe('values that are not known, with the reason', () => {
  it.each<[string, RegExp]>([
    ['workers = load()', /load\(\) is not evaluated/],
    ['import psutil\nworkers = psutil.cpu_count()', /psutil/],
    ['import os\nworkers = int(os.environ["X"])', /X is not set/],
    ['import os\nworkers = os.environ.get("X")', /X is not set/],
    ['import os\nworkers = int(os.environ.get("X", ""))', /int\(\) fails on ""/],
    ['workers = 1 / 0', /division by zero/],
    ['workers = 9 ** 999', /out of range/],
    ['workers = "a" * 3', /not evaluated/],
    ['for i in range(3):\n    workers = i', /loop on line 1/],
    ['while True:\n    workers = 2\n    break', /loop on line 1/],
    ['if unknown():\n    workers = 2\nelse:\n    workers = 3', /condition on line 1/],
    [
      'try:\n    import fast\n    workers = 2\nexcept ImportError:\n    workers = 3',
      /whether the try on line 1 fails/,
    ],
    ['workers = 2\nfrom settings import *', /line 2 imports every name of settings/],
    ['workers = 2\nexec(open("x").read())', /exec\(\) on line 2/],
    ['workers = 2\nglobals().update(a=1)', /globals\(\) on line 2/],
    ['workers = [i for i in (1,)][0]', /not evaluated/],
    ['workers = (lambda: 3)()', /not evaluated/],
    ['def f():\n    global workers\n    return 2\nworkers = f()', /more than compute/],
    ['def f(n):\n    return f(n)\nworkers = f(1)', /too deeply/],
    ['class A:\n    n = 2\nworkers = A.n', /A is not evaluated/],
  ])('%s', (text, why) => {
    expect(value(`${text}\n`)).toMatch(why);
  });

  it('but the same in both branches is known', () => {
    expect(value('if unknown():\n    workers = 2\n    x = 1\nelse:\n    workers = 2\n')).toBe(2);
    expect(value('if unknown():\n    raise SystemExit\nworkers = 2\n')).toBe(2);
    expect(value('from settings import *\nworkers = 2\n')).toBe(2);
  });

  it('and what a star import may set is not taken for a default', () => {
    expect(read('from settings import *\n').mayAlsoSet).toMatch(/imports every name/);
    expect(read('workers = 2\n').mayAlsoSet).toBeNull();
  });
});

it('hooks, classes and logging do not disturb', () => {
  const { settings, otherNames } = read(
    'import logging\nlogger = logging.getLogger()\nbind = ["a:1", "b:2"]\nraw_env = {"A": "1"}\n@decorated\ndef hook(server):\n    server.log.info("x")\nclass L(object):\n    pass\nlogger_class = L\ndef post_fork(server, worker):\n    workers = 99\nworkers = 2\nkeep_alive = 4\n',
  );
  expect(settings.get('workers')).toMatchObject({ known: true, value: 2 });
  expect([...otherNames.keys()]).toContain('keep_alive');
  expect(settings.has('post_fork' as SettingName)).toBe(true);
});
