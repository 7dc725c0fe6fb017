import { UsageError } from '../../host/errors.js';
import type { Values } from '../../input/options.js';
import type { RunningServer } from '../../observe/logs/analyse.js';
import { kindsFor, serverAsked } from '../../profile/server-asked.js';
import { kindOfClass } from '../../servers/index.js';

/** Throws where no one server is named: what ran is one. */
export function requireOneServer({ server }: Values): void {
  if (server === 'any')
    throw new UsageError('--server: any is no server that ran; give the one that did, or leave it out');
}

/** What the user says of the server that ran. */
export function runningServer(values: Values): RunningServer {
  requireOneServer(values);
  const workerClass = values.workerClass && values.workerClass !== 'auto' ? values.workerClass : null;
  const kind = workerClass
    ? kindOfClass(workerClass)
    : values.server && kindsFor(values, serverAsked(values).name)[0];
  return {
    workerClass,
    workers: values.workers ?? null,
    threads: values.threads ?? kind?.fixedThreads ?? null,
    concurrency: kind?.concurrency ?? null,
  };
}
