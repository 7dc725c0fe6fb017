import { ruleOf } from '../../../check/registry.js';
import type { CheckedServer, CheckResult, Finding } from '../../../check/result.js';
import type { RenderContext } from '../../../output/deliver.js';
import type { Assumption } from '../../../profile/types.js';
import { DEFAULT_SERVER, SERVERS } from '../../../servers/index.js';
import type { Severity } from '../../../servers/rule.js';
import { hasWorkerClasses } from '../../../servers/server.js';
import { grouped } from '../../../text/lookup.js';
import { mebibytes, milliseconds, perSecond, UNKNOWN } from '../../../text/numbers.js';
import { counted } from '../../../text/sentences.js';
import type { Style } from '../../../text/style.js';
import { labelled, wrap } from '../../../text/wrap.js';

/** Findings by file, each with its line and a caret, for people; what each server is; and a line that sums up. */
export function checkText(result: CheckResult, context: RenderContext): string {
  const parts: string[] = [];
  const isShared = result.servers.length > 1;
  for (const [file, findings] of grouped(result.findings, ({ file }) => file))
    parts.push(
      [
        context.style.strong(wrap(file, context.width)),
        ...findings.map((finding) => findingText(finding, context, isShared)),
      ].join('\n'),
    );
  if (!context.quiet) {
    parts.push(...result.servers.map((server) => serverText(server, context)));
    if (result.servers.length === 0 && result.files.length > 0)
      parts.push(context.style.faint(wrap(`looked at ${result.files.join(', ')}`, context.width, '  ')));
    if (result.assumptions.length > 0)
      parts.push(result.assumptions.map((assumption) => assumedText(assumption, context)).join('\n'));
    if (result.notes.length > 0) parts.push(result.notes.map((note) => noteText(note, context)).join('\n'));
  }
  parts.push(summaryText(result, context));
  return parts.join('\n\n');
}

const marked = (severity: Severity, { bad, warn, accent }: Style): string =>
  severity === 'error' ? bad('error') : severity === 'warning' ? warn('warning') : accent('note');

/** One finding; with the server's name where the file may serve several. */
export function findingText(
  finding: Finding,
  { style, width, unicode, explain }: RenderContext,
  isShared = false,
): string {
  const { file, line, column, severity, message, rule, fix } = finding;
  const head = `${file}:${line}:${column}: ${marked(severity, style)}: ${message} ${style.faint(`[${rule}]${isShared ? ` in ${finding.server}` : ''}`)}`;
  const gutter = ' '.repeat(String(line).length);
  const bar = unicode ? '│' : '|';
  const beside = (label: string, mark: (text: string) => string, text: string) =>
    labelled(label, text, {
      width,
      indent: gutter.length + 3,
      column: gutter.length + label.length + 4,
      mark: (padded) => mark(padded.trimEnd()) + ' '.repeat(padded.length - padded.trimEnd().length),
    });
  const { why, source: reference } = ruleOf(rule);
  const source = shownLine(finding, width - gutter.length - 5);
  return [
    `  ${wrap(head, width, '    ')}`,
    `  ${style.faint(`${gutter} ${bar}`)}`,
    `  ${style.faint(`${line} ${bar}`)} ${source.text}`,
    `  ${style.faint(`${gutter} ${bar}`)} ${' '.repeat(source.from)}${style.bad('^'.repeat(source.length))}`,
    beside('fix:', style.good, fix),
    ...(explain ? [beside('why:', style.accent, why), beside('source:', style.faint, reference)] : []),
  ].join('\n');
}

/** The part of the line around the finding that fits, tabs as one space. */
function shownLine({ sourceLine, column, endColumn }: Finding, room: number) {
  const line = sourceLine.replaceAll('\t', ' ');
  const most = Math.max(10, room);
  const start = column - 1 < most - 8 ? 0 : Math.max(0, column - 1 - Math.floor(most / 3));
  const text = line.slice(start, start + most);
  const from = Math.min(column - 1 - start, text.length);
  return { text, from, length: Math.max(1, Math.min(endColumn - column, text.length - from)) };
}

function serverText(server: CheckedServer, { style, width }: RenderContext): string {
  const isDefault = server.server === DEFAULT_SERVER.name;
  if (server.judged === 'not' && !isDefault) return unjudgedText(server, { style, width });
  const facts = [
    ...(server.server === null || isDefault ? [] : [server.server]),
    ...classText(server),
    numberOf(server.workers, 'worker'),
    ...(countsThreads(server) ? [numberOf(server.threads, 'thread')] : []),
    ...(server.memoryMiB === null
      ? []
      : [`${mebibytes(server.memoryMiB)} of ${mebibytes(server.memoryLimitMiB)}`]),
    ...(server.cores === null ? [] : [`${server.cores} ${server.cores === 1 ? 'core' : 'cores'}`]),
    ...(server.prediction ? [`up to ${perSecond(server.prediction.capacityPerSecond)}`] : []),
    ...(server.prediction?.p95Ms ? [`p95 ${milliseconds(server.prediction.p95Ms)}`] : []),
  ];
  const lines = [wrap(`${style.strong(server.name)}  ${facts.join(', ')}`, width, '  ')];
  lines.push(style.faint(`  ${wrap(`from ${server.files.join(', ') || UNKNOWN}`, width, '    ')}`));
  for (const note of server.unknown) lines.push(`  ${noteText(note, { style, width }, '    ')}`);
  for (const text of server.assumes) lines.push(style.faint(`  ${wrap(`assumed: ${text}`, width, '    ')}`));
  return lines.join('\n');
}

const kindsOf = ({ server }: CheckedServer) => SERVERS.find(({ name }) => name === server)?.kinds ?? [];

const hasClasses = (server: CheckedServer): boolean => hasWorkerClasses(kindsOf(server));

/** The worker class, of a server that has such. */
const classText = (server: CheckedServer): readonly string[] =>
  hasClasses(server) ? [server.workerClass ?? 'class not known'] : [];

/** Whether threads say how many requests a worker serves at once. */
const countsThreads = (server: CheckedServer): boolean =>
  kindsOf(server).some(
    ({ workerClass, concurrency }) => workerClass === server.workerClass && concurrency === 'threads',
  ) &&
  (hasClasses(server) || server.threads !== 1);

function unjudgedText(
  { name, server, files, unknown }: CheckedServer,
  { style, width }: Pick<RenderContext, 'style' | 'width'>,
): string {
  return [
    wrap(`${style.strong(name)}  ${server === null ? '' : `${server}, `}not judged`, width, '  '),
    style.faint(`  ${wrap(`from ${files.join(', ')}`, width, '    ')}`),
    ...unknown.map((note) => `  ${noteText(note, { style, width }, '    ')}`),
  ].join('\n');
}

const assumedText = ({ flag, value, why }: Assumption, { style, width }: RenderContext): string =>
  style.faint(wrap(`assumed ${flag} ${String(value)}: ${why}`, width, '    '));

const noteText = (
  { file, line, column, message }: CheckResult['notes'][number],
  { style, width }: Pick<RenderContext, 'style' | 'width'>,
  indent = '    ',
): string => wrap(`${style.faint(`${file}:${line}:${column}:`)} ${message}`, width, indent);

function summaryText(
  { summary, failOn, passed, accepted, failures, nothingJudged }: CheckResult,
  { style, width }: RenderContext,
): string {
  const { errors, warnings, notes } = summary;
  const counts = [counted(errors, 'error'), counted(warnings, 'warning'), counted(notes, 'note')].join(', ');
  const more = accepted.length > 0 ? `, ${accepted.length} accepted by the baseline` : '';
  const verdict =
    nothingJudged !== null
      ? style.bad('NOTHING JUDGED')
      : passed
        ? style.good('passed')
        : style.bad('FAILED');
  const unread = failures.length > 0 ? `, ${counted(failures.length, 'file')} not read` : '';
  return wrap(
    `${verdict}: ${serversText(summary)}, ${counts}${more}${unread} ${style.faint(`(fails on ${failOn})`)}`,
    width,
  );
}

/** `2 servers`, or how many of them were judged where not all were. */
export function serversText({
  serversJudged,
  serversJudgedInPart,
  serversNotJudged,
}: CheckResult['summary']): string {
  const all = serversJudged + serversJudgedInPart + serversNotJudged;
  if (all === 0) return 'no server found';
  if (all === serversJudged) return counted(all, 'server');
  const parts = [
    ...(serversJudged > 0 ? [`${serversJudged} judged`] : []),
    ...(serversJudgedInPart > 0 ? [`${serversJudgedInPart} judged in part`] : []),
    ...(serversNotJudged > 0 ? [`${serversNotJudged} not judged`] : []),
  ];
  return `${counted(all, 'server')} (${parts.join(', ')})`;
}

const numberOf = (count: number | null, noun: string): string =>
  count === null ? `? ${noun}s` : counted(count, noun);
