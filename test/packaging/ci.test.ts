import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = resolve(import.meta.dirname, '../..');
const bin = join(root, 'bin/wcalc.cjs');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('action.yml', () => {
  const action = parse(read('action.yml'));
  const step = action.runs.steps[0];
  let place = '';
  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'wcalc-action-'));
  });
  afterEach(() => rmSync(place, { recursive: true, force: true }));

  /** Runs the step as a runner does: inputs filled into its variables, the rest from files of the runner. */
  const runStep = (inputs: Record<string, string>) => {
    const filled = (text: string) =>
      text.replace(
        /\$\{\{ inputs\.([\w-]+) \}\}/g,
        (_whole, name: string) => inputs[name] ?? action.inputs[name].default,
      );
    const env = Object.fromEntries(
      Object.entries(step.env as Record<string, string>).map(([name, text]) => [name, filled(text)]),
    );
    const made = spawnSync('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', step.run], {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: place,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        ...env,
        GITHUB_ACTION_PATH: root,
        RUNNER_TEMP: place,
        GITHUB_OUTPUT: join(place, 'output'),
        GITHUB_STEP_SUMMARY: join(place, 'summary'),
        WCALC_COMMAND: `${process.execPath} ${bin}`,
      },
    });
    const outputs = Object.fromEntries(
      readFileSync(join(place, 'output'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => line.split(/=(.*)/s).slice(0, 2)),
    );
    return {
      ...made,
      outputs,
      summary: existsSync(join(place, 'summary')) ? readFileSync(join(place, 'summary'), 'utf8') : '',
    };
  };

  it('is a composite action whose inputs and outputs exist', () => {
    expect(action.runs.using).toBe('composite');
    const used = [...read('action.yml').matchAll(/\$\{\{ inputs\.([\w-]+) \}\}/g)].map((match) => match[1]);
    expect(new Set(used)).toEqual(new Set(Object.keys(action.inputs)));
    expect(step.run).not.toContain('${{');
    for (const { value } of Object.values(action.outputs) as { value: string }[])
      expect(value).toMatch(/^\$\{\{ steps\.check\.outputs\.\w+ \}\}$/);
  });

  it('annotates, writes reports and a summary, and fails', () => {
    writeFileSync(join(place, 'gunicorn.conf.py'), 'workers = 9\n');
    const { status, stdout, stderr, outputs, summary } = runStep({ args: '--mem=1024\n--per-worker=256\n' });
    expect([status, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/^::error file=gunicorn\.conf\.py,line=1,col=11/);
    expect(summary).toContain('| error | gunicorn.conf.py:1 |');
    expect(outputs.passed).toBe('false');
    expect(JSON.parse(readFileSync(outputs.json!, 'utf8')).passed).toBe(false);
    expect(JSON.parse(readFileSync(outputs.sarif!, 'utf8')).version).toBe('2.1.0');
  });

  it('passes files with spaces as they are, and runs nothing that an input holds', () => {
    writeFileSync(join(place, 'my conf.py'), 'workers = 2\n');
    const { status, outputs } = runStep({ files: 'my conf.py', args: '--env=X=$(touch pwned)`touch pwned`' });
    expect(status).toBe(0);
    expect(outputs.passed).toBe('true');
    expect(existsSync(join(place, 'pwned'))).toBe(false);
  });
});

describe('.pre-commit-hooks.yaml', () => {
  const hooks = parse(read('.pre-commit-hooks.yaml')) as {
    id: string;
    entry: string;
    language: string;
    files: string;
  }[];

  it('starts wcalc on the files that matter', () => {
    for (const { entry, files } of hooks) {
      expect(entry).toBe('wcalc check');
      const matches = (path: string) => new RegExp(files).test(path);
      for (const path of [
        'gunicorn.conf.py',
        'deploy/gunicorn_config.py',
        'Procfile',
        'Dockerfile.prod',
        'docker-compose.yml',
        'compose.prod.yaml',
        'etc/web.service',
        '.env',
      ])
        expect(matches(path), path).toBe(true);
      for (const path of ['README.md', 'app/models.py', 'docs/Procfile/readme.txt'])
        expect(matches(path), path).toBe(false);
    }
  });
});

describe('docs/ci.md', () => {
  const text = read('docs/ci.md');
  const blocks = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1]!);

  it('holds YAML that can be pasted, with inputs and ids that exist', () => {
    const action = parse(read('action.yml'));
    const ids = (parse(read('.pre-commit-hooks.yaml')) as { id: string }[]).map(({ id }) => id);
    expect(blocks.length).toBeGreaterThanOrEqual(3);
    for (const block of blocks) {
      const data = parse(block);
      for (const job of Object.values(data.jobs ?? {}) as { steps: { uses?: string; with?: object }[] }[])
        for (const step of job.steps)
          if (step.uses?.includes('/wcalc@'))
            for (const name of Object.keys(step.with ?? {}))
              expect(Object.keys(action.inputs)).toContain(name);
      for (const repo of data.repos ?? []) for (const hook of repo.hooks) expect(ids).toContain(hook.id);
    }
  });

  it('shows commands that wcalc accepts', () => {
    const place = mkdtempSync(join(tmpdir(), 'wcalc-docs-'));
    copyFileSync(
      join(root, 'fixtures/check/rules/memory-overcommit/passes/gunicorn.conf.py'),
      join(place, 'gunicorn.conf.py'),
    );
    const commands = [...text.matchAll(/^\s*(?:- )?wcalc check (.*)$/gm)].map((match) => match[1]!);
    expect(commands.length).toBeGreaterThan(2);
    for (const command of commands) {
      if (command.includes('--diff')) continue;
      const { status, stderr } = spawnSync('bash', ['-c', `node ${bin} check ${command}`], {
        cwd: place,
        encoding: 'utf8',
      });
      expect(status, `${command}: ${stderr}`).toBe(0);
    }
    rmSync(place, { recursive: true, force: true });
  });
});
