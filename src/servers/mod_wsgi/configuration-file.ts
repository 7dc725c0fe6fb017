import { hashComment } from '../../text/quote/comment.js';
import type { ConfigurationFile, Reasoned } from '../server.js';
import { unquotedLine } from '../settings/reasoned-text.js';

/** Settings of mod_wsgi-express that are the whole Apache's, not the daemon group's. */
const OF_APACHE: ReadonlySet<string> = new Set(['max_clients', 'port']);

/** ThreadsPerChild and ServerLimit of Apache's event and worker modules where nothing is set (server/mpm/event). */
const THREADS_PER_CHILD = 25;
const SERVER_LIMIT = 16;

/** A fragment for Apache: a directive holds all of a daemon group's settings, so that their reasons stand before it. */
export function apacheFragment({ settings, reasons, head }: Reasoned): ConfigurationFile {
  const own = Object.entries(settings).filter(([name]) => !OF_APACHE.has(name));
  const because = own.flatMap(([name]) => (reasons[name] ? [`${dashed(name)}: ${reasons[name]}`] : []));
  const lines = own.map(([name, value]) => unquotedLine(dashed(name), value, `${dashed(name)}=${value}`));
  const group = ['WSGIDaemonProcess app', ...lines.filter((line) => !line.startsWith('#'))].join(' ');
  const blocks = [
    hashComment(head),
    [...clients(settings.max_clients, reasons.max_clients)].join('\n'),
    [hashComment(because), ...lines.filter((line) => line.startsWith('#')), group].filter(Boolean).join('\n'),
    `${hashComment(['The application, beside its WSGIScriptAlias'])}\nWSGIProcessGroup app\nWSGIApplicationGroup %{GLOBAL}`,
  ];
  return { name: 'mod_wsgi.conf', text: `${blocks.filter((block) => block !== '').join('\n\n')}\n` };
}

const dashed = (name: string): string => name.replaceAll('_', '-');

/** Apache rounds its clients down to whole processes of so many threads, and starts no more processes than ServerLimit. */
function clients(wanted: unknown, reason = ''): readonly string[] {
  if (typeof wanted !== 'number') return [];
  const processes = Math.ceil(wanted / THREADS_PER_CHILD);
  return [
    hashComment([
      ...(reason === '' ? [] : [reason]),
      `In whole processes of ${THREADS_PER_CHILD} (ThreadsPerChild); outside any VirtualHost.`,
    ]),
    ...(processes > SERVER_LIMIT ? [`ServerLimit ${processes}`] : []),
    `MaxRequestWorkers ${processes * THREADS_PER_CHILD}`,
  ];
}
