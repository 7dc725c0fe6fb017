import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../src/main.js';
import { hostIn } from '../check/project-host.js';

/** A user's directory with a file of the user's, and in it a project that somebody else wrote. */
let home = '';

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'wcalc-hostile-'));
  put('.bashrc', 'alias ll="ls -l"\n');
  put('secret.env', 'WEB_CONCURRENCY=739177\nPASSWORD=hunter2\nGUNICORN_CMD_ARGS="--hunter2"\n');
  put('project/compose.yaml', compose('services: {web: {command: "gunicorn a:b -w 2"}}'));
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  writeFileSync(join(home, path), text);
}

const compose = (text: string): string => `${text}\n`;

async function wcalc(argv: readonly string[], env: Record<string, string> = {}, folder = 'project') {
  const { host, out, err } = hostIn(join(home, folder), argv, { HOME: home, ...env });
  const code = await run(host);
  return { code, out: out(), err: err(), all: out() + err() };
}

const untouched = () => expect(readFileSync(join(home, '.bashrc'), 'utf8')).toBe('alias ll="ls -l"\n');

describe('a configuration file that was found', () => {
  test.each(['output: [text=../.bashrc]', 'output: text=../.bashrc', '"output": "json=../.bashrc"'])(
    'writes nothing: %s',
    async (line) => {
      put('project/wcalc.yaml', `cores: 2\n${line}\n`);
      const { code, out, err } = await wcalc(['check']);
      expect(code).toBe(2);
      expect(out).toBe('');
      expect(err).toMatch(/^wcalc: wcalc\.yaml:2: output is refused here, since it writes a file: .*\n$/);
      untouched();
    },
  );

  test('does so through no profile either', async () => {
    put('project/wcalc.yaml', 'profile: p.yaml\n');
    put('project/p.yaml', 'output: [text=../.bashrc]\n');
    expect(await wcalc(['check'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('wcalc.yaml:1: profile'),
    });
    rmSync(join(home, 'project/wcalc.yaml'));
    expect(await wcalc(['check', '--profile', 'p.yaml'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('p.yaml:1: output is refused here'),
    });
    untouched();
  });

  test('is not read where it is a link to a file elsewhere, of which nothing is quoted', async () => {
    symlinkSync('../secret.env', join(home, 'project/wcalc.yaml'));
    const { code, all } = await wcalc(['check']);
    expect(code).toBe(3);
    expect(all).toBe(
      'wcalc: wcalc.yaml: is a link that leads out of this directory; name the file it leads to with --config\n',
    );
  });

  test('may be a link within its directory', async () => {
    put('project/conf/wcalc.yaml', 'json: true\n');
    symlinkSync('conf/wcalc.yaml', join(home, 'project/wcalc.yaml'));
    expect((await wcalc(['check'])).out).toMatch(/^\{/);
  });

  test('writes where the user names it', async () => {
    put('project/wcalc.yaml', 'output: json=out.json\n');
    expect((await wcalc(['check', '--config', 'wcalc.yaml'])).code).toBe(0);
    expect(readFileSync(join(home, 'project/out.json'), 'utf8')).toMatch(/^\{/);
  });
});

test("an environment that a project's .env has filled writes nothing", async () => {
  const { code, err } = await wcalc(['check'], { WCALC_OUTPUT: 'text=../.bashrc' });
  expect([code, err]).toEqual([
    2,
    expect.stringContaining('WCALC_OUTPUT is refused here, since it writes a file'),
  ]);
  untouched();
});

describe('what lies outside the project', () => {
  const asksFor = (path: string) =>
    compose(`services: {web: {command: "gunicorn a:b", env_file: [${path}]}}`);
  const isUnread = ({ all }: { readonly all: string }) => expect(all).not.toMatch(/hunter2|739177/);

  test.each(['../secret.env', './../secret.env', 'a/../../secret.env'])('is not read as %s', async (path) => {
    put('project/compose.yaml', asksFor(path));
    for (const argv of [
      ['check'],
      ['check', 'compose.yaml'],
      ['check', '.'],
      ['check', 'compose.yaml', '--format', 'json'],
    ])
      isUnread(await wcalc(argv));
    isUnread(await wcalc(['check', join(home, 'project/compose.yaml')], {}, 'project'));
  });

  test('is not read by its absolute path', async () => {
    put('project/compose.yaml', asksFor(join(home, 'secret.env')));
    isUnread(await wcalc(['check']));
  });

  test('is not read through a link of the project', async () => {
    symlinkSync('../secret.env', join(home, 'project/x.env'));
    put('project/compose.yaml', asksFor('x.env'));
    isUnread(await wcalc(['check']));
  });

  test('is not read through a directory that is a link', async () => {
    symlinkSync('..', join(home, 'project/up'));
    put('project/compose.yaml', asksFor('up/secret.env'));
    isUnread(await wcalc(['check']));
  });

  test('is not read from the home directory, where that is where the user stands', async () => {
    put('project/compose.yaml', asksFor('../secret.env'));
    isUnread(await wcalc(['check', 'project/compose.yaml'], {}, '.'));
  });

  test('is refused where a file of a known name leads there', async () => {
    symlinkSync('../secret.env', join(home, 'project/gunicorn.conf.py'));
    const { code, err, out } = await wcalc(['check']);
    expect(code).toBe(3);
    expect(err).toContain('gunicorn.conf.py: is a link that leads out of the project');
    expect(out + err).not.toContain('hunter2');
  });

  test('is read where it is named', async () => {
    put('project/compose.yaml', asksFor('../secret.env'));
    expect((await wcalc(['check', 'compose.yaml', '../secret.env'])).all).toContain('739177');
  });
});

describe('what lies in the project is read', () => {
  const nested = compose('services: {web: {command: "gunicorn a:b", env_file: ../shop.env}}');

  test('from the working directory, where that holds the file', async () => {
    put('project/deploy/compose.yaml', nested);
    put('project/shop.env', 'WEB_CONCURRENCY=55\n');
    expect((await wcalc(['check', 'deploy/compose.yaml', '--cores', '1'])).all).toContain('55');
  });

  test('from the repository, wherever the user stands', async () => {
    put('project/deploy/compose.yaml', nested);
    put('project/shop.env', 'WEB_CONCURRENCY=55\n');
    mkdirSync(join(home, 'project/.git'));
    const argv = ['check', join(home, 'project/deploy/compose.yaml'), '--cores', '1'];
    expect((await wcalc(argv, {}, '.')).all).toContain('55');
  });
});
