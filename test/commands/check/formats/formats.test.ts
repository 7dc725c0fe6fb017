import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { RULE_IDS } from '../../../../src/check/registry.js';
import { VERSION } from '../../../../src/host/version.js';
import { run } from '../../../../src/main.js';
import { fixture, hostIn } from '../../../check/project-host.js';
import { madeUpHost } from '../../../made-up-host.js';
import { junitProblems } from './junit-shape.js';

const NASTY = 'de ploy,50%/gunicorn "web".py';
const FILES = {
  [NASTY]: 'workers = "4<\u0007]]>&"  # \u001b[31m\nbacklog = 99999\n',
  'two.py': 'workers = 9\n',
};
const ARGV = ['check', ...Object.keys(FILES), 'missing.py', '--mem', '1024', '--per-worker', '256'];

async function rendered(
  format: string,
  argv: readonly string[] = ARGV,
  files: Record<string, string> = FILES,
) {
  const made = madeUpHost([...argv, '--format', format], { files });
  await run(made.host);
  return made.out();
}

const projects = readdirSync(fixture('projects'));

describe.each(projects)('the project %s', (project) => {
  const directory = fixture('projects', project);
  const options = readFileSync(`${directory}/options`, 'utf8')
    .split('\n')
    .filter((line) => line !== '');

  it.each(['text', 'github', 'markdown', 'junit', 'sarif', 'json'])(
    'reads as recorded in %s',
    async (format) => {
      const made = hostIn(
        directory,
        ['check', '.', 'docker']
          .slice(0, existsSync(`${directory}/docker`) ? 3 : 2)
          .concat(options, '--format', format),
      );
      await run(made.host);
      expect(made.err()).toBe('');
      const text = made.out().replaceAll(`ersion": "${VERSION}"`, 'ersion": "0.0.0"');
      await expect(text).toMatchFileSnapshot(`${directory}/expected.${format}`);
    },
  );
});

describe('SARIF', () => {
  const validator = () => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats.default(ajv);
    return ajv;
  };
  const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as object;

  it('has the shape of SARIF 2.1.0', async () => {
    const validate = validator().compile(read(fixture('../schemas/sarif-2.1.0-emitted.schema.json')));
    const log = JSON.parse(await rendered('sarif'));
    expect(validate(log) ? [] : validate.errors).toEqual([]);
    expect(log.runs[0].tool.driver.rules.map((rule: { id: string }) => rule.id)).toEqual(RULE_IDS);
    for (const result of log.runs[0].results) expect(RULE_IDS[result.ruleIndex]).toBe(result.ruleId);
  });

  it('says what could not be read, and escapes paths', async () => {
    const [{ invocations, results }] = JSON.parse(await rendered('sarif')).runs;
    expect(invocations[0].executionSuccessful).toBe(false);
    expect(results[0].locations[0].physicalLocation.artifactLocation.uri).toBe(
      'de%20ploy%2C50%25/gunicorn%20%22web%22.py',
    );
  });

  it('marks what the baseline accepts as suppressed', async () => {
    const files: Record<string, string> = { 'two.py': 'workers = 9\n' };
    const argv = ['check', 'two.py', '--mem', '1024', '--per-worker', '256', '--baseline', 'b.json'];
    const made = madeUpHost([...argv, '--update-baseline'], { files });
    await run(made.host);
    const log = JSON.parse(
      await rendered('sarif', argv, { ...files, 'b.json': made.host.files.readText('b.json') }),
    );
    expect(
      log.runs[0].results.map((result: { suppressions?: unknown[] }) => result.suppressions?.length),
    ).toEqual([1]);
  });

  // The schema of OASIS (sarif-schema-2.1.0.json) may not be copied here: give its path to check against it.
  const published = process.env.WCALC_SARIF_SCHEMA;
  if (published) {
    it('is valid against the published schema', async () => {
      const { $schema: _draft4, id: _id, ...schema } = read(published) as Record<string, unknown>;
      const validate = validator().compile(schema);
      expect(validate(JSON.parse(await rendered('sarif'))) ? [] : validate.errors).toEqual([]);
    });
  }
});

describe('JUnit', () => {
  it('has the shape of junit-10.xsd, whatever the files hold', async () => {
    const xml = await rendered('junit');
    expect(junitProblems(xml)).toEqual([]);
    expect(xml).toContain('&lt;');
    expect(xml).toMatch(/tests="\d+" failures="2" errors="1"/);
  });
});

describe('GitHub annotations', () => {
  it('escape what the runner would take for syntax', async () => {
    const text = await rendered('github');
    expect(text).toContain('file=de ploy%2C50%25/gunicorn "web".py,line=1');
    for (const line of text.trimEnd().split('\n')) expect(line).toMatch(/^::(error|warning|notice) [^\n]+::/);
  });

  it('stay within ten of a kind and say how many are left out', async () => {
    const names = Array.from({ length: 14 }, (_, i) => `s${i}.py`);
    const files = Object.fromEntries(names.map((name) => [name, 'workers = 99\nbacklog = 99999\n']));
    const lines = (
      await rendered('github', ['check', ...names, '--mem', '1024', '--per-worker', '256'], files)
    )
      .trimEnd()
      .split('\n');
    expect(lines.filter((line) => line.startsWith('::error'))).toHaveLength(10);
    expect(lines.filter((line) => line.startsWith('::notice'))).toHaveLength(10);
    expect(lines.find((line) => line.includes('5 more errors'))).toBeDefined();
  });
});

describe('text', () => {
  it('holds no control character of a file', async () => {
    expect(await rendered('text')).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/);
  });

  it('is coloured where asked, and says the same', async () => {
    const plain = await rendered('text');
    const coloured = await rendered('text', [...ARGV, '--color']);
    expect(coloured).toContain('\u001b[');
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(plain);
  });
});

it('--explain adds why each finding matters and where that comes from', async () => {
  const argv = ['check', 'two.py', '--mem', '1024', '--per-worker', '256', '--explain'];
  const text = await rendered('table', argv, { 'two.py': 'workers = 9\n' });
  expect(text).toMatch(/why: The kernel kills/);
  expect(text).toMatch(/source: memory = master/);
});

it('names the files that were looked at where none starts a server', async () => {
  expect(await rendered('text', ['check', 'Procfile'], { Procfile: 'web: node index.js\n' })).toMatch(
    /looked at Procfile[\s\S]*web starts node index\.js, which is no known server[\s\S]*NOTHING JUDGED: no server found/,
  );
});

describe('a server that is not judged', () => {
  const files = {
    'compose.yaml':
      'services:\n  api:\n    image: api\n    command: sanic api:app --workers 9\n  web:\n    image: web\n    command: gunicorn web:app\n    env_file: web.env\n',
  };
  const argv = ['check', 'compose.yaml', '--per-worker', '100', '--mem', '512'];
  const in_ = (format: string, ...more: string[]) => rendered(format, [...argv, ...more], files);

  it('is a finding, and counted, in every format', async () => {
    const json = JSON.parse(await in_('json'));
    expect(json.summary).toMatchObject({ serversJudged: 0, serversJudgedInPart: 1, serversNotJudged: 1 });
    expect(json.servers).toMatchObject([
      { name: 'web', server: 'gunicorn', judged: 'partly', workers: null },
      { name: 'api', server: 'sanic', judged: 'not', workers: null },
    ]);
    expect(json.findings.filter((f: { rule: string }) => f.rule === 'not-judged')).toMatchObject([
      { severity: 'warning', line: 4, message: expect.stringContaining('api starts sanic') },
      { line: 7, message: expect.stringContaining('env_file web.env, which was not given') },
    ]);
    expect(await in_('text')).toContain('passed: 2 servers (1 judged in part, 1 not judged), 0 errors');
    expect(await in_('markdown')).toMatch(/\| api +\| no +\| sanic/);
    expect(await in_('github')).toContain('title=wcalc / not-judged::api starts sanic');
    const junit = await in_('junit');
    expect(junitProblems(junit)).toEqual([]);
    expect(junit).toContain('<skipped>not judged: api starts sanic');
    const [{ invocations }] = JSON.parse(await in_('sarif')).runs;
    expect(invocations[0].toolExecutionNotifications.map((n: { level: string }) => n.level)).toContain(
      'warning',
    );
  });

  it('is accepted with --allow-unknown, and SARIF says it all the same', async () => {
    expect(await in_('json', '--allow-unknown')).not.toContain('not-judged');
    expect(await in_('sarif', '--allow-unknown')).toContain('api is not judged: api starts sanic');
  });
});

it('where nothing was judged every format says so', async () => {
  const files = { Procfile: 'web: sanic a:b\n' };
  for (const format of ['text', 'github', 'markdown', 'junit', 'sarif', 'json'])
    expect(await rendered(format, ['check', 'Procfile'], files), format).toMatch(
      /nothing was judged|NOTHING/,
    );
});

describe('--list-rules', () => {
  it('lists every rule in every format', async () => {
    for (const format of ['table', 'json', 'markdown']) {
      const text = await rendered(format, ['check', '--list-rules'], {});
      for (const id of RULE_IDS) expect(text).toContain(id);
    }
  });
});
