import type { Random } from './random.js';

/** What has broken programs before: controls, marks, commands of CI systems, markup, formulas, brackets, numbers. */
const PIECES: readonly string[] = [
  ...[
    '\u001b[31m',
    '\u001b]0;t\u0007',
    '\u009b31m',
    '\0',
    '\u0008',
    '\u007f',
    '\u0085',
    '\r',
    '\n',
    '\t',
    '\v',
  ],
  ...['\u202e', '\u2066', '\u200b', '\u2028', '\ufeff', '\ud800', '\udc00', '\u{e0041}', '💥', '日本', 'é'],
  ...[
    '\n::error file=a::x',
    '##vso[task.x]y',
    '%0A',
    '<script>',
    '"><img src=x>',
    '&lt;',
    ']]>',
    '</script>',
  ],
  ...[
    '|',
    '`',
    '**',
    '=1+1',
    '@a',
    '#1',
    ',',
    ';',
    '"',
    "'",
    '\\',
    '$',
    '$(',
    '`x`',
    '{{x}}',
    ': ',
    '- ',
    '# ',
  ],
  ...[
    '[',
    '{',
    '(',
    ']',
    '}',
    ')',
    '*a',
    '&a ',
    '<<: ',
    '---\n',
    '!!python/object ',
    '<<EOF\n',
    '&&',
    '||',
    '>',
    '|',
  ],
  ...[
    '0',
    '-1',
    '1e309',
    '1e-309',
    'NaN',
    'Infinity',
    '9'.repeat(400),
    '0x10',
    '1_000',
    '1,5',
    '0.1',
    '01',
    '1.',
  ],
  ...[
    'true',
    'null',
    '~',
    '__proto__',
    'constructor',
    'toString',
    '../../etc/passwd',
    '/dev/null',
    'a/',
    '.',
  ],
  ...[
    'lambda: ',
    ' if x else ',
    'exec("x")',
    'import os\n',
    '%s',
    '%(x)s',
    '$'.concat('{A:-'),
    '$$',
    'EOF',
    '=',
    '==',
  ],
];

/** A short text of a few such pieces. */
export const hostileText = (random: Random): string =>
  Array.from({ length: 1 + random.below(4) }, () =>
    random.chance(0.8) ? random.pick(PIECES) : String.fromCharCode(random.below(0x250)),
  ).join('');

/** A text with a few changes of the kinds that broken and hostile files have. */
export function mutated(text: string, random: Random): string {
  let now = text;
  for (let left = random.below(4); left >= 0; left -= 1)
    now = CHANGES[random.below(CHANGES.length)]!(now, random);
  return now.slice(0, 200_000);
}

type Change = (text: string, random: Random) => string;

const into = (text: string, at: number, what: string): string => text.slice(0, at) + what + text.slice(at);

const CHANGES: readonly Change[] = [
  (text, random) => into(text, random.below(text.length + 1), random.pick(PIECES)),
  (text, random) => into(text, random.below(text.length + 1), hostileText(random)),
  (text, random) =>
    into(text, random.below(text.length + 1), random.pick(PIECES).repeat(1 + random.below(500))),
  (text, random) => text.slice(0, random.below(text.length + 1)),
  (text, random) => text.slice(random.below(text.length + 1)),
  (text, random) => text.replace(/\d+/, () => random.pick(PIECES)),
  (text, random) => text.replace(/[a-z]+/g, (word) => (random.chance(0.05) ? hostileText(random) : word)),
  (text, random) => {
    const lines = text.split('\n');
    lines.splice(random.below(lines.length + 1), random.below(3), random.pick(lines) ?? '');
    return lines.join('\n');
  },
  (text, random) => {
    const from = random.below(text.length + 1);
    const piece = text.slice(from, from + random.below(80));
    return into(text, random.below(text.length + 1), piece.repeat(1 + random.below(60)));
  },
];
