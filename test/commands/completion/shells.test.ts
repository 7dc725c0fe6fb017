import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../../src/commands/index.js';
import { run } from '../../../src/main.js';
import { madeUpHost } from '../../made-up-host.js';
import { hasTool } from '../../support/require-tool.js';

const folder = mkdtempSync(join(tmpdir(), 'wcalc-completion-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function script(shell: string): Promise<string> {
  const { host, out } = madeUpHost(['completion', shell]);
  expect(await run(host)).toBe(0);
  const path = join(folder, `wcalc.${shell}`);
  writeFileSync(path, out());
  return path;
}

function shell(program: string, code: string): readonly string[] {
  const { stdout, stderr, status } = spawnSync(program, ['-c', code], { encoding: 'utf8', cwd: folder });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout.split('\n').filter(Boolean);
}

writeFileSync(join(folder, 'a file.yaml'), '');

describe.skipIf(!hasTool('bash'))('bash', () => {
  const complete = async (...words: readonly string[]) =>
    shell(
      'bash',
      `source ${await script('bash')}; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _wcalc; printf '%s\\n' "\${COMPREPLY[@]}"`,
    );

  test('completes commands', async () => {
    expect(await complete('wcalc', '')).toEqual(COMMANDS.map(({ name }) => name));
    expect(await complete('wcalc', 'qu')).toEqual(['queue']);
  });

  test('completes the options of the command, by default of plan', async () => {
    expect(await complete('wcalc', '--co')).toEqual(['--cores', '--config', '--color']);
    expect(await complete('wcalc', 'plan', '--per-w')).toEqual(['--per-worker']);
    expect(await complete('wcalc', 'queue', '--serv')).toContain('--servers');
    expect(await complete('wcalc', '--no-')).toEqual(['--no-gil', '--no-proxy', '--no-color']);
  });

  test('completes values, behind a blank or an equals sign', async () => {
    expect(await complete('wcalc', '--worker-class', 'g')).toEqual(['gthread', 'gevent']);
    expect(await complete('wcalc', '--worker-class', '=', 'sy')).toEqual(['sync']);
    expect(await complete('wcalc', '--worker-class', '=')).toContain('uvicorn');
    expect(await complete('wcalc', '--format', 'j')).toEqual(['json']);
    expect(await complete('wcalc', 'check', '--format', 'sar')).toEqual(['sarif']);
    expect(await complete('wcalc', '--cores', '')).toEqual([]);
    expect(await complete('wcalc', 'completion', '')).toEqual(['bash', 'zsh', 'fish']);
  });

  test('completes topics, models, rules and what help explains', async () => {
    expect(await complete('wcalc', 'explain', 'cpu-h')).toEqual(['cpu-heuristic']);
    expect(await complete('wcalc', 'queue', 'M/G/1')).toEqual(['M/G/1', 'M/G/1-PS']);
    expect(await complete('wcalc', 'check', '--rule', 'memory-')).not.toEqual([]);
    expect(await complete('wcalc', 'help', 'per-w')).toEqual(['per-worker']);
    expect(await complete('wcalc', 'help', 'swe')).toEqual(['sweep']);
  });

  test('completes files where a path is wanted', async () => {
    expect(await complete('wcalc', '--config', 'a')).toContain('a');
  });
});

describe.skipIf(!hasTool('fish'))('fish', () => {
  const complete = async (line: string) =>
    shell('fish', `source ${await script('fish')}; complete -C ${JSON.stringify(line)}`).map(
      (found) => found.split('\t')[0],
    );

  test('completes commands, options and values', async () => {
    expect(await complete('wcalc qu')).toEqual(['queue']);
    expect(await complete('wcalc --per-w')).toEqual(['--per-worker']);
    expect(await complete('wcalc queue --per-w')).toEqual([]);
    expect(await complete('wcalc --worker-class g')).toEqual(['gevent', 'gthread']);
    expect(await complete('wcalc completion ')).toEqual(expect.arrayContaining(['bash', 'zsh', 'fish']));
    expect(await complete('worker-calc qu')).toEqual(['queue']);
    expect(await complete('wcalc --config a')).toEqual(['a file.yaml']);
    expect(await complete('wcalc explain cpu-h')).toContain('cpu-heuristic');
    expect(await complete('wcalc queue M/G/1-')).toEqual(['M/G/1-PS']);
    expect(await complete('wcalc help per-w')).toEqual(['per-worker']);
  });
});

describe.skipIf(!hasTool('zsh'))('zsh', () => {
  const complete = async (...words: readonly string[]) =>
    shell(
      'zsh',
      // The completion system's own functions are replaced by ones that show what they were asked.
      `_arguments() { print -rl -- "$@" }; _describe() { print -rl -- $commands }; compdef() { :; }
      source ${await script('zsh')}; words=(${words.map((word) => `'${word}'`).join(' ')}); CURRENT=${words.length}; _wcalc`,
    );

  test('completes commands', async () => {
    expect(await complete('wcalc', '')).toEqual(
      COMMANDS.map(({ name, summary }) => `${name}:${summary.replaceAll(':', '\\:')}`),
    );
  });

  test('hands the options and values of the command to _arguments', async () => {
    const plan = await complete('wcalc', '--cores', '4', '');
    expect(plan).toContain('--cores=[CPU the server may use; a fractional quota stays fractional]:CORES: ');
    expect(plan).toContain('*--slo=[objective\\: p95<250ms, mean<100ms, wait<5%]:OBJECTIVE: ');
    expect(plan.find((spec) => spec.startsWith('--worker-class='))).toContain('(sync gthread gevent');
    expect(plan.find((spec) => spec.startsWith('--config='))).toMatch(/:PATH:_files$/);
    expect((await complete('wcalc', 'explain', '')).join()).toMatch(/cpu-heuristic /);
    expect((await complete('wcalc', 'queue', '')).join()).toMatch(/\(M\/M\/c /);
    expect(await complete('wcalc', 'completion', '')).toContain(':the shell to complete for:(bash zsh fish)');
  });
});
