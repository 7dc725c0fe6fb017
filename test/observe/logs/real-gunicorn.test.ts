import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../../src/main.js';
import { GUNICORN_FORMAT } from '../../../src/observe/logs/refusals.js';
import { hasTool } from '../../support/require-tool.js';
import { binaryHost } from './binary-host.js';

/** Waits 20 ms, or 60 ms for every fourth item. */
const APPLICATION = `
import time
def app(environ, start_response):
    item = environ['PATH_INFO'].rsplit('/', 1)[1]
    time.sleep(0.06 if int(item) % 4 == 0 else 0.02)
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'ok']
`;
const REQUESTS = 80;

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

const request = (port: number, path: string) =>
  new Promise<boolean>((resolve) => {
    get({ port, path, agent: false }, (response) => response.resume().on('end', () => resolve(true))).on(
      'error',
      () => resolve(false),
    );
  });

test.runIf(hasTool('/usr/bin/gunicorn'))(
  'the log of a real Gunicorn with the format that wcalc asks for is recognised and gives the times of its requests',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wcalc-log-'));
    const port = await freePort();
    writeFileSync(join(folder, 'app.py'), APPLICATION);
    const log = join(folder, 'access.log');
    const options = ['--bind', `127.0.0.1:${port}`, '-w', '2', '--access-logfile', log];
    const child = spawn('/usr/bin/gunicorn', [...options, '--access-logformat', GUNICORN_FORMAT, 'app:app'], {
      cwd: folder,
      stdio: 'ignore',
    });
    try {
      while (!(await request(port, '/ready/1'))) await new Promise((resolve) => setTimeout(resolve, 50));
      for (let n = 0; n < REQUESTS; n += 2)
        await Promise.all([request(port, `/items/${n}`), request(port, `/items/${n + 1}?q=1`)]);
      await new Promise((resolve) => setTimeout(resolve, 200));
      const { host, out, err } = binaryHost(['fit', 'access.log', '--json'], {
        'access.log': readFileSync(log),
      });
      expect(await run(host), err()).toBe(0);
      const { log: head, service, routes, processes } = JSON.parse(out());
      expect(head).toMatchObject({ requests: REQUESTS + 1, brokenLines: 0, basis: 'service' });
      expect(routes.map((route: { route: string }) => route.route)).toEqual([
        'GET /items/:id',
        'GET /ready/:id',
      ]);
      expect(processes.count).toBe(2);
      // 20 ms and 60 ms, and what a busy machine adds.
      expect(service.p50Ms).toBeGreaterThanOrEqual(20);
      expect(service.minMs).toBeGreaterThanOrEqual(20);
      expect(service.meanMs).toBeGreaterThan(29);
      expect(service.p50Ms).toBeLessThan(60);
    } finally {
      child.kill('SIGTERM');
      await new Promise((resolve) => child.on('close', resolve));
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
