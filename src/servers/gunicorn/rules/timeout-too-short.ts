import { milliseconds } from '../../../text/sentences.js';
import type { ServerRule, Violation } from '../../rule.js';

export const timeoutTooShort: ServerRule = {
  severity: 'warning',
  title: 'timeout below real requests',
  summary: 'requests that take longer than timeout happen, and the sync class kills them',
  why: 'For sync the timeout is a limit on a request: the worker is killed in the middle, the client gets an error, and a new worker must start. For other classes it only watches that the process is alive.',
  fix: 'Set timeout above the slowest request that is legitimate, or move slow work to a queue.',
  source:
    'measured on Gunicorn: timeout 2 s and a request of 5 s is killed by sync, answered by gthread and asgi',
  check({ kind, timeoutSeconds, prediction, question }) {
    if (kind.value?.name !== 'sync' || !timeoutSeconds.value) return [];
    const timeoutMs = timeoutSeconds.value * 1000;
    const p99Ms = prediction?.p99Ms ?? null;
    const { slowestMs } = question;
    const found = (what: string, valueMs: number): Violation => ({
      at: timeoutSeconds.at,
      message: `${what} ${milliseconds(valueMs)}, and sync workers are killed after ${milliseconds(timeoutMs)}`,
      fix: `set timeout = ${Math.ceil((valueMs / 1000) * 1.5)}, or make these requests shorter`,
      numbers: { timeoutMs, valueMs },
    });
    if (slowestMs !== null && slowestMs >= timeoutMs)
      return [found('the slowest known request takes', slowestMs)];
    return p99Ms !== null && p99Ms >= timeoutMs
      ? [found('one request in a hundred is predicted to take more than', p99Ms)]
      : [];
  },
};
