import { argumentLine } from '../../servers/gunicorn/start.js';
import { hashComment } from '../../text/quote/comment.js';
import { APPLICATION, type Target } from './target.js';

/** A `Procfile` with one web process. Gunicorn itself listens on the platform's `PORT`. */
export const procfile = ({ settings, head }: Target): string =>
  `${hashComment(head)}\nweb: gunicorn ${argumentLine(settings)} ${APPLICATION}`;
