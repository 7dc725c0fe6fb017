import type { Resources } from '../../files/platforms/service.js';
import type { Reading } from '../../files/reading.js';
import type { OptionName } from '../../input/options.js';
import type { Detection } from '../../observe/machine/types.js';
import { observedValues } from '../../observe/machine/values.js';
import type { ObservedValue } from '../../observe/values.js';
import type { Deployment } from '../../servers/deployments/deployment.js';
import { DEFAULT_SERVER } from '../../servers/index.js';
import { manualOf } from '../../servers/manuals.js';

/** A key of the configuration file with its value, and the sentence that stands above it. */
export interface Line {
  readonly name: OptionName;
  readonly value: string;
  readonly comment: string;
  /** False of a value that is only an example, or that the user must decide on: its line is commented out. */
  readonly isKnown: boolean;
}

/** What `wcalc init` writes, by subject. */
export interface Subject {
  readonly title: string;
  readonly lines: readonly Line[];
}

/** What the files and this machine tell of each option, and how to measure what they do not. */
export function subjectsOf(deployments: readonly Deployment[], detection: Detection): readonly Subject[] {
  const isRunning = detection.servers.length === 1;
  const here = new Map(observedValues(detection).map((value) => [value.name, value]));
  const seen: typeof here = isRunning ? here : new Map();
  const line = (name: OptionName, comment: string, example: string): Line => {
    const found = seen.get(name);
    return found ? observedLine(found) : { name, value: example, comment, isKnown: false };
  };
  return [
    {
      title: 'What the server may use',
      lines: [
        limitLine('cores', deployments, here.get('cores'), isRunning),
        limitLine('mem', deployments, here.get('mem'), isRunning),
      ],
    },
    {
      title: 'What a worker costs',
      lines: [
        line('perWorker', 'memory of a worker, measured beside the running server: wcalc detect', '150MiB'),
        ...['shared', 'master'].flatMap((name) => {
          const found = seen.get(name as OptionName);
          return found ? [observedLine(found)] : [];
        }),
      ],
    },
    { title: 'The server', lines: serverLines(deployments, seen) },
    {
      title: 'Requests',
      lines: [
        line('rate', 'requests per second at the busiest, of all replicas: wcalc fit access.log', '40/s'),
        line(
          'cpuTime',
          'CPU time of a request: wcalc fit --load-test, or wcalc fit access.log with wcalc detect --watch 60s',
          '20ms',
        ),
        line('ioTime', 'time that a request waits for databases and other services, as the CPU time', '60ms'),
        line('slo', 'what users are promised; a list, with p50, p90, p95, p99, mean and wait', '[p95<250ms]'),
      ],
    },
    {
      title: 'The database',
      lines: [
        line('dbPool', 'connections of one worker: size and overflow of its pool', '5'),
        line('dbMaxConnections', 'connections that the database allows: SHOW max_connections', '100'),
      ],
    },
  ];
}

const observedLine = ({ name, text, where }: ObservedValue): Line => ({
  name,
  value: text,
  comment: where,
  isKnown: true,
});

const LIMITS = {
  cores: {
    what: 'CPUs',
    read: ({ cpuLimit }: Resources) => cpuLimit,
    written: (value: number) => String(value),
    example: '2',
  },
  mem: {
    what: 'memory',
    read: ({ memoryLimitMiB }: Resources) => memoryLimitMiB,
    written: (value: number) => `${Math.floor(value)}MiB`,
    example: '1GiB',
  },
} as const;

/**
 * A limit: that of the files where all servers have the same, that of the running server, or this machine's, which only
 * the user can say is the server's. Where the files have several, `check` takes each server's own.
 */
function limitLine(
  name: keyof typeof LIMITS,
  deployments: readonly Deployment[],
  here: ObservedValue | undefined,
  isRunning: boolean,
): Line {
  const { what, read, written, example } = LIMITS[name];
  const limits = deployments.map((deployment) => ({ deployment, reading: read(deployment.resources) }));
  const known = limits.flatMap(({ deployment, reading }) =>
    reading?.known ? [{ text: written(reading.value), where: placeOf(deployment, reading) }] : [],
  );
  const [first] = known;
  if (first && known.length === limits.length && known.every(({ text }) => text === first.text))
    return { name, value: first.text, comment: `${what}: ${first.where}`, isKnown: true };
  if (first) {
    const each = known.map(({ text, where }) => `${text} of ${where}`).join('; ');
    const comment = `${what}: ${each}; check takes each server's own, plan asks for one`;
    return { name, value: first.text, comment, isKnown: false };
  }
  if (!here) return { name, value: example, comment: `${what} of the machine or container`, isKnown: false };
  if (isRunning) return { ...observedLine(here), comment: `${what}: ${here.where}, of the running server` };
  return {
    name,
    value: here.text,
    comment: `${what}: ${here.where}, of this machine; uncomment it where the server will run here`,
    isKnown: false,
  };
}

const placeOf = ({ name }: Deployment, { at }: Reading<unknown>): string => `${name}, ${at.file}:${at.line}`;

/** The server, its copies, and the numbers that it has today. */
function serverLines(
  deployments: readonly Deployment[],
  seen: ReadonlyMap<OptionName, ObservedValue>,
): readonly Line[] {
  const lines: Line[] = [];
  const [first] = deployments;
  const running = seen.get('server');
  if (
    first &&
    first.server !== DEFAULT_SERVER &&
    deployments.every(({ server }) => server === first.server)
  ) {
    const comment = `what ${first.at.file}:${first.at.line} starts`;
    lines.push({ name: 'server', value: first.server.name, comment, isKnown: true });
  } else if (!first && running) lines.push(observedLine(running));
  const copies = deployments.flatMap(({ copies: { replicas } }) => (replicas?.known ? [replicas] : []));
  const [replicas] = copies;
  if (
    first &&
    replicas &&
    copies.length === deployments.length &&
    copies.every(({ value }) => value === replicas.value)
  )
    lines.push({
      name: 'replicas',
      value: String(replicas.value),
      comment: `copies: ${placeOf(first, replicas)}`,
      isKnown: true,
    });
  const workers =
    first && deployments.length === 1 ? manualOf(first.server).running(first).workers.value : null;
  if (first && workers !== null)
    lines.push({
      name: 'workers',
      value: String(workers),
      comment: `as ${first.at.file}:${first.at.line} has them; with them plan sets these beside what it recommends`,
      isKnown: false,
    });
  return lines;
}
