import { describe, expect, test } from 'vitest';
import { diffFindings } from '../../src/check/diff.js';
import { run } from '../../src/main.js';
import { madeUpHost } from '../made-up-host.js';

const finding = (rule: string, server: string, message = '') => ({ rule, server, message }) as never;

describe('findings before and after', () => {
  test('belong together by rule and server, each once', () => {
    const [a, b, c] = [finding('x', 'web'), finding('x', 'api'), finding('y', 'web')];
    expect(diffFindings([a, b], [finding('x', 'web', 'other numbers'), c], false)).toEqual({
      added: [c],
      remaining: [finding('x', 'web', 'other numbers')],
      ended: [b],
    });
    expect(diffFindings([a], [a, finding('x', 'web', 'again')], false)).toEqual({
      added: [finding('x', 'web', 'again')],
      remaining: [a],
      ended: [],
    });
  });

  test('of a single server on each side belong together by rule, whatever it is called', () => {
    const [old, renamed] = [finding('x', 'web'), finding('x', 'app')];
    expect(diffFindings([old], [renamed], true)).toEqual({ added: [], remaining: [renamed], ended: [] });
    expect(diffFindings([old], [renamed], false)).toEqual({ added: [renamed], remaining: [], ended: [old] });
  });
});

describe('servers before and after', () => {
  const service = (name: string, workers: number, cpus: number) =>
    `  ${name}:\n    command: gunicorn a:b -w ${workers}\n    deploy: {resources: {limits: {cpus: "${cpus}", memory: 1G}}}\n`;
  const diff = async (before: string, after: string) => {
    const files = { 'a/compose.yaml': `services:\n${before}`, 'b/compose.yaml': `services:\n${after}` };
    const { host, out, err } = madeUpHost(['check', '--diff', ...Object.keys(files), '--json'], { files });
    expect([0, 1], err()).toContain(await run(host));
    return JSON.parse(out()).servers as readonly {
      readonly name: string;
      readonly change: string;
      readonly quantities: readonly {
        readonly quantity: string;
        readonly before: unknown;
        readonly after: unknown;
      }[];
    }[];
  };

  test('are the same where no quantity differs, and name those that do', async () => {
    const [same] = await diff(service('web', 2, 1), service('web', 2, 1));
    expect(same!.change).toBe('same');
    const [changed] = await diff(service('web', 2, 1), service('web', 3, 2));
    expect(changed!.change).toBe('changed');
    expect(changed!.quantities).toContainEqual({ quantity: 'workers', before: 2, after: 3 });
    expect(changed!.quantities).toContainEqual({ quantity: 'cores', before: 1, after: 2 });
    expect(changed!.quantities).toContainEqual({ quantity: 'memoryLimitMiB', before: 1024, after: 1024 });
  });

  test('are added or removed, with what is known of one side', async () => {
    const servers = await diff(
      service('web', 2, 1) + service('old', 4, 1),
      service('web', 2, 1) + service('new', 5, 1),
    );
    const of = (name: string) => servers.find((server) => server.name.includes(name))!;
    expect(of('new').change).toBe('added');
    expect(of('new').quantities).toContainEqual({ quantity: 'workers', before: null, after: 5 });
    expect(of('old').change).toBe('removed');
    expect(of('old').quantities).toContainEqual({ quantity: 'workers', before: 4, after: null });
    // What is known of neither side is left out.
    for (const { quantities } of servers)
      for (const { before, after } of quantities) expect(before === null && after === null).toBe(false);
  });
});
