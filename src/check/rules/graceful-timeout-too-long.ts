import type { Platform } from '../../files/platforms/service.js';
import { plain } from '../../text/sentences.js';
import type { Rule } from '../rule.js';

/** How long a platform waits before it kills, in seconds, where the file does not say. */
const DEFAULT_GRACE: Readonly<Partial<Record<Platform, number>>> = {
  kubernetes: 30,
  compose: 10,
  systemd: 90,
  supervisor: 10,
  ecs: 30,
  render: 30,
};

const NAMES: Readonly<Partial<Record<Platform, string>>> = {
  kubernetes: 'terminationGracePeriodSeconds',
  compose: 'stop_grace_period',
  systemd: 'TimeoutStopSec',
  supervisor: 'stopwaitsecs',
  ecs: 'stopTimeout',
  render: 'maxShutdownDelaySeconds',
  fly: 'kill_timeout',
};

export const gracefulTimeoutTooLong: Rule = {
  severity: 'warning',
  title: 'killed before the graceful stop ends',
  summary: 'graceful_timeout is longer than the platform waits before it kills',
  why: 'At a stop the platform sends SIGTERM and, after its grace period, SIGKILL. Requests that the server would still have let finish are cut off at every deployment.',
  fix: 'Set graceful_timeout a few seconds below the grace period, or raise the grace period.',
  source:
    'Kubernetes: terminationGracePeriodSeconds, 30 s; Compose: stop_grace_period, 10 s; systemd: TimeoutStopSec, 90 s',
  check({ gracefulTimeoutSeconds, deployment }) {
    const { platform, stopGraceSeconds } = deployment;
    const stated = stopGraceSeconds?.known ? stopGraceSeconds.value : null;
    const grace =
      stopGraceSeconds && !stopGraceSeconds.known ? null : (stated ?? DEFAULT_GRACE[platform] ?? null);
    const graceful = gracefulTimeoutSeconds.value;
    const isChosen = stated !== null || gracefulTimeoutSeconds.layer !== null;
    if (grace === null || graceful === null || graceful <= grace || !isChosen) return null;
    const at =
      gracefulTimeoutSeconds.layer === null && stopGraceSeconds
        ? stopGraceSeconds.at
        : gracefulTimeoutSeconds.at;
    return {
      at,
      message: `${deployment.server.title} lets requests finish for ${plain(graceful)} s, and the platform kills after ${plain(grace)} s (${NAMES[platform]}${stated === null ? ', its default' : ''})`,
      fix: `set graceful_timeout = ${Math.max(1, Math.floor(grace - Math.min(5, grace / 2)))}, or ${NAMES[platform]} to ${plain(graceful + 5)}`,
      numbers: { gracefulTimeoutSeconds: graceful, graceSeconds: grace },
    };
  },
};
