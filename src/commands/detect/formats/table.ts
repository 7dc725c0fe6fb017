import type { Limits, SeenServer, ServerProcess } from '../../../observe/machine/types.js';
import type { RenderContext } from '../../../output/deliver.js';
import { table } from '../../../output/table.js';
import { mebibytes, percent, significant, UNKNOWN } from '../../../text/numbers.js';
import { printable } from '../../../text/printable.js';
import { labelled, wrap } from '../../../text/wrap.js';
import type { DetectResult } from '../result.js';

/** What was found, for people. */
export function detectTable({ detection, observed }: DetectResult, context: RenderContext): string {
  const { style } = context;
  const parts = [limitsText(detection.limits, context)];
  for (const server of detection.servers) parts.push(serverText(server, detection.limits, context));
  if (detection.servers.length === 0)
    parts.push(wrap('No running Gunicorn or Uvicorn server seen.', context.width));
  if (observed.length > 0 && !context.quiet)
    parts.push(
      style.faint(
        wrap(
          'Plan with these values: wcalc --detect. Keep them: wcalc detect --format yaml > wcalc.yaml',
          context.width,
        ),
      ),
    );
  return parts.join('\n\n');
}

function limitsText(limits: Limits, context: RenderContext): string {
  const { style } = context;
  const rows = [
    ...limits.cpuLimits.map(
      (limit, n) => ['CPU', coresText(limit.cores), limit.kind, n === 0, limit.where] as const,
    ),
    ...limits.memoryLimits.map(
      (limit, n) => ['memory', mebibytes(limit.memoryMiB), limit.kind, n === 0, limit.where] as const,
    ),
  ];
  const inForce = rows
    .filter((row) => row[3])
    .map(([what, value, kind, , where]) =>
      labelled(what, `${style.good(value)}, ${KINDS[kind]}, read from ${printable(where)}`, {
        width: context.width,
        column: 8,
        mark: style.strong,
      }),
    );
  const others = rows.filter((row) => !row[3]);
  const shown = table({
    columns: [
      { title: 'Looser' },
      { title: 'Limit', align: 'right' },
      { title: 'Kind', dropFirst: 1 },
      { title: 'Read from', dropFirst: 2 },
    ],
    rows: others.map(([what, value, kind, , where]) => [what, value, KINDS[kind], printable(where)]),
    width: context.width,
    style,
    unicode: context.unicode,
  });
  const lines = evidence(limits).map((line) => wrap(line, context.width, '  '));
  return [...inForce, ...lines, ...(others.length > 0 ? ['', shown] : [])].join('\n');
}

const coresText = (cores: number): string => `${significant(cores, 4)} ${cores === 1 ? 'core' : 'cores'}`;

const KINDS = {
  online: 'CPUs online',
  affinity: 'CPU affinity',
  cpuset: 'cpuset',
  quota: 'CPU quota',
  physical: 'physical memory',
  max: 'hard limit',
  high: 'soft limit (slows)',
} as const;

function evidence(limits: Limits): string[] {
  const lines: string[] = [];
  const { cgroup, throttling, memoryUsedMiB, outOfMemoryKills } = limits;
  const group = cgroup.path === null ? '' : `, ${printable(cgroup.path)}`;
  lines.push(`control groups: ${cgroup.version}${cgroup.runtime ? ` (${cgroup.runtime})` : ''}${group}`);
  if (memoryUsedMiB !== null) lines.push(`memory in use by the control group: ${mebibytes(memoryUsedMiB)}`);
  for (const { periods, throttledPeriods, throttledSeconds, where } of throttling) {
    lines.push(
      `throttled in ${percent(throttledPeriods / periods)} of ${periods} periods, ${significant(throttledSeconds)} s in all (${printable(where)})`,
    );
  }
  if (outOfMemoryKills) lines.push(`killed for memory: ${outOfMemoryKills} times`);
  return lines;
}

function serverText(server: SeenServer, machine: Limits, context: RenderContext): string {
  const { style } = context;
  const title = style.strong(`${server.kind} ${printable(server.application ?? '')}`.trim());
  const apart = server.workers.filter((worker) => worker.pid !== server.master.pid);
  const rows = [
    processRow(apart.length > 0 || server.workerClass !== null ? 'master' : 'server', server.master),
    ...apart.map((worker) => processRow('worker', worker)),
  ];
  const processes = table({
    columns: [
      { title: 'Process' },
      { title: 'PID', align: 'right' },
      { title: 'RSS', align: 'right' },
      { title: 'PSS', align: 'right', dropFirst: 1 },
      { title: 'USS', align: 'right' },
      { title: 'Peak RSS', align: 'right', dropFirst: 2 },
      { title: 'Threads', align: 'right', dropFirst: 3 },
      { title: 'Age', align: 'right', dropFirst: 4 },
      { title: 'CPU', align: 'right', dropFirst: 5 },
    ],
    rows,
    width: context.width,
    style,
    unicode: context.unicode,
  });
  return [
    wrap(`${title}  ${settingsText(server)}`, context.width, '  '),
    processes,
    ...[...memoryText(server), ...ownLimits(server, machine)].map((line) => wrap(line, context.width, '  ')),
  ].join('\n');
}

const processRow = (role: string, process: ServerProcess): string[] => [
  role,
  String(process.pid),
  mebibytes(process.rssMiB),
  mebibytes(process.pssMiB),
  mebibytes(process.ussMiB),
  mebibytes(process.peakRssMiB),
  String(process.threads),
  process.ageSeconds === null ? UNKNOWN : age(process.ageSeconds),
  `${significant(process.cpuSeconds)} s`,
];

function age(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${significant(seconds / 3600, 2)} h` : `${Math.round(seconds / 86_400)} d`;
}

function settingsText(server: SeenServer): string {
  const parts = [`${server.workers.length} ${server.workers.length === 1 ? 'worker' : 'workers'}`];
  if (server.workerClass) parts.push(`class ${server.workerClass.value}`);
  if (server.threads && server.threads.value > 1) parts.push(`${server.threads.value} threads`);
  if (server.preload) parts.push(server.preload.value ? 'preloaded' : 'not preloaded');
  return parts.join(', ');
}

function memoryText(server: SeenServer): string[] {
  const lines: string[] = [];
  const { memory, growth } = server;
  if (memory) {
    const basis = memory.basis === 'uss' ? 'private, largest worker' : 'RSS, largest worker';
    lines.push(
      `memory: ${mebibytes(memory.perWorkerMiB)} per worker (${basis}), ${mebibytes(memory.sharedMiB)} shared, ${mebibytes(memory.masterMiB)} master; ${mebibytes(memory.totalMiB)} in all`,
    );
  }
  if (growth) {
    lines.push(
      `watched ${significant(growth.watchedSeconds)} s: growth ${significant(growth.perWorkerMiBPerHour)} MiB per worker and hour, peak ${mebibytes(growth.peakPerWorkerMiB)} per worker, ${mebibytes(growth.peakTotalMiB)} in all`,
    );
  }
  if (server.ioRatio !== null) lines.push(`I/O ratio while watched: ${percent(server.ioRatio)}`);
  return lines;
}

/** A server in a control group of its own may be limited otherwise than we are. */
function ownLimits({ limits }: SeenServer, machine: Limits): string[] {
  if (limits.cores === machine.cores && limits.memoryMiB === machine.memoryMiB) return [];
  const [cpu] = limits.cpuLimits;
  const [memory] = limits.memoryLimits;
  const parts = [];
  if (cpu) parts.push(`${coresText(cpu.cores)} (${printable(cpu.where)})`);
  if (memory) parts.push(`${mebibytes(memory.memoryMiB)} (${printable(memory.where)})`);
  return parts.length > 0 ? [`its own limits: ${parts.join(', ')}`] : [];
}
