import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasTool, isBuilt } from '../support/require-tool.js';

/** Debian's own, which has the modules that Debian's packages bring. */
const PYTHON = '/usr/bin/python3';
const MACHINE = ['--cores', '4', '--mem', '1024', '--per-worker', '256'];

const place = mkdtempSync(join(tmpdir(), 'wcalc-without-node-'));
const release = join(place, 'release');
const project = join(place, 'project');
const executable = join(release, 'wcalc');

interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function answer(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Answer {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: project,
    env,
    encoding: 'utf8',
    input: '',
  });
  return { status, stdout, stderr };
}

/** The executable, where no other program can be found and no package is near. */
const alone = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Answer =>
  answer(executable, args, { PATH: '', ...env });

const byNode = (args: readonly string[]): Answer =>
  answer(process.execPath, [resolve('bin/wcalc.cjs'), ...args], { PATH: '' });

/** How many worker threads a run started, as Node tells who debugs it. */
const threadsOf = ({ stderr }: Answer): number =>
  new Set([...stderr.matchAll(/^WORKER \d+: \[\d+\] created Worker with ID (\d+)/gm)].map(([, id]) => id))
    .size;

describe.runIf(isBuilt('dist/wcalc.cjs') && hasTool(PYTHON))('without Node', () => {
  beforeAll(() => {
    mkdirSync(project);
    writeFileSync(join(project, 'gunicorn.conf.py'), 'workers = 9\nthreads = 2\n');
    writeFileSync(
      join(project, 'compose.yaml'),
      'services:\n  web:\n    image: python:3\n    command: gunicorn -w 4 app:app\n    mem_limit: 512m\n',
    );
    writeFileSync(
      join(project, 'access.log'),
      Array.from(
        { length: 200 },
        (_, n) =>
          `127.0.0.1 - - [10/Oct/2025:13:55:${String(n % 60).padStart(2, '0')} +0000] "GET /a HTTP/1.1" 200 512 "-" "curl" 0.0${10 + (n % 80)}\n`,
      ).join(''),
    );
    execFileSync(process.execPath, ['tools/build/binary.mjs', release], { stdio: 'pipe' });
  }, 600_000);
  afterAll(() => rmSync(place, { recursive: true, force: true }));

  describe('the executable', () => {
    it.each([
      ['plan', MACHINE],
      ['plan with an objective', [...MACHINE, '--rate', '20', '--slo', 'p95<500ms', '--explain']],
      ['a formula', [...MACHINE, '--formula', 'mine=cores * 2 + 1', '--json']],
      ['the HTML report', [...MACHINE, '--rate', '20', '--format', 'html']],
      ['check', ['check', '--cores', '2', '--mem', '1GiB', '--per-worker', '256']],
      ['fit', ['fit', 'access.log']],
      ['queue', ['queue', 'M/M/c', '--servers', '10', '--rate', '8', '--service-time', '1000']],
      ['explain', ['explain', 'memory-bound']],
      ['help', ['--help']],
      ['a wrong option', ['--coers', '4']],
    ])('answers %s as Node does', (_, args) => {
      expect(alone(args)).toEqual(byNode(args));
    });

    it.each([
      ['simulate', ['simulate', '--cores', '2', '--workers', '3', '--rate', '10', '--requests', '2000000']],
      [
        'sweep',
        ['sweep', ...MACHINE, '--rate', '20', '--vary', 'rate=1..30', '--vary', 'cores=1..25', '--json'],
      ],
    ])('spreads %s over worker threads, with the same numbers', (_, args) => {
      const there = alone(args, { NODE_DEBUG: 'worker' });
      expect(there.stdout).toBe(byNode(args).stdout);
      expect(there.status).toBe(0);
      expect(threadsOf(there)).toBeGreaterThan(1);
    });

    it('comes with the licences of what is in it', () => {
      const notices = readFileSync(join(release, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
      expect(notices).toContain('\nyaml ');
      expect(notices).toContain(`\nNode.js ${process.versions.node}\n`);
      expect(notices).toContain('OpenSSL');
    });
  });

  describe('the wheel', () => {
    const venv = join(place, 'venv');
    let wheel = '';
    beforeAll(() => {
      execFileSync(process.execPath, ['tools/build/wheel.mjs', release], { stdio: 'pipe' });
      wheel = readdirSync(release).find((file) => file.endsWith('.whl'))!;
      execFileSync(PYTHON, ['-m', 'venv', venv], { stdio: 'pipe' });
      // Nothing but this file: no index, no folder of wheels, no configuration.
      execFileSync(join(venv, 'bin/pip'), ['install', '--isolated', '--no-index', join(release, wheel)], {
        stdio: 'pipe',
        env: { PATH: '', PIP_CONFIG_FILE: '/dev/null' },
      });
    }, 600_000);

    it('names the oldest system that the executable runs on', () => {
      const platform = { x64: 'x86_64', arm64: 'aarch64' }[process.arch as 'x64' | 'arm64'];
      expect(wheel).toMatch(
        new RegExp(`^wcalc-\\d+\\.\\d+\\.\\d+-py3-none-manylinux_2_\\d+_${platform}\\.whl$`),
      );
    });

    it('puts wcalc on the path, and its second name', () => {
      const bin = join(venv, 'bin');
      expect(statSync(join(bin, 'wcalc')).size).toBe(statSync(executable).size);
      const expected = byNode(MACHINE);
      for (const command of [
        [join(bin, 'wcalc')],
        [join(bin, 'worker-calc')],
        [join(bin, 'python'), '-m', 'wcalc'],
      ])
        expect(
          answer(command[0]!, [...command.slice(1), ...MACHINE], { PATH: bin }),
          command.join(' '),
        ).toEqual(expected);
    });

    it('holds the files that its RECORD says, their licences and metadata', () => {
      const told = execFileSync(join(venv, 'bin/python'), ['-c', READ_METADATA], { encoding: 'utf8' });
      const { metadata, damaged, files } = JSON.parse(told);
      const { version, description } = JSON.parse(readFileSync('package.json', 'utf8'));
      expect(metadata).toMatchObject({ Name: 'wcalc', Version: version, Summary: description });
      expect(metadata['License-Expression']).toBe('MIT');
      expect(damaged).toEqual([]);
      const info = `wcalc-${version}.dist-info`;
      for (const file of [
        `${info}/licenses/LICENSE`,
        `${info}/licenses/THIRD-PARTY-NOTICES.txt`,
        `${info}/RECORD`,
        'wcalc/__main__.py',
        '../../../bin/wcalc',
      ])
        expect(files).toContain(file);
    });

    it('uninstalls without a trace', () => {
      execFileSync(join(venv, 'bin/pip'), ['uninstall', '--yes', 'wcalc'], { stdio: 'pipe' });
      const left = readdirSync(venv, { recursive: true, encoding: 'utf8' });
      expect(left.filter((file) => /wcalc|worker-calc/.test(file))).toEqual([]);
    });
  });
});

/** What Python itself makes of the installed package: every file's hash against RECORD. */
const READ_METADATA = `
import base64, hashlib, importlib.metadata, json
it = importlib.metadata.distribution("wcalc")
def damaged(file):
    if file.hash is None: return False
    digest = hashlib.new(file.hash.mode, file.locate().read_bytes()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != file.hash.value
print(json.dumps({
    "metadata": {name: it.metadata[name] for name in it.metadata.keys()},
    "files": [str(file) for file in it.files],
    "damaged": [str(file) for file in it.files if damaged(file)],
}))
`;
