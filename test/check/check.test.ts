import { describe, expect, it } from 'vitest';
import { run } from '../../src/main.js';
import { type Circumstances, madeUpHost } from '../made-up-host.js';

async function wcalc(argv: readonly string[], files: Record<string, string>, more: Circumstances = {}) {
  const made = madeUpHost(['check', ...argv], { files, ...more });
  const code = await run(made.host);
  return { code, out: made.out(), err: made.err(), host: made.host };
}

const CONF = 'gunicorn.conf.py';
const TOO_MUCH = ['--mem', '1024', '--per-worker', '256', CONF];

interface Report {
  findings: {
    rule: string;
    severity: string;
    file: string;
    line: number;
    column: number;
    endColumn: number;
    message: string;
  }[];
  accepted: unknown[];
  servers: {
    name: string;
    workers: number | null;
    judged: string;
    workerClass: string;
    unknown: { message: string }[];
    assumes: string[];
  }[];
  files: string[];
  passed: boolean;
}
const report = async (argv: readonly string[], files: Record<string, string>): Promise<Report> =>
  JSON.parse((await wcalc([...argv, '--json'], files)).out) as Report;

describe('exit codes', () => {
  it('0 where everything passes', async () => {
    expect((await wcalc(TOO_MUCH, { [CONF]: 'workers = 3\n' })).code).toBe(0);
  });
  it('1 where an error is found, and with --fail-on where something lesser is', async () => {
    expect((await wcalc(TOO_MUCH, { [CONF]: 'workers = 9\n' })).code).toBe(1);
    expect((await wcalc(TOO_MUCH, { [CONF]: 'workers = 4\n' })).code).toBe(0);
    expect((await wcalc([...TOO_MUCH, '--fail-on', 'warning'], { [CONF]: 'workers = 4\n' })).code).toBe(1);
  });
  it('2 for a wrong option, rule, severity or variable, in one sentence', async () => {
    const wrong: [string[], RegExp][] = [
      [['--fail-on', 'never'], /--fail-on/],
      [['--rule', 'memory-overcomit=off'], /memory-overcommit/],
      [['--rule', 'memory-overcommit=loud'], /error, warning, note, off/],
      [['--rule', 'x'], /ID=LEVEL/],
      [['--env', 'x'], /NAME=VALUE/],
      [['--update-baseline'], /--baseline FILE/],
      [['--slo', 'p95<9ms'], /--slo: an objective needs --rate/],
      [['--diff', 'old', 'new', 'newer'], /the version to compare with/],
      [['--format', 'pdf'], /pdf/],
    ];
    for (const [argv, message] of wrong) {
      const { code, err } = await wcalc([CONF, ...argv], { [CONF]: 'workers = 1\n' });
      expect(code, argv.join(' ')).toBe(2);
      expect(err).toMatch(message);
      expect(err.trim().split('\n')).toHaveLength(1);
    }
  });
  it('3 where a file cannot be read, with the findings of the others', async () => {
    const files = { [CONF]: 'workers = 9\n', 'broken.py': 'workers = (1 +\n' };
    const { code, err, out } = await wcalc([...TOO_MUCH, 'broken.py', 'missing.py'], files);
    expect(code).toBe(3);
    expect(err).toMatch(/^wcalc: missing\.py: .*\nwcalc: broken\.py:\d+:\d+: this is not valid Python\n$/);
    expect(out).toContain('memory-overcommit');
  });
  it('3 where nothing was judged, with one sentence that names what starts instead', async () => {
    const only = async (command: string, ...more: string[]) =>
      wcalc(['Procfile', ...more], { Procfile: `web: ${command}\n` });
    expect(await only('sanic app:app --workers 9')).toMatchObject({
      code: 3,
      err: 'wcalc: nothing was judged: Procfile:1: web starts sanic (Sanic), whose settings are not read\n',
    });
    expect(await only('celery -A app worker')).toMatchObject({ code: 3 });
    expect(await only('./start.sh')).toMatchObject({
      code: 3,
      err: expect.stringContaining('./start.sh, which was not given'),
    });
    expect(await only('sanic app:app', '--allow-unknown')).toMatchObject({ code: 0, err: '' });
    expect(await only('celery -A app worker', '--allow-unknown')).toMatchObject({ code: 3 });
  });
  it('refuses templates and unknown kinds with what to do', async () => {
    const helm = await wcalc(['d.yaml'], {
      'd.yaml': 'kind: Deployment\nspec:\n  replicas: {{ .Values.replicas }}\n',
    });
    expect([helm.code, helm.err]).toEqual([
      3,
      expect.stringMatching(/^wcalc: d\.yaml:3:13: .*helm template/),
    ]);
    const other = await wcalc(['notes.txt'], { 'notes.txt': 'hello\n' });
    expect([other.code, other.err]).toEqual([
      3,
      expect.stringMatching(/^wcalc: notes\.txt: this kind of file/),
    ]);
  });
});

describe('severities', () => {
  it('come from --rule, over rules: of the configuration file', async () => {
    const files = { [CONF]: 'workers = 9\n', 'wcalc.yaml': 'rules:\n  memory-overcommit: note\n' };
    expect((await report(TOO_MUCH, files)).findings[0]).toMatchObject({
      rule: 'memory-overcommit',
      severity: 'note',
    });
    expect((await report([...TOO_MUCH, '--rule', 'memory-overcommit=off'], files)).findings).toEqual([]);
  });
  it('of an unknown rule in the file name its line', async () => {
    const { code, err } = await wcalc(TOO_MUCH, {
      [CONF]: 'workers = 1\n',
      'wcalc.yaml': 'rules:\n  nonsense: off\n',
    });
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/^wcalc: wcalc\.yaml:2: there is no rule "nonsense"/),
    ]);
  });
});

describe('baseline', () => {
  const files = { [CONF]: 'workers = 9\n' };
  it('accepts what it lists, also after lines moved, and fails on what is new', async () => {
    const written = await wcalc([...TOO_MUCH, '--baseline', 'base.json', '--update-baseline'], files);
    expect(written.code).toBe(0);
    const base = written.host.files.readText('base.json');
    const moved = { [CONF]: '# a comment\n\nworkers = 9\n', 'base.json': base };
    const again = await report([...TOO_MUCH, '--baseline', 'base.json'], moved);
    expect([again.findings.length, again.accepted.length, again.passed]).toEqual([0, 1, true]);
    const worse = { [CONF]: 'workers = 12\n', 'base.json': base };
    expect((await report([...TOO_MUCH, '--baseline', 'base.json'], worse)).passed).toBe(false);
  });
  it('that is missing or is none is an error of its file', async () => {
    expect((await wcalc([...TOO_MUCH, '--baseline', 'none.json'], files)).code).toBe(3);
    const { code, err } = await wcalc([...TOO_MUCH, '--baseline', 'b.json'], { ...files, 'b.json': '[]' });
    expect([code, err]).toEqual([3, expect.stringMatching(/^wcalc: b\.json: .*--update-baseline/)]);
  });
});

describe('--diff', () => {
  it('says what a change does, and fails only on what it brings', async () => {
    const files = { 'old.py': 'workers = 9\n', 'new.py': 'workers = 12\ntimeout = 0\n' };
    const argv = [
      '--diff',
      'old.py',
      'new.py',
      '--mem',
      '1024',
      '--per-worker',
      '256',
      '--cores',
      '8',
      '--service-time',
      '50',
      '--io-ratio',
      '0.5',
    ];
    const { code, out } = await wcalc([...argv, '--json'], files);
    const result = JSON.parse(out);
    expect(code).toBe(0);
    expect(result.added.map((finding: { rule: string }) => finding.rule)).toEqual(['timeout-off']);
    expect(result.remaining.map((finding: { rule: string }) => finding.rule)).toContain('memory-overcommit');
    const of = (quantity: string) =>
      result.servers[0].quantities.find((row: { quantity: string }) => row.quantity === quantity);
    expect(of('memoryMiB')).toEqual({ quantity: 'memoryMiB', before: 2304, after: 3072 });
    expect(of('workers')).toEqual({ quantity: 'workers', before: 9, after: 12 });
    expect((await wcalc([...argv, '--fail-on', 'warning'], files)).code).toBe(1);
    expect((await wcalc(argv, files)).out).toMatch(/memory of the workers +2304 MiB +3072 MiB +\+33%/);
  });
});

describe("Gunicorn's precedence across files", () => {
  const PROC =
    'web: GUNICORN_CMD_ARGS="--workers 5 --timeout=40" gunicorn -c conf/gunicorn.conf.py -k gthread app:app\n';
  it('is defaults, WEB_CONCURRENCY, configuration file, GUNICORN_CMD_ARGS, command line', async () => {
    const files = {
      Procfile: PROC,
      'conf/gunicorn.conf.py': 'workers = 4\ntimeout = 30\nthreads = 3\nworker_class = "sync"\n',
      '.env': 'WEB_CONCURRENCY=2\n',
    };
    const server = (await report(Object.keys(files), files)).servers[0];
    expect(server).toMatchObject({ workers: 5, threads: 3, workerClass: 'gthread', timeoutSeconds: 40 });
    const { GUNICORN_CMD_ARGS: _none, ...rest } = {
      GUNICORN_CMD_ARGS: 1,
      ...files,
      Procfile: 'web: gunicorn app:app\n',
      'conf/gunicorn.conf.py': 'threads = 2\n',
    };
    expect((await report(Object.keys(rest), rest as Record<string, string>)).servers[0]).toMatchObject({
      workers: 2,
      threads: 2,
    });
  });
  it('leaves unknown what a file that is not there may set', async () => {
    const files = { Procfile: 'web: gunicorn -c elsewhere.py --threads 2 app:app\n' };
    const server = (await report(['Procfile'], files)).servers[0]!;
    expect(server).toMatchObject({ workers: null, threads: 2 });
    expect(server.unknown[0]!.message).toMatch(/workers, .*are not known: elsewhere\.py was not given/);
  });
  it('takes --env over what the files say', async () => {
    const files = { [CONF]: 'import os\nworkers = int(os.environ.get("N", "2"))\n' };
    expect((await report([CONF], files)).servers[0]).toMatchObject({
      workers: 2,
      assumes: ['N is not set by the files given'],
    });
    expect((await report([CONF, '--env', 'N=7'], files)).servers[0]).toMatchObject({
      workers: 7,
      assumes: [],
    });
  });
});

describe('requests', () => {
  const slow = ['--rate', '100', '--cores', '1'];
  it('are judged with what plan assumes of them, and the report says so', async () => {
    const { out, code } = await wcalc([CONF, ...slow], { [CONF]: 'workers = 2\n' });
    expect(code).toBe(1);
    expect(out).toMatch(/too-few-slots/);
    expect(out).toMatch(/assumed --service-time 100: /);
  });
  it('are not judged where no option speaks of them', async () => {
    const { out } = await wcalc([CONF, '--cores', '1'], { [CONF]: 'workers = 2\n' });
    expect(out).not.toMatch(/assumed/);
  });
});

it('an absolute path below the working directory is shown from there', async () => {
  const { findings } = await report(['/somewhere/gunicorn.conf.py', '--mem', '100', '--per-worker', '256'], {
    [CONF]: 'workers = 9\n',
  });
  expect(findings[0]!.file).toBe(CONF);
});

describe('resources', () => {
  const files = { 'web.service': '[Service]\nExecStart=gunicorn -w 6 a:b\nCPUQuota=200%\nMemoryMax=1G\n' };
  it('are those of the files, and flags override them', async () => {
    expect((await report(['web.service'], files)).servers[0]).toMatchObject({
      cores: 2,
      memoryLimitMiB: 1024,
    });
    expect((await report(['web.service', '--cores', '8', '--mem', '4GiB'], files)).servers[0]).toMatchObject({
      cores: 8,
      memoryLimitMiB: 4096,
    });
  });
});

describe('the rate', () => {
  const pods = (replicas: number) =>
    `kind: Deployment\nmetadata: {name: n}\nspec:\n  replicas: ${replicas}\n  template:\n    spec:\n      containers:\n        - {name: c, command: [gunicorn, "--workers=2", "a:b"], resources: {limits: {cpu: "1"}}}\n`;
  const argv = ['d.yaml', '--rate', '200', '--cpu-time', '8ms', '--io-time', '2ms'];
  it('is that of all replicas together, of which each gets its share', async () => {
    const rules = async (replicas: number, ...more: string[]) =>
      (await report([...argv, ...more], { 'd.yaml': pods(replicas) })).findings.map(({ rule }) => rule);
    expect(await rules(1)).toContain('too-few-slots');
    expect(await rules(4)).not.toContain('too-few-slots');
    expect(await rules(1, '--replicas', '4')).not.toContain('too-few-slots');
    const { servers } = await report(argv, { 'd.yaml': pods(4) });
    expect(servers[0]).toMatchObject({ ratePerReplica: 50 });
  });
});

it('an option that is given twice is said, with the one that wins', async () => {
  const { findings } = await report(['Procfile'], { Procfile: 'web: gunicorn -w 2 -k gevent -w 3 a:b\n' });
  expect(findings.find(({ rule }) => rule === 'set-twice')).toMatchObject({
    line: 1,
    column: 18,
    message: 'workers = 2 on the command line has no effect: 3 on the command line (Procfile:1) wins',
  });
});

describe('workers of a configuration file beside an environment that was not read', () => {
  const pod = (args: string, from: string) =>
    `kind: Deployment\nmetadata: {name: n}\nspec:\n  template:\n    spec:\n      containers:\n        - name: c\n          command: [gunicorn, ${args}"a:b"]\n${from}`;
  const secret = '          envFrom: [{secretRef: {name: s}}]\n';
  const of = (args: string, from: string) =>
    report(['d.yaml', 'gunicorn.conf.py'], {
      'd.yaml': pod(args, from),
      'gunicorn.conf.py': 'workers = 4\n',
    });
  it('are judged in part, since GUNICORN_CMD_ARGS may set others', async () => {
    const { servers, findings } = await of('', secret);
    expect(servers[0]).toMatchObject({ judged: 'partly', workers: 4 });
    expect(findings.find(({ rule }) => rule === 'not-judged')?.message).toContain('GUNICORN_CMD_ARGS');
  });
  it.each([
    ['the command line decides', '"--workers=3", ', secret],
    ['all of the environment was read', '', ''],
  ])('are firm where %s', async (_why, args, from) => {
    const { servers, findings } = await of(args, from);
    expect(servers[0]!.judged).toBe('fully');
    expect(findings.map(({ rule }) => rule)).not.toContain('not-judged');
  });
});

describe('workers of a command line with a variable that was not read', () => {
  const of = (words: string) => report(['start.sh'], { 'start.sh': `exec gunicorn a:b ${words}\n` });
  it.each(['-w 4 $EXTRA_ARGS', '--workers=4 --threads 2 $EXTRA_ARGS --log-level info'])(
    'are judged in part where it stands after them: %s',
    async (words) => {
      const { servers, findings } = await of(words);
      expect(servers[0]).toMatchObject({ judged: 'partly', workers: 4 });
      expect(servers[0]!.unknown.map(({ message }) => message)).toContain(
        'workers may be another: EXTRA_ARGS is not set by the files given',
      );
      expect(findings.find(({ rule }) => rule === 'not-judged')).toMatchObject({
        fix: expect.stringContaining('--env EXTRA_ARGS=VALUE'),
      });
    },
  );
  it.each(['$EXTRA_ARGS -w 4', '-w 2 $EXTRA_ARGS -w 4'])(
    'are firm where they stand after it, since the last one wins: %s',
    async (words) => {
      const { servers, findings } = await of(words);
      expect(servers[0]!.workers).toBe(4);
      expect(findings.map(({ rule }) => rule)).not.toContain('not-judged');
    },
  );
});

it('a loop that may set any name leaves the settings unknown', async () => {
  const conf = 'import os\nfor k, v in os.environ.items():\n    globals()[k.lower()] = v\n';
  const { servers, findings } = await report(['gunicorn.conf.py'], { 'gunicorn.conf.py': conf });
  expect(servers[0]!.workers).toBeNull();
  expect(findings.map(({ rule }) => rule)).toContain('not-judged');
});

it('a program that starts its own server is not taken for a configuration file', async () => {
  const text =
    'from gunicorn.app.base import BaseApplication\nclass App(BaseApplication):\n    pass\nworkers = 2\n';
  const { code, err } = await wcalc(['serve.py'], { 'serve.py': text });
  expect([code, err]).toEqual([3, expect.stringContaining('nothing was judged')]);
});
