import type { CommandSpec } from '../input/command.js';
import { checkOptions } from '../input/options/check.js';
import { detectOptions } from '../input/options/detect.js';
import { fitOptions } from '../input/options/fit.js';
import { machineOptions } from '../input/options/machine.js';
import { outputOptions } from '../input/options/output.js';
import { queueOptions } from '../input/options/queue.js';
import { requestOptions } from '../input/options/request.js';
import { serverOptions } from '../input/options/server.js';
import { simulateOptions } from '../input/options/simulate.js';
import { sweepOptions } from '../input/options/sweep.js';
import type { OptionName } from '../input/options.js';

const names = <K extends OptionName>(
  ...tables: readonly Readonly<Partial<Record<K, unknown>>>[]
): OptionName[] => tables.flatMap((table) => Object.keys(table) as OptionName[]);

/** The options of output that a command takes, in the order of their table. */
const outputOf = (...wanted: readonly (keyof typeof outputOptions)[]): Partial<typeof outputOptions> =>
  Object.fromEntries(Object.entries(outputOptions).filter(([name]) => wanted.some((one) => one === name)));

/** How any answer is printed. */
const PRINTED = ['json', 'format', 'output', 'color', 'width'] as const;

const serverOf = <K extends keyof typeof serverOptions>(...wanted: readonly K[]) =>
  Object.fromEntries(wanted.map((name) => [name, serverOptions[name]])) as Pick<typeof serverOptions, K>;

/** Every command, in the order of the help. */
export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'plan',
    summary: 'recommend a configuration and compare the alternatives (default command)',
    positionals: [],
    options: names(machineOptions, requestOptions, serverOptions, outputOptions),
    examples: [
      {
        command: 'wcalc --cores 4 --mem 1024 --per-worker 256',
        does: 'workers, threads and class for a machine',
      },
      {
        command:
          "wcalc --cores 500m --mem 512Mi --per-worker 120 --io-ratio 90% --rate 40/s --slo 'p95<250ms'",
        does: 'for a small pod, so that 95% of the requests are answered within 250 ms',
      },
      {
        command: 'wcalc --cores 4 --mem 1024 --per-worker 256 --json',
        does: 'the same for a program to read',
      },
    ],
    load: () => import('./plan/run.js'),
  },
  {
    name: 'queue',
    summary: 'one textbook queue by its Kendall name',
    positionals: [
      {
        name: 'model',
        help: 'M/M/c, M/M/c/K, M/D/c, M/G/1, M/G/1-PS, M/G/c, GI/M/c, G/G/c, M/M/c//N, closed',
        required: false,
        repeatable: false,
      },
    ],
    options: [
      ...names(queueOptions),
      'rate',
      'serviceTime',
      'cv',
      'slo',
      ...names(outputOf('batch', 'config', 'quiet', ...PRINTED)),
    ],
    examples: [
      {
        command: 'wcalc queue M/M/c --servers 10 --rate 8 --service-time 1s',
        does: 'waiting and response times of ten servers',
      },
      {
        command: "wcalc queue M/M/c --slo 'p95Wait<50ms' --rate 120 --service-time 85ms",
        does: 'the fewest servers with which 95% wait for less than 50 ms',
      },
      {
        command: 'wcalc queue closed --population 20 --think-time 1s --demand 200ms --demand 400ms@8',
        does: 'a closed network of one server and a group of eight',
      },
    ],
    load: () => import('./queue/run.js'),
  },
  {
    name: 'check',
    summary: 'judge existing configuration files against the resources and the objective; for CI',
    positionals: [
      {
        name: 'file',
        help: 'gunicorn.conf.py, Procfile, Dockerfile, compose or Kubernetes YAML, systemd unit, .env, script, or a directory; without any, the known names of the working directory',
        required: false,
        repeatable: true,
      },
    ],
    options: [
      ...names(checkOptions, machineOptions, requestOptions),
      'machineCores',
      ...names(serverOf('gunicorn', 'gil', 'replicas', 'dbPool', 'dbMaxConnections', 'websockets', 'proxy')),
      ...names(outputOf('config', 'profile', 'detect', 'explain', 'quiet', ...PRINTED)),
    ],
    examples: [
      {
        command: 'wcalc check --cores 2 --mem 1GiB --per-worker 200',
        does: 'the files of this directory against a machine',
      },
      {
        command: "wcalc check compose.yaml Dockerfile --rate 80/s --service-time 60ms --slo 'p95<250ms'",
        does: 'and against an objective; limits are read from the files',
      },
      { command: 'wcalc check --diff main/ branch/ --format markdown', does: 'what a change does' },
    ],
    load: () => import('./check/run.js'),
  },
  {
    name: 'detect',
    summary: 'read cores, memory limits and running servers from this machine or container',
    positionals: [],
    options: names(detectOptions, outputOf('quiet', ...PRINTED)),
    examples: [
      { command: 'wcalc detect', does: 'limits in force and running servers' },
      { command: 'wcalc detect --format yaml > wcalc.yaml', does: 'keep what was found for plan and check' },
    ],
    load: () => import('./detect/run.js'),
  },
  {
    name: 'fit',
    summary: 'learn the workload (rate, service-time distribution, I/O share) from access logs',
    positionals: [
      { name: 'log', help: 'access log, plain or gzip; - is stdin', required: true, repeatable: true },
    ],
    options: [
      ...names(fitOptions),
      'cores',
      ...([
        'ioRatio',
        'serviceTime',
        'cpuTime',
        'ioTime',
        'cv',
        'cpuCv',
        'ioCv',
        'overhead',
        'ioCalls',
      ] as const),
      ...names(
        serverOf(
          ...(['workerClass', 'workers', 'threads', 'workerConnections', 'backlog'] as const),
          ...(['timeout', 'keepalive', 'gunicorn', 'gil'] as const),
        ),
        outputOf('detect', 'quiet', ...PRINTED),
      ),
    ],
    examples: [
      { command: 'wcalc fit access.log', does: 'rate, service times, routes, skew between workers' },
      {
        command: 'wcalc fit access.log* --format yaml > profile.yaml',
        does: 'a profile for wcalc plan --profile',
      },
    ],
    load: () => import('./fit/run.js'),
  },
  {
    name: 'simulate',
    summary: 'discrete-event simulation of the same system that plan models, with confidence intervals',
    positionals: [],
    options: [
      'cores',
      ...names(
        requestOptions,
        serverOptions,
        simulateOptions,
        outputOf('batch', 'config', 'profile', 'quiet', ...PRINTED),
      ),
    ],
    examples: [
      {
        command: 'wcalc simulate --cores 4 --workers 4 --threads 8 --cpu-time 10ms --io-time 40ms --rate 200',
        does: 'response times with 95 % intervals',
      },
      {
        command: 'wcalc simulate --cores 2 --workers 4 --trace requests.csv.gz',
        does: 'the same requests as were measured',
      },
    ],
    load: () => import('./simulate/run.js'),
  },
  {
    name: 'sweep',
    summary: 'vary one or two inputs, show the curve (table and chart)',
    positionals: [],
    options: names(
      machineOptions,
      requestOptions,
      serverOptions,
      sweepOptions,
      outputOf('config', 'profile', 'chart', 'quiet', ...PRINTED),
    ),
    examples: [
      {
        command: 'wcalc sweep --cores 2 --workers 4 --service-time 80ms --vary rate=5..60',
        does: 'p95 against the rate',
      },
      {
        command: "wcalc sweep --cores 2 --workers 4 --service-time 80ms --find 'rate where p95=250ms'",
        does: 'how much it holds',
      },
    ],
    rewrite: async (argv) => (await import('./sweep/uncertain.js')).rangesAsUncertain(argv),
    load: () => import('./sweep/run.js'),
  },
  {
    name: 'explain',
    summary: 'the rule, formula, source and limits behind a name that wcalc prints',
    positionals: [{ name: 'topic', help: 'a name that wcalc prints', required: false, repeatable: true }],
    options: names(machineOptions, requestOptions, serverOptions, outputOf('config', 'profile', ...PRINTED)),
    examples: [
      { command: 'wcalc explain', does: 'list the topics' },
      {
        command: 'wcalc explain cpu-heuristic memory-bound --cores 4 --mem 1024 --per-worker 256',
        does: 'why two strategies disagree, with your numbers',
      },
    ],
    load: () => import('./explain/run.js'),
  },
  {
    name: 'completion',
    summary: 'print shell completion',
    positionals: [
      {
        name: 'shell',
        help: 'the shell to complete for',
        required: true,
        repeatable: false,
        choices: ['bash', 'zsh', 'fish'],
      },
    ],
    options: [],
    examples: [
      {
        command: 'source <(wcalc completion bash)',
        does: 'complete commands, options and values in this shell',
      },
    ],
    load: () => import('./completion/run.js'),
  },
  {
    name: 'help',
    summary: 'explain a command or an option',
    positionals: [{ name: 'topic', help: 'a command or an option', required: false, repeatable: false }],
    options: ['color', 'width'],
    examples: [{ command: 'wcalc help io-ratio', does: 'all about one option' }],
    load: () => import('./help/run.js'),
  },
];
