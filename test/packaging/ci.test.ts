import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = resolve(import.meta.dirname, '../..');
const bin = join(root, 'bin/wcalc.cjs');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

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
