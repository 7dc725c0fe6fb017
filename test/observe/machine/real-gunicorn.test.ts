import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeHost } from '../../../src/host/node-host.js';
import { detect } from '../../../src/observe/machine/detect.js';
import type { SeenServer } from '../../../src/observe/machine/types.js';
import { hasTool } from '../../support/require-tool.js';

/** An application with 30 MiB of data that is never written again. */
const APPLICATION = `
DATA = [bytes(1000) + str(n).encode() for n in range(30000)]
def app(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'ok']
`;

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

/** Starts Debian's Gunicorn and waits until detect sees its workers with the application loaded. */
async function start(
  folder: string,
  options: readonly string[],
): Promise<{ child: ChildProcess; server: SeenServer }> {
  const bind = ['--bind', `127.0.0.1:${await freePort()}`];
  const child = spawn('/usr/bin/gunicorn', [...bind, ...options, 'app:app'], {
    cwd: folder,
    stdio: 'ignore',
  });
  for (let attempt = 0; attempt < 100; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { servers } = await detect(nodeHost());
    const server = servers.find((one) => one.master.pid === child.pid);
    if (server?.workers.length === 2 && server.workers.every((worker) => worker.rssMiB > 40)) {
      // Let the workers come to rest, so that two readings of their memory agree.
      await new Promise((resolve) => setTimeout(resolve, 500));
      const again = await detect(nodeHost());
      return { child, server: again.servers.find((one) => one.master.pid === child.pid)! };
    }
  }
  throw new Error('Gunicorn did not start');
}

/** smaps_rollup read by other means. */
function rollup(pid: number): { rss: number; pss: number; uss: number } {
  const sums: Record<string, number> = {};
  for (const line of readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8').split('\n')) {
    const [name, kB] = line.split(/:\s+/);
    if (name && kB) sums[name] = Number.parseInt(kB, 10) / 1024;
  }
  return { rss: sums.Rss!, pss: sums.Pss!, uss: sums.Private_Clean! + sums.Private_Dirty! };
}

describe.runIf(hasTool('/usr/bin/gunicorn'))("Debian's Gunicorn", () => {
  const folder = mkdtempSync(join(tmpdir(), 'wcalc-gunicorn-'));
  const children: ChildProcess[] = [];
  let plain: SeenServer;
  let preloaded: SeenServer;

  beforeAll(async () => {
    writeFileSync(join(folder, 'app.py'), APPLICATION);
    const first = await start(folder, ['-w', '2']);
    children.push(first.child);
    plain = first.server;
    const second = await start(folder, ['--workers=2', '--preload', '-k', 'gthread', '--threads', '3']);
    children.push(second.child);
    preloaded = second.server;
  });

  afterAll(() => {
    for (const child of children) child.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  test('is found with its class, workers, threads and application', () => {
    expect(plain).toMatchObject({
      kind: 'gunicorn',
      application: 'app:app',
      workerClass: { value: 'sync', from: 'default' },
      threads: { value: 1 },
      preload: { value: false },
    });
    expect(preloaded).toMatchObject({
      workerClass: { value: 'gthread', from: 'arguments' },
      threads: { value: 3 },
      preload: { value: true },
    });
    for (const { workers } of [plain, preloaded])
      for (const { ageSeconds } of workers) expect(ageSeconds).toBeLessThan(60);
  });

  test('memory per process agrees with smaps_rollup read independently', async () => {
    const pids = [plain.master.pid, preloaded.master.pid];
    // Anew, for the two servers share pages of libraries.
    const { servers } = await detect(nodeHost());
    for (const server of servers.filter((one) => pids.includes(one.master.pid))) {
      for (const { pid, rssMiB, pssMiB, ussMiB } of [server.master, ...server.workers]) {
        const { rss, pss, uss } = rollup(pid);
        // Whatever else starts or ends in between shares pages too, so PSS and USS may move a little.
        expect(Math.abs(rssMiB - rss)).toBeLessThan(1);
        expect(Math.abs(pssMiB! - pss)).toBeLessThan(1);
        expect(Math.abs(ussMiB! - uss)).toBeLessThan(1);
      }
    }
  });

  test('with preload the data is shared once, without it every worker holds its own', () => {
    expect(plain.memory!.basis).toBe('rss');
    expect(plain.memory!.perWorkerMiB).toBeGreaterThan(45);
    expect(preloaded.memory!.basis).toBe('uss');
    expect(preloaded.memory!.sharedMiB).toBeGreaterThan(20);
    expect(preloaded.memory!.perWorkerMiB).toBeLessThan(20);
    const { perWorkerMiB, sharedMiB, masterMiB, totalMiB } = preloaded.memory!;
    const explained = sharedMiB + masterMiB + 2 * perWorkerMiB;
    expect(Math.abs(explained - totalMiB) / totalMiB).toBeLessThan(0.1);
  });
});
