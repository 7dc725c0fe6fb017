import { plain } from '../../text/sentences.js';
import type { Rule } from '../rule.js';

export const keepaliveBelowProxy: Rule = {
  severity: 'warning',
  title: "keep-alive shorter than the load balancer's",
  summary: 'an idle connection is not kept longer than the load balancer in front keeps it',
  why: 'A balancer sends a request over a connection that it takes for open. Where the server has closed it a moment before, the balancer answers 502: now and then, on a quiet site more often than on a busy one.',
  fix: 'Keep idle connections a few seconds longer than the load balancer does; say another timeout of its with --proxy-idle-timeout.',
  source:
    'AWS: Application Load Balancer, idle timeout 60 s; Google: backend keep-alive 600 s; nginx: upstream keepalive_timeout 60 s; Traefik: idleConnTimeout 90 s',
  check({ deployment, keepalive, question }) {
    const { idle } = deployment.traffic;
    const idleSeconds = question.proxyIdleMs === null ? (idle?.seconds ?? null) : question.proxyIdleMs / 1000;
    if (idleSeconds === null || keepalive === null) return null;
    const { name, seconds } = keepalive;
    if (seconds.value === null || seconds.value > idleSeconds) return null;
    const who = question.proxyIdleMs === null && idle ? idle.balancer : 'the load balancer';
    return {
      at: seconds.at,
      message: `${name} is ${plain(seconds.value)} s, and ${who} keeps idle connections for ${plain(idleSeconds)} s: a request that meets a closed one is answered 502`,
      fix: `set ${name}${name.startsWith('--') ? ' ' : ' = '}${Math.ceil(idleSeconds) + 5}`,
      numbers: { keepaliveSeconds: seconds.value, proxyIdleSeconds: idleSeconds },
    };
  },
};
