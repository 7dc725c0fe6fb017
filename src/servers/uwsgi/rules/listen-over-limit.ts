import { plain } from '../../../text/sentences.js';
import type { ServerRule } from '../../rule.js';

export const listenOverLimit: ServerRule = {
  severity: 'error',
  title: 'it does not start',
  summary: 'listen is larger than the kernel allows',
  why: 'uWSGI compares listen with net.core.somaxconn at its start, and refuses to run where it is larger. In a container the limit is that of the pod.',
  fix: 'Set listen to the limit or less, or raise net.core.somaxconn where it runs and give it with --somaxconn.',
  source: 'core/socket.c',
  check({ backlog, question }) {
    if (backlog.layer === null || backlog.value === null || backlog.value <= question.somaxconn) return null;
    return {
      at: backlog.at,
      message: `listen = ${plain(backlog.value)} is above net.core.somaxconn, ${plain(question.somaxconn)}, and uWSGI does not start`,
      fix: `set listen = ${question.somaxconn}, or raise net.core.somaxconn`,
      numbers: { listen: backlog.value, somaxconn: question.somaxconn },
    };
  },
};
