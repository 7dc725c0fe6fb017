import { plain } from '../../../text/sentences.js';
import type { ServerRule } from '../../rule.js';

/** The asgi class listens with this backlog, whatever is set (measured). */
const ASGI_BACKLOG = 100;

export const backlogOverLimit: ServerRule = {
  severity: 'note',
  title: 'backlog above its limit',
  summary: 'the backlog asked for is longer than the kernel or the class allows',
  why: 'The kernel silently cuts the backlog at net.core.somaxconn, and the asgi class always listens with 100. Bursts that were meant to wait are dropped earlier than planned.',
  fix: 'Ask for no more than the limit, or raise net.core.somaxconn on the machine and give it with --somaxconn.',
  source: 'listen(2); asgi backlog measured on Gunicorn 26',
  check({ backlog, kind, question }) {
    if (backlog.layer === null || backlog.value === null) return null;
    const isAsgi = kind.value?.name === 'asgi';
    const most = isAsgi ? Math.min(ASGI_BACKLOG, question.somaxconn) : question.somaxconn;
    if (backlog.value <= most) return null;
    return {
      at: backlog.at,
      message: `a backlog of ${plain(backlog.value)} is asked for, and ${isAsgi ? 'the asgi class' : 'the kernel'} allows ${plain(most)}`,
      fix: `set backlog = ${most}${isAsgi ? '' : ', or raise net.core.somaxconn'}`,
      numbers: { backlog: backlog.value, limit: most },
    };
  },
};
