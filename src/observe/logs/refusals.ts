import { SourceError } from '../../host/errors.js';
import type { LogFormat } from './log-format.js';

/** A Gunicorn access-log format that tells durations and processes. */
export const GUNICORN_FORMAT = '%(h)s %(l)s %(u)s %(t)s "%(r)s" %(s)s %(b)s "%(f)s" "%(a)s" %(D)s %(p)s';
const GUNICORN_LINE = `access_log_format = '${GUNICORN_FORMAT}'`;
const NGINX_TAIL = '$request_time $upstream_response_time';

/** The log is in a known format, but does not say how long requests took. */
export function noDurations(name: string, format: LogFormat): SourceError {
  const where =
    format.kind === 'line'
      ? `put ${GUNICORN_LINE} into gunicorn.conf.py, or add ${NGINX_TAIL} to nginx's log_format`
      : 'add a column with the duration, or name it with --column duration=NAME:ms';
  return new SourceError(`${name}: the log tells no durations (${format.name}); ${where}`);
}

export function notRecognised(name: string, sample: readonly string[]): SourceError {
  const first = (sample.find((line) => line.trim() !== '') ?? '').slice(0, 80).replace(/[^\x20-\x7e]/g, '?');
  return new SourceError(
    `${name}:1: the format of "${first}" is not recognised; accepted: the common and combined log formats with a duration behind them, JSON lines, CSV with a header, or any format given with --log-format`,
  );
}
