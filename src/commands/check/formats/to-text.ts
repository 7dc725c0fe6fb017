import type { Measure, Move, MoveResult } from '../../../check/move.js';
import type { RenderContext } from '../../../output/deliver.js';
import { brokenCommand } from '../../../output/deploy/command-lines.js';
import { table } from '../../../output/table.js';
import { serverNamed } from '../../../servers/index.js';
import type { LostSetting } from '../../../servers/translation/translate.js';
import { count, mebibytes, milliseconds, perSecond } from '../../../text/numbers.js';
import { wrap } from '../../../text/wrap.js';

/** The settings of the other server, what it has none for, and what changes, for people. */
export function toText(result: MoveResult, context: RenderContext): string {
  const { title } = serverNamed(result.to);
  const parts = result.servers.flatMap((move) => moveParts(move, title, context));
  if (!context.quiet && result.assumptions.length > 0)
    parts.push(
      result.assumptions
        .map(({ flag, value, why }) =>
          context.style.faint(wrap(`assumed ${flag} ${String(value)}: ${why}`, context.width, '    ')),
        )
        .join('\n'),
    );
  return parts.join('\n\n');
}

function moveParts(move: Move, title: string, context: RenderContext): readonly string[] {
  const { style, width, unicode } = context;
  const lost = move.lost.filter(({ isNeedless }) => !isNeedless);
  const needless = move.lost.filter(({ isNeedless }) => isNeedless);
  const columns = [
    { title: 'setting' },
    { title: 'value', align: 'right' as const },
    { title: 'from', breaks: true },
  ];
  const rows = move.settings.map(({ name, value, from, but }) => [
    name,
    String(value),
    [from === null ? 'what runs now' : `${from.name} = ${from.value} (line ${from.at.line})`, but]
      .filter((text) => text !== null)
      .join('; '),
  ]);
  return [
    wrap(`${style.strong(move.name)}: ${serverNamed(move.before.server).title} to ${title}`, width),
    ...(rows.length > 0 ? [table({ columns, rows, width, style, unicode })] : []),
    ...listed('No counterpart', lost, context),
    ...(context.quiet ? [] : listed('Not needed', needless, context)),
    ...defaultsPart(move, title, context),
    table({ columns: CHANGE_COLUMNS, rows: changeRows(move), width, style, unicode }),
    ...(context.quiet ? [] : [move.why.map((sentence) => wrap(sentence, width, '  ')).join('\n')]),
    brokenCommand(move.command, width).join('\n'),
  ];
}

function listed(
  title: string,
  lost: readonly LostSetting[],
  { style, width }: RenderContext,
): readonly string[] {
  if (lost.length === 0) return [];
  const lines = lost.map(({ name, value, at, why }) =>
    wrap(`  ${name} = ${value} (line ${at.line}): ${why}`, width, '    '),
  );
  return [[style.strong(title), ...lines].join('\n')];
}

function defaultsPart({ defaults }: Move, title: string, { style, width }: RenderContext): readonly string[] {
  if (defaults.length === 0) return [];
  const lines = defaults.map(({ what, before, after }) =>
    wrap(`  ${what}: ${before}, then ${after}`, width, '    '),
  );
  return [[style.strong(`Not set, and another by default with ${title}`), ...lines].join('\n')];
}

const CHANGE_COLUMNS = [
  { title: '' },
  { title: 'now', align: 'right' },
  { title: 'then', align: 'right' },
] as const;

const changeRows = ({ before, after }: Move): readonly (readonly string[])[] => {
  const row = (title: string, show: (measure: Measure) => string) => [title, show(before), show(after)];
  return [
    row('workers', ({ workers }) => count(workers)),
    row('threads of each', ({ threads }) => count(threads)),
    row('capacity', ({ capacityPerSecond }) => perSecond(capacityPerSecond)),
    row('p95', ({ p95Ms }) => milliseconds(p95Ms)),
    row('memory', ({ memoryMiB }) => mebibytes(memoryMiB)),
  ];
};
