import { UsageError } from '../../host/errors.js';
import type { Host } from '../../host/host.js';
import { DEFAULT_SERVER, serverNamed } from '../../servers/index.js';
import type { ObservedValue } from '../values.js';
import { asTyped } from '../values.js';
import { detect } from './detect.js';
import type { Detection, Found, Limits, SeenServer } from './types.js';

/** What was detected, by option: the machine of the one server where one runs, else of this process. */
export function observedValues(detection: Detection, pid?: number): ObservedValue[] {
  const server = chosenServer(detection, pid);
  return [...machineValues(server?.limits ?? detection.limits), ...(server ? serverValues(server) : [])];
}

/** What `wcalc plan --detect` takes: values and origins as if they had been typed. */
export async function detectValues(host: Host, root = '/') {
  return asTyped(observedValues(await detect(host, root)), 'detected');
}

/** The server with this master; without one asked for, the only one that runs. */
function chosenServer(detection: Detection, pid?: number): SeenServer | null {
  const { servers } = detection;
  if (pid === undefined) return servers.length === 1 ? servers[0]! : null;
  const found = servers.find((server) => server.master.pid === pid);
  if (found) return found;
  const running = servers.map((server) => server.master.pid).join(', ');
  throw new UsageError(`--pid: no server has the master process ${pid}; running: ${running || 'none'}`);
}

function machineValues(limits: Limits): ObservedValue[] {
  const [cpu] = limits.cpuLimits;
  const [memory] = limits.memoryLimits;
  const values: ObservedValue[] = [];
  if (cpu) values.push({ name: 'cores', text: String(cpu.cores), where: cpu.where });
  if (memory)
    values.push({ name: 'mem', text: mebibytes(memory.memoryMiB, Math.floor), where: memory.where });
  return values;
}

function serverValues(server: SeenServer): ObservedValue[] {
  const where = `${server.kind} ${server.master.pid}`;
  const values: ObservedValue[] = [];
  const add = (name: ObservedValue['name'], text: string, how: string) =>
    values.push({ name, text, where: `${where}, ${how}` });
  if (server.kind !== DEFAULT_SERVER.name) add('server', server.kind, 'running');
  const { memory } = server;
  if (memory) {
    const largest = `largest worker's ${memory.basis === 'uss' ? 'private memory (USS)' : 'RSS'}`;
    add('perWorker', mebibytes(memory.perWorkerMiB, Math.ceil), largest);
    if (memory.sharedMiB > 0) add('shared', mebibytes(memory.sharedMiB, Math.ceil), 'PSS less private pages');
    if (memory.masterMiB > 0) add('master', mebibytes(memory.masterMiB, Math.ceil), 'its own memory');
  }
  if (server.workers.length > 0) add('workers', String(server.workers.length), 'running');
  const settings: readonly (readonly [ObservedValue['name'], Found<unknown> | null])[] = [
    ['workerClass', server.workerClass],
    ['threads', server.threads],
    ['preload', server.preload],
    ...Object.entries(server.settings).map(
      ([name, found]) => [name as ObservedValue['name'], found] as const,
    ),
  ];
  for (const [name, found] of settings) {
    // Gunicorn's defaults are wcalc's too.
    if (found && (found.from !== 'default' || name === 'workerClass' || name === 'threads'))
      add(
        name,
        DURATIONS.has(name) ? `${Number(found.value) / 1000}s` : String(found.value),
        found.from === 'default' ? `${serverNamed(server.kind).title}'s default` : FROM[found.from],
      );
  }
  if (server.ioRatio !== null) add('ioRatio', String(Math.round(server.ioRatio * 1000) / 1000), 'watched');
  return values;
}

/** Settings held in ms. */
const DURATIONS: ReadonlySet<string> = new Set(['timeout', 'keepalive', 'queueTimeout']);

const FROM = {
  arguments: 'its arguments',
  environment: 'its environment',
  configuration: 'its configuration file',
  processes: 'judged by its processes',
} as const;

const mebibytes = (value: number, round: (n: number) => number) => `${round(value * 10) / 10}MiB`;
