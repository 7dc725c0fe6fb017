import type { DiffResult } from '../../../check/diff.js';
import type { Finding } from '../../../check/result.js';
import type { RenderContext } from '../../../output/deliver.js';
import { table } from '../../../output/table.js';
import { wrap } from '../../../text/wrap.js';
import { CHANGE_WORDS, DIFF_COLUMNS, diffRows } from './diff-rows.js';
import { findingText } from './text.js';

/** Before and after of every server, then what the change brings and ends, for people. */
export function diffText(result: DiffResult, context: RenderContext): string {
  const { style, width, unicode } = context;
  const parts = result.servers.map((server) =>
    [
      wrap(`${style.strong(server.name)}: ${CHANGE_WORDS[server.change]}`, width),
      ...(server.change === 'same'
        ? []
        : [table({ columns: DIFF_COLUMNS, rows: diffRows(server), width, style, unicode })]),
    ].join('\n'),
  );
  const list = (title: string, findings: readonly Finding[]) => {
    if (findings.length > 0)
      parts.push(
        [style.strong(title), ...findings.map((finding) => findingText(finding, context))].join('\n'),
      );
  };
  list('New findings', result.added);
  if (!context.quiet) list('Findings that are gone', result.ended);
  const verdict = result.passed ? style.good('passed') : style.bad('FAILED');
  parts.push(
    wrap(
      `${verdict}: ${result.added.length} new, ${result.ended.length} gone, ${result.remaining.length} as before ${style.faint(`(new ones fail on ${result.failOn})`)}`,
      width,
    ),
  );
  return parts.join('\n\n');
}
