import { describe, expect, it } from 'vitest';
import { run } from '../../../src/main.js';
import { madeUpHost } from '../../made-up-host.js';

const INI = `[uwsgi]
processes = 4
threads = 2
harakiri = 30
reload-on-rss = 512
http-socket = :8000
module = shop.wsgi:application
`;

async function move(to: string, ...options: string[]) {
  const made = madeUpHost(['check', 'uwsgi.ini', '--to', to, ...options], { files: { 'uwsgi.ini': INI } });
  const code = await run(made.host);
  return { code, out: made.out(), err: made.err() };
}

const WORKLOAD = [
  '--cores',
  '2',
  '--service-time',
  '60ms',
  '--rate',
  '20/s',
  '--per-worker',
  '150',
  '--shared',
  '80',
];

interface Result {
  servers: {
    settings: { name: string; value: unknown; from: { name: string; at: { line: number } } | null }[];
    lost: { name: string; why: string }[];
    before: { capacityPerSecond: number; p95Ms: number; memoryMiB: number };
    after: { capacityPerSecond: number; p95Ms: number; memoryMiB: number };
    command: { program: string; words: string[]; application: string[] };
  }[];
}
const json = async (to: string, ...options: string[]): Promise<Result['servers'][number]> =>
  (JSON.parse((await move(to, ...options, '--json')).out) as Result).servers[0]!;

describe('check --to', () => {
  it('translates each setting from its place', async () => {
    const { settings, command } = await json('gunicorn');
    expect(settings.map(({ name, value, from }) => [name, value, from?.at.line])).toEqual([
      ['workers', 4, 2],
      ['threads', 2, 3],
      ['timeout', 30, 4],
      ['bind', '0.0.0.0:8000', 6],
    ]);
    expect(command.application).toEqual(['shop.wsgi:application']);
  });
  it('names what has no counterpart, with the reason', async () => {
    const { lost } = await json('granian');
    expect(lost.find(({ name }) => name === 'harakiri')?.why).toBe(
      'Granian: it ends no request: set a limit in the proxy',
    );
  });
  it('compares capacity, p95 and memory: what workers shared is each one’s where they are started afresh', async () => {
    const { before, after } = await json('granian', ...WORKLOAD);
    expect(before.memoryMiB).toBe(4 * 150 + 80);
    expect(after.memoryMiB).toBe(4 * (150 + 80));
    expect(after.p95Ms).toBeGreaterThan(before.p95Ms);
    expect(before.capacityPerSecond).toBeGreaterThan(0);
  });
  it('says what must be given to compare them', async () => {
    expect((await move('uvicorn')).out).toContain('give --cores and --service-time');
  });
  it.each([
    [['any'], 2, /--to: any is no server to move to/],
    [['nginx'], 2, /--to: "nginx" is not known/],
    [['uvicorn@9'], 2, /--to: "uvicorn@9" is not a version/],
    [['uwsgi'], 3, /runs on uWSGI already/],
    [
      ['granian', '--format', 'sarif'],
      2,
      /--format: "sarif" is not a format; accepted: text, table, json, yaml/,
    ],
  ])('refuses %j', async ([to = '', ...options], code, message) => {
    const answer = await move(to, ...options);
    expect([answer.code, answer.out]).toEqual([code, '']);
    expect(answer.err).toMatch(message);
  });
});
