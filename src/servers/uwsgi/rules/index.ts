import type { ServerRule } from '../../rule.js';
import { misspeltName } from '../../settings/ignored-names.js';
import { UWSGI_LINE } from '../command-line.js';
import { cheaperNotBelow } from './cheaper-not-below.js';
import { cheaperWithoutCap } from './cheaper-without-cap.js';
import { dieOnTerm } from './die-on-term.js';
import { listenOverLimit } from './listen-over-limit.js';
import { routerHidesQueue } from './router-hides-queue.js';

export const UWSGI_RULES: Readonly<Record<string, ServerRule>> = {
  'uwsgi-listen-over-limit': listenOverLimit,
  'uwsgi-cheaper-not-below': cheaperNotBelow,
  'uwsgi-cheaper-without-cap': cheaperWithoutCap,
  'uwsgi-die-on-term': dieOnTerm,
  'uwsgi-router-queue': routerHidesQueue,
  'uwsgi-misspelt-key': misspeltName(
    'uWSGI',
    Object.values(UWSGI_LINE.settings).flatMap(({ flags }) => flags.map((flag) => flag.replace(/^-+/, ''))),
    'core/config.c: uwsgi_opt_get, which only strict makes fail',
  ),
};
