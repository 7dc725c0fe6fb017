import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasTool, isBuilt } from '../../support/require-tool.js';
import { exporter } from './exporter.js';

const SERVICE = {
  perSecond: 200,
  meanSeconds: 0.08,
  cpuSeconds: 0.02,
  memoryBytes: 150 * 1024 * 1024,
};
/** So many samples of each instance, a second apart, are there before it is asked about. */
const SAMPLES = 20;

const canRun = hasTool('prometheus') && isBuilt('bin/wcalc.cjs');

describe.skipIf(!canRun)("Debian's Prometheus that scrapes two instances of a service", () => {
  const folder = mkdtempSync(join(tmpdir(), 'wcalc-prometheus-'));
  const servers: Server[] = [];
  let prometheus: ChildProcess;
  let address: string;

  beforeAll(async () => {
    const targets = [await exporter(SERVICE), await exporter(SERVICE)];
    servers.push(...targets.map(({ server }) => server));
    writeFileSync(
      join(folder, 'prometheus.yml'),
      [
        'global: { scrape_interval: 1s }',
        'scrape_configs:',
        '  - job_name: web',
        '    static_configs:',
        `      - targets: [${targets.map(({ port }) => `'127.0.0.1:${port}'`).join(', ')}]`,
        '',
      ].join('\n'),
    );
    const port = await freePort();
    address = `http://127.0.0.1:${port}`;
    prometheus = spawn(
      'prometheus',
      [
        `--config.file=${join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      { stdio: 'ignore' },
    );
    while ((await fewestSamples(address)) < SAMPLES) await new Promise((done) => setTimeout(done, 300));
  }, 90_000);

  afterAll(() => {
    prometheus?.kill('SIGKILL');
    for (const server of servers) server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Beside the exporters of this process, which go on being scraped meanwhile. */
  const ask = (...more: readonly string[]) =>
    new Promise<{ stdout: string; stderr: string; status: number }>((done) => {
      const asked = ['fit', '--prometheus', address, '--since', '6s', '--step', '2s', '--json', ...more];
      execFile(process.execPath, ['bin/wcalc.cjs', ...asked], (error, stdout, stderr) =>
        done({ stdout, stderr, status: Number(error?.code ?? 0) }),
      );
    });

  test('the rate, the durations, the CPU time and the memory are those of the service', async () => {
    const { stdout, stderr, status } = await ask();
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const found = JSON.parse(stdout);
    expect(found.processes).toBe(2);
    expect(Math.abs(found.rate.meanPerSecond / (2 * SERVICE.perSecond) - 1)).toBeLessThan(0.15);
    expect(found.durations.meanMs / 80).toBeCloseTo(1, 1);
    expect(found.durations.cv.value).toBeCloseTo(1, 1);
    expect(found.durations.quantiles.p95.valueMs / (80 * Math.log(20))).toBeCloseTo(1, 1);
    expect(found.cpuMs).toBeCloseTo(20, 0);
    expect(found.ioRatio).toBeCloseTo(0.75, 1);
    expect(found.memory).toMatchObject({ processes: 2, largestMiB: 150 });
  });

  test('a query of the user’s own takes the place of the usual names', async () => {
    const { stdout, stderr } = await ask(
      '--query',
      'durations=sum by (le) (rate(http_request_duration_highr_seconds_bucket{job="web"}[4s]))',
    );
    expect(stderr).toBe('');
    const found = JSON.parse(stdout);
    expect(Math.abs(found.rate.meanPerSecond / (2 * SERVICE.perSecond) - 1)).toBeLessThan(0.15);
    expect(found.durations.meanIsExact).toBe(false);
    expect(found.durations.meanMs / 80).toBeCloseTo(1, 1);
  });

  test('what Prometheus says of a wrong query is said in one sentence', async () => {
    const { stderr, status } = await ask('--query', 'requests=sum(');
    expect(status).toBe(3);
    expect(stderr).toMatch(/^wcalc: http.*: cannot answer: .*parse error.*\n$/);
  });
});

/** Samples of the instance that has the fewest; 0 as long as Prometheus starts. */
async function fewestSamples(address: string): Promise<number> {
  const query = encodeURIComponent(
    'min(count_over_time(process_cpu_seconds_total[1m])) and on() count(up) == 2',
  );
  const answer = await fetch(`${address}/api/v1/query?query=${query}`).catch(() => null);
  if (!answer?.ok) return 0;
  const { data } = (await answer.json()) as { data: { result: { value: [number, string] }[] } };
  return Number(data.result[0]?.value[1] ?? 0);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}
