import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isBuilt } from '../support/require-tool.js';
import { type CompositeAction, runAction } from './action-runner.js';

const root = resolve(import.meta.dirname, '../..');
const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as CompositeAction;

/** The comments of one pull request, as GitHub's API keeps them; those of `someone` may not be changed. */
const API = `
const comments = [];
require('node:http').createServer((request, response) => {
  let text = '';
  request.on('data', (part) => (text += part)).on('end', () => {
    const answer = (status, data) => response.writeHead(status).end(JSON.stringify(data));
    if (request.url === '/all') return answer(200, comments);
    if (request.url === '/stop') process.exit();
    if (request.headers.authorization !== 'Bearer secret') return answer(403, {});
    const { body } = text === '' ? {} : JSON.parse(text);
    const one = /^\\/repos\\/me\\/shop\\/issues\\/comments\\/(\\d+)$/.exec(request.url);
    if (request.method === 'PATCH' && one) {
      const found = comments[one[1]];
      if (found.user === 'someone') return answer(403, {});
      found.body = body;
      return answer(200, found);
    }
    if (!request.url.startsWith('/repos/me/shop/issues/7/comments')) return answer(404, {});
    if (request.method === 'POST') comments.push({ id: comments.length, body, user: request.headers['x-user'] ?? 'bot' });
    const page = Number(/&page=(\\d+)/.exec(request.url)?.[1] ?? 1);
    return answer(200, comments.slice(100 * (page - 1), 100 * page));
  });
}).listen(0, '127.0.0.1', function () { console.log(this.address().port); });
`;

interface Comment {
  readonly body: string;
}

let place = '';
let api: ChildProcess;
let address = '';
beforeEach(async () => {
  place = mkdtempSync(join(tmpdir(), 'wcalc-comment-'));
  api = spawn(process.execPath, ['-e', API], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = (await once(api.stdout!, 'data')) as [Buffer];
  address = `http://127.0.0.1:${String(port).trim()}`;
});
afterEach(() => {
  api.kill();
  rmSync(place, { recursive: true, force: true });
});

const comments = async () => (await (await fetch(`${address}/all`)).json()) as readonly Comment[];

const write = (body: string, user: string) =>
  fetch(`${address}/repos/me/shop/issues/7/comments`, {
    method: 'POST',
    headers: { authorization: 'Bearer secret', 'x-user': user },
    body: JSON.stringify({ body }),
  });

/** A repository whose last commit is a pull request's base, with `workers` changed since. */
function pullRequest(before: string | null, after: string): string {
  const workspace = join(place, 'workspace');
  mkdirSync(workspace, { recursive: true });
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], {
      cwd: workspace,
      encoding: 'utf8',
    }).trim();
  git('init', '--quiet');
  writeFileSync(join(workspace, 'README'), 'x\n');
  if (before !== null) writeFileSync(join(workspace, 'gunicorn.conf.py'), before);
  git('add', '-A');
  git('commit', '--quiet', '-m', 'base');
  writeFileSync(join(workspace, 'gunicorn.conf.py'), after);
  writeFileSync(
    join(place, 'event.json'),
    JSON.stringify({ pull_request: { number: 7, base: { sha: git('rev-parse', 'HEAD') } } }),
  );
  return workspace;
}

const runIn = (workspace: string, token = 'secret') =>
  runAction(
    action,
    { comment: 'true', args: '--mem=1024\n--per-worker=100\n--cores=2', 'node-version': '' },
    {
      action: root,
      workspace,
      temporary: place,
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        GITHUB_API_URL: address,
        GITHUB_REPOSITORY: 'me/shop',
        GITHUB_EVENT_PATH: join(place, 'event.json'),
      },
      foreign: () => ({ 'cache-hit': 'true' }),
      github: { token },
    },
  );

describe.runIf(isBuilt('dist/wcalc.cjs'))('the comment of a pull request', () => {
  it('says what changes, and is the same comment after the next push', async () => {
    const workspace = pullRequest('workers = 2\n', 'workers = 4\n');
    const first = runIn(workspace);
    expect([first.status, first.stderr]).toEqual([0, '']);
    const [comment, ...more] = await comments();
    expect(more).toEqual([]);
    expect(comment!.body).toContain('| gunicorn.conf.py | changed | 2 → 4 (+100%) |');
    expect(comment!.body).not.toContain(place);

    writeFileSync(join(workspace, 'gunicorn.conf.py'), 'workers = 3\n');
    expect(runIn(workspace).status).toBe(0);
    const after = await comments();
    expect(after).toHaveLength(1);
    expect(after[0]!.body).toContain('| 2 → 3 (+50%) |');
  });

  it('leaves the comments of others alone, whatever they begin with and however many there are', async () => {
    for (let n = 0; n < 120; n += 1) await write(n === 3 ? '<!-- wcalc . -->\nhello' : 'hello', 'someone');
    expect(runIn(pullRequest('workers = 2\n', 'workers = 4\n')).status).toBe(0);
    const all = await comments();
    expect(all).toHaveLength(121);
    expect(all[3]!.body).toBe('<!-- wcalc . -->\nhello');
  });

  it('shows a server that the pull request brings as new', async () => {
    expect(runIn(pullRequest(null, 'workers = 4\n')).status).toBe(0);
    expect((await comments())[0]!.body).toContain('| gunicorn.conf.py | new |');
  });

  it('says why there is none where it may not write, and the check goes on', async () => {
    const { status, stdout } = runIn(pullRequest('workers = 2\n', 'workers = 4\n'), 'other');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^::warning::wcalc: no comment: .*403/m);
    expect(await comments()).toEqual([]);
  });

  it('has nothing to say outside a pull request', async () => {
    const workspace = pullRequest('workers = 2\n', 'workers = 4\n');
    writeFileSync(join(place, 'event.json'), '{}');
    const { status, stdout } = runIn(workspace);
    expect(status).toBe(0);
    expect(stdout).toContain('no comment: this run is not of a pull request');
  });
});
