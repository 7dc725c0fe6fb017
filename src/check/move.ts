import type { Assumption } from '../profile/types.js';
import type { Deployment } from '../servers/deployments/deployment.js';
import { APPLICATION, type Server, type Start } from '../servers/server.js';
import { STARLETTE_THREADS } from '../servers/shapes/asgi.js';
import {
  type ChangedDefault,
  type LostSetting,
  type TranslatedSetting,
  translate,
} from '../servers/translation/translate.js';
import { type Facts, factsFor } from './facts.js';
import type { Question } from './question.js';

/** What a server takes and how it answers; null where something that it depends on is not known. */
export interface Measure {
  readonly server: string;
  readonly workers: number | null;
  readonly threads: number | null;
  readonly capacityPerSecond: number | null;
  readonly p95Ms: number | null;
  readonly memoryMiB: number | null;
}

/** A server as another one would run the same application. */
export interface Move {
  readonly name: string;
  readonly files: readonly string[];
  readonly settings: readonly TranslatedSetting[];
  readonly lost: readonly LostSetting[];
  readonly defaults: readonly ChangedDefault[];
  readonly before: Measure;
  readonly after: Measure;
  /** Why capacity, p95 and memory change, and what else must be known. */
  readonly why: readonly string[];
  readonly command: Pick<Start, 'program' | 'words' | 'application'>;
}

/** What becomes of a server's settings, capacity, times and memory where another server runs its application. */
export function moveTo(deployment: Deployment, to: Server, question: Question): Move {
  const now = factsFor(deployment, question);
  const { settings, lost, defaults, deployment: moved } = translate(deployment, now, to);
  const then = factsFor(moved, asAfter(question, now, to));
  const { program, words, application } = to.start(
    Object.fromEntries(settings.map(({ name, value }) => [name, value])),
  );
  return {
    name: deployment.name,
    files: deployment.files,
    settings,
    lost,
    defaults,
    before: measureOf(now),
    after: measureOf(then),
    why: reasons(now, then, question),
    command: { program, words, application: named(application, deployment, needsAsgi(now, to)) },
  };
}

/** The application by its own name, where it is known and can stay what it is. */
function named(words: readonly string[], { app }: Deployment, isOther: boolean): readonly string[] {
  if (isOther || !app?.known) return words;
  return words.map((word) => (word === APPLICATION ? app.value : word));
}

/** Code that was written for WSGI runs in threads of an ASGI server, and what workers shared is each one's where they are started afresh. */
function asAfter(question: Question, now: Facts, to: Server): Question {
  const { memory } = question;
  const perWorkerMiB = memory.perWorkerMiB === null ? null : memory.perWorkerMiB + memory.sharedMiB;
  return {
    ...question,
    handlers:
      question.handlers ?? (needsAsgi(now, to) ? { kind: 'threads', threads: STARLETTE_THREADS } : null),
    memory: to.spawns ? { ...memory, perWorkerMiB, sharedMiB: 0 } : memory,
  };
}

const needsAsgi = ({ kind }: Facts, to: Server): boolean =>
  kind.value?.application === 'wsgi' && !to.kinds.some(({ application }) => application === 'wsgi');

const measureOf = (facts: Facts): Measure => ({
  server: facts.deployment.server.name,
  workers: facts.workers.value,
  threads: facts.threads.value,
  capacityPerSecond: facts.prediction?.capacityPerSecond ?? null,
  p95Ms: facts.prediction?.p95Ms ?? null,
  memoryMiB: facts.memoryUsedMiB,
});

/** One sentence for each thing that makes the two differ. */
function reasons(now: Facts, then: Facts, question: Question): readonly string[] {
  const [from, to] = [now.deployment.server, then.deployment.server];
  const sentences = [
    `${from.title}: ${now.kind.value?.note ?? 'what runs its requests is not known'}.`,
    `${to.title}: ${then.kind.value?.note ?? 'what runs its requests is not known'}.`,
  ];
  if (needsAsgi(now, to))
    sentences.push(
      `${to.title} runs ASGI applications: the application must offer one, as Django's get_asgi_application() does. Its code is taken to run in ${STARLETTE_THREADS} threads per process; --handlers says otherwise.`,
    );
  if (now.workers.value !== then.workers.value)
    sentences.push(
      `${to.title} runs ${then.workers.value ?? '?'} of the ${now.workers.value ?? '?'} processes.`,
    );
  if (to.spawns && !from.spawns)
    sentences.push(
      `${from.title} forks its workers, which share what was loaded before; ${to.title} starts them afresh, so that each has all of it.`,
    );
  if (from.spawns && !to.spawns)
    sentences.push(`${to.title} forks its workers: with preload they share what was loaded before.`);
  if (now.prediction === null) sentences.push(missing(now, question));
  return sentences;
}

/** What must be given to have capacity and times compared. */
function missing({ cores, workers }: Facts, { workload }: Question): string {
  if (workers.value === null)
    return 'Capacity and p95 are not compared, because the number of workers is not known.';
  const needed = [
    ...(cores === null ? ['--cores'] : []),
    ...(workload === null ? ['--service-time (and --rate for p95)'] : []),
  ];
  return `Capacity and p95 are not compared: give ${needed.join(' and ')}.`;
}

export interface MoveResult {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'wcalc'; readonly version: string };
  /** The server that is moved to. */
  readonly to: string;
  readonly servers: readonly Move[];
  readonly assumptions: readonly Assumption[];
  readonly failures: readonly string[];
}
