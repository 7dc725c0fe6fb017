import { plain } from '../../../text/sentences.js';
import type { ServerRule } from '../../rule.js';
import { countValue } from '../../settings/setting-value.js';

/** Seconds that Gunicorn keeps an idle connection where nothing is set. */
const DEFAULT_KEEPALIVE = 2;

export const keepaliveBelowProxy: ServerRule = {
  severity: 'warning',
  title: "keep-alive shorter than the load balancer's",
  summary: 'keepalive is not longer than the load balancer in front keeps an idle connection',
  why: 'A balancer sends a request over a connection that it takes for open. Where Gunicorn has closed it a moment before, the balancer answers 502: now and then, on a quiet site more often than on a busy one.',
  fix: 'Set keepalive a few seconds above the idle timeout of the load balancer; say another timeout with --proxy-idle-timeout.',
  source:
    'AWS: Application Load Balancer, idle timeout 60 s; Google: backend keep-alive 600 s; nginx: upstream keepalive_timeout 60 s; Traefik: idleConnTimeout 90 s',
  check({ deployment, kind, threads, connections, question }) {
    const { idle } = deployment.traffic;
    const idleSeconds = question.proxyIdleMs === null ? (idle?.seconds ?? null) : question.proxyIdleMs / 1000;
    const keepalive = countValue(deployment, 'keepalive', DEFAULT_KEEPALIVE);
    const isOff = kind.value?.name === 'gthread' && (connections.value ?? 1000) <= (threads.value ?? 1);
    if (idleSeconds === null || keepalive.value === null || kind.value === null) return [];
    if (kind.value.concurrency === 'one' || isOff || keepalive.value > idleSeconds) return [];
    const who = question.proxyIdleMs === null && idle ? idle.balancer : 'the load balancer';
    return [
      {
        at: keepalive.at,
        message: `keepalive is ${plain(keepalive.value)} s, and ${who} keeps idle connections for ${plain(idleSeconds)} s: a request that meets a closed one is answered 502`,
        fix: `set keepalive = ${Math.ceil(idleSeconds) + 5}`,
        numbers: { keepaliveSeconds: keepalive.value, proxyIdleSeconds: idleSeconds },
      },
    ];
  },
};
