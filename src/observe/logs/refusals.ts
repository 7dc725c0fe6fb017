import { SourceError } from '../../host/errors.js';
import { printable } from '../../text/printable.js';
import type { LogFormat } from './formats/log-format.js';

/** A Gunicorn access-log format that tells durations and processes. */
export const GUNICORN_FORMAT = '%(h)s %(l)s %(u)s %(t)s "%(r)s" %(s)s %(b)s "%(f)s" "%(a)s" %(D)s %(p)s';
const GUNICORN_LINE = `access_log_format = '${GUNICORN_FORMAT}'`;
const NGINX_TAIL = '$request_time $upstream_response_time';

/** How to get durations into a log of this format. */
export const remedyFor = ({ remedy }: Pick<LogFormat, 'remedy'>): string =>
  remedy ??
  `put ${GUNICORN_LINE} into gunicorn.conf.py, or add ${NGINX_TAIL} to nginx's log_format; a middleware can log them too`;

/** The log is in a known format, but does not say how long requests took. */
export const noDurations = (name: string, format: Pick<LogFormat, 'name' | 'remedy'>): SourceError =>
  new SourceError(`${name}: the log tells no durations (${format.name}); ${remedyFor(format)}`);

export const notRecognised = (name: string, sample: readonly string[]): SourceError => {
  const first = printable((sample.find((line) => line.trim() !== '') ?? '').slice(0, 80)).replace(
    /[^\x20-\x7e]/g,
    '?',
  );
  return new SourceError(
    `${name}:1: the format of "${first}" is not recognised; accepted: access logs of servers, proxies and load balancers, JSON lines, CSV with a header, or any format given with --log-format`,
  );
};

/** A further log tells durations where the first does not, or the other way round. */
export const otherKind = (name: string, format: Pick<LogFormat, 'name'>): SourceError =>
  new SourceError(
    `${name}: is of another kind (${format.name}) than the logs before it, of which only some tell durations; fit each kind alone`,
  );

/** A further log measures from another place than the first. */
export const otherBasis = (
  name: string,
  { name: format, basis }: Pick<LogFormat, 'name' | 'basis'>,
): SourceError =>
  new SourceError(
    `${name}: tells ${basis === 'service' ? "a worker's service times" : "a proxy's response times"} (${format}), the logs before it the other kind; fit each kind alone`,
  );
