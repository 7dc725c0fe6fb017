import { expect, test } from 'vitest';
import { sourceOf } from '../../../src/files/text-file.js';
import { readGunicornConf } from '../../../src/servers/gunicorn/conf.js';

const OUTER = {
  environment: { get: () => undefined, incomplete: null, names: () => [] },
  cpuCount: { value: 4, assumes: [] },
};

const read = (text: string) => readGunicornConf(sourceOf('g.py', `${text}\n`), OUTER).settings.get('workers');

/** What Python 3.11 itself leaves in `workers`, on 4 CPUs and with X unset. */
const PROGRAMS: readonly (readonly [string, number])[] = [
  ['workers = 0\nfor x in [1, 2, 3]:\n    workers += x', 6],
  ['workers = 0\nfor x in (1, 2, 3):\n    if x == 2:\n        continue\n    workers += x', 4],
  ['workers = 0\nfor x in [1, 2, 3]:\n    if x == 2:\n        break\n    workers += x', 1],
  ['workers = 0\nfor a, b in [(1, 2), (3, 4)]:\n    workers += a * b', 14],
  ["workers = 0\nfor k in {'a': 1, 'bc': 2}:\n    workers += len(k)", 3],
  ["workers = 0\nfor k, v in {'a': 1, 'b': 5}.items():\n    workers += v", 6],
  ['workers = 7\nfor x in []:\n    workers = 1', 7],
  ['x = y = 3\nworkers = x + y', 6],
  ['a, b = 1, 2\na, b = b, a\nworkers = a * 10 + b', 21],
  ['(a, [b, c]) = (1, [2, 3])\nworkers = a + b + c', 6],
  ['workers = 5\nworkers -= 2\nworkers *= 4\nworkers //= 5\nworkers **= 2\nworkers %= 3', 1],
  [
    'workers = 1\nif workers == 2:\n    workers = 5\nelif workers == 1:\n    workers = 6\nelse:\n    workers = 7',
    6,
  ],
  ['workers = 1\nif workers > 5: workers = 2\nelse: workers = 3', 3],
  ['workers: int = 4', 4],
  ["d = {'a': 1}\nd['b'] = 2\nworkers = d['a'] + d['b']", 3],
  ['l = [1, 2, 3]\nworkers = l[0] + l[-1]', 4],
  ['def f(a, b=2, *, c=3):\n    return a + b * c\nworkers = f(1)', 7],
  ['def f(n):\n    if n > 2:\n        return n\n    return f(n + 1)\nworkers = f(0)', 3],
  ['def f():\n    x = 1\n    return x\nx = 5\nworkers = f() + x', 6],
  ['def f():\n    return y\ny = 4\nworkers = f()', 4],
  ['def f():\n    pass\nworkers = 1 if f() is None else 2', 1],
  ["try:\n    workers = int('x')\nexcept ValueError:\n    workers = 3", 3],
  ["try:\n    workers = int('4')\nexcept ValueError:\n    workers = 3", 4],
  ["try:\n    workers = int('4')\nexcept ValueError:\n    workers = 3\nelse:\n    workers += 1", 5],
  ["try:\n    workers = int('4')\nfinally:\n    workers = 9", 9],
  ['try:\n    workers = int(None)\nexcept (TypeError, ValueError):\n    workers = 3', 3],
  ["try:\n    workers = int('x')\nexcept TypeError:\n    workers = 3\nexcept Exception:\n    workers = 4", 4],
  ['import os.path\nworkers = os.cpu_count()', 4],
  ['import os as o\nworkers = o.cpu_count()', 4],
  ["from os import (cpu_count, getenv)\nworkers = cpu_count() + int(getenv('X', '1'))", 5],
  ["from os import cpu_count as c, getenv as g\nworkers = c() + int(g('X', '2'))", 6],
  ['import os, math\nworkers = math.ceil(os.cpu_count() / 3)', 2],
  ["import os\nworkers = 1\nif os.environ.get('X'):\n    workers = 2", 1],
  ["import os\nworkers = int(os.environ['X']) if 'X' in os.environ else 6", 6],
  ["import os\ntry:\n    workers = int(os.environ['X'])\nexcept KeyError:\n    workers = 8", 8],
  [
    'import os\ndef given(name):\n    try:\n        return os.environ[name]\n    except KeyError:\n        return None\nworkers = given("X") or 2',
    2,
  ],
  [
    'import os\ndef given(name):\n    try:\n        return os.cpu_count() and 3\n    except KeyError:\n        return None\nworkers = given("X") or 2',
    3,
  ],
  ['workers = 3; threads = 2', 3],
  ['workers = \\\n    3', 3],
  ['workers = 3  # comment', 3],
  ['"""doc"""\nworkers = 3', 3],
  ['workers = (\n    1 +\n    2\n)', 3],
  ['x = 3\ndel x\nworkers = 2', 2],
  ['assert True\nworkers = 2', 2],
  ['if True:\n    pass\nworkers = 2', 2],
  ['class A:\n    pass\nworkers = 2', 2],
  ['def outer():\n    def inner():\n        return 5\n    return inner()\nworkers = outer()', 5],
  ["a = b'x'\nworkers = 2", 2],
  ["workers = 2 if 'gevent'.startswith('g') and not 0 else 3", 2],
  ["x = {'a': {'b': 4}}\nworkers = x['a']['b']", 4],
  ['workers = 2\nworkers = workers or 5', 2],
  ['f = lambda: 1\nworkers = 3', 3],
  ['with_ = 2\nworkers = with_', 2],
  ['x = 1\ndef f():\n    x = 2\nf()\nworkers = x', 1],
  ['workers = max(2, *[3, 4]) if False else 5', 5],
  ['import json\nworkers = 4\nprint(json.dumps({}))', 4],
  ['for i in range(3):\n    pass\nworkers = 4', 4],
  ['while False:\n    workers = 1\nworkers = 4', 4],
  ['import x\nworkers = 1\ntry:\n    x.load()\nexcept Exception:\n    pass\nfinally:\n    workers = 9', 9],
  [
    "workers = 1\ntry:\n    workers = int('x')\nexcept ValueError:\n    workers = 2\nelse:\n    workers = 3\nfinally:\n    workers += 10",
    12,
  ],
];

test.each(PROGRAMS)('%j leaves %d', (text, workers) => {
  expect(read(text)).toMatchObject({ known: true, value: workers });
});

test.each([
  'import x\ntry:\n    x.load()\nexcept Exception:\n    workers = 1\nelse:\n    workers = 2',
  'import x\nworkers = 1\nfor i in x.all():\n    workers = i',
  'import x\nworkers = 1\nwhile x.more():\n    workers += 1',
  'import x\nworkers = 1\nif x.on:\n    workers = 2',
  'import x\nworkers = 1\nmatch x.kind:\n    case 1:\n        workers = 2',
  'workers = 1\nfor i in range(3):\n    workers = 2\nelse:\n    workers = 3',
  'import x\nworkers = 1\nwith x.open():\n    workers = x.n',
])('%j leaves what cannot be known', (text) => {
  expect(read(text)).toMatchObject({ known: false });
});
