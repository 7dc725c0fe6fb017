import { jsonLine } from '../../text/json.js';
import { hashComment } from '../../text/quote/comment.js';
import { commandInContainer, type Target } from './target.js';

/** The `CMD` of a Dockerfile in exec form, so that no shell stands between Docker's signals and the server. */
export const dockerfileCommand = (target: Target): string =>
  `${hashComment(target.head)}\nCMD ${jsonLine(commandInContainer(target))}`;
