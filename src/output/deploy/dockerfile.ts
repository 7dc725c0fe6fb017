import { argumentWords } from '../../servers/gunicorn/start.js';
import { hashComment } from '../../text/quote/comment.js';
import { APPLICATION, type Target } from './target.js';

/** The `CMD` of a Dockerfile in exec form, so that no shell stands between Docker's signals and Gunicorn. */
export const dockerfileCommand = ({ settings, head }: Target): string =>
  `${hashComment(head)}\nCMD ${JSON.stringify(['gunicorn', ...argumentWords(settings), APPLICATION])}`;
