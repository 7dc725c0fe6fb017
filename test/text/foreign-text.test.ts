import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { run } from '../../src/main.js';
import { yamlOf } from '../../src/output/yaml.js';
import { json } from '../../src/text/json.js';
import { notice } from '../../src/text/notice.js';
import { isPrintable, printable, printableOutput } from '../../src/text/printable.js';
import { hashComment } from '../../src/text/quote/comment.js';
import { madeUpHost } from '../made-up-host.js';

/**
 * Whatever may not leave the program raw: by Unicode's own classes, not by the list that the program has, but for the
 * signs of Arabic, Syriac and Kaithi numbers, which are visible.
 */
const HIDDEN =
  /(?![\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const COMMAND = /^\s*::|##(vso|teamcity)?\[/im;

/** Pieces that have broken out of terminals, logs, tables, pages and spreadsheets before. */
const PIECES = [
  ...[
    '\u001b[31m',
    '\u001b]0;t\u0007',
    '\u009b31m',
    '\u0000',
    '\u0008',
    '\u007f',
    '\u0085',
    '\r',
    '\n',
    '\t',
    '\v',
  ],
  ...[
    '\u202e',
    '\u2066',
    '\u2069',
    '\u200b',
    '\u200d',
    '\u2028',
    '\u2029',
    '\ufeff',
    '\ud800',
    '\udc00',
    '\u{e0041}',
  ],
  ...['\u00ad', '\u061c', '\u2060', '\ufffe'],
  ...[
    '\n::error file=a,line=1::x',
    '::add-mask::x',
    '\n##vso[task.x]y',
    '##[error]z',
    '%0A::error::x',
    ' ::warning::y',
  ],
  ...[
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '&lt;',
    ']]>',
    '-->',
    '</svg>',
    '</script>',
  ],
  ...[
    '|',
    '`',
    '``',
    '[a](javascript:b)',
    '**',
    '~~',
    '@somebody',
    '#1',
    'https://example.com',
    'www.example.com',
  ],
  ...[
    '=1+1',
    '+1',
    '-1',
    '@SUM(1)',
    ',',
    ';',
    '"',
    "'",
    '\\',
    '$'.concat('{x}'),
    '$(x)',
    '{{x}}',
    ': ',
    '- ',
    '# ',
    '!',
    '*a',
    '&a',
  ],
  ...['x', 'web', ' ', '日本', 'é'],
];

const foreign = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 3 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((pieces) => pieces.join(''));

const ownBreaks = (text: string): string => text.replace(/[\n\t]|\r(?=\n)/g, '');

function expectClean(text: string, isGithub = false): void {
  const [bad] = HIDDEN.exec(ownBreaks(text)) ?? [];
  expect(bad === undefined ? '' : `U+${bad.codePointAt(0)!.toString(16)} in ${JSON.stringify(text)}`).toBe(
    '',
  );
  if (isGithub) {
    for (const line of text
      .trimEnd()
      .split('\n')
      .filter((one) => one !== ''))
      expect(line).toMatch(/^::(error|warning|notice) /);
  } else expect(text).not.toMatch(COMMAND);
}

async function clean(
  argv: readonly string[],
  files: Record<string, string> = {},
  env: Record<string, string> = {},
) {
  const made = madeUpHost(argv, { files, env });
  const code = await run(made.host);
  expect([0, 1, 2, 3]).toContain(code);
  expectClean(made.out(), argv.includes('github') && made.out() !== '');
  expectClean(made.err());
  for (const line of made
    .err()
    .split('\n')
    .filter((one) => one !== '')) {
    expect(line).toMatch(/^wcalc: /);
    expect(line.length).toBeLessThan(1200);
  }
  return made.out();
}

const check = (property: fc.IAsyncProperty<unknown[]>, numRuns = 60) =>
  fc.assert(property, { seed: 20, numRuns });

const CHECK_FORMATS = ['text', 'json', 'yaml', 'github', 'sarif', 'junit', 'markdown'];
const PLAN_FORMATS = [
  ...[
    'table',
    'json',
    'yaml',
    'csv',
    'markdown',
    'html',
    'svg',
    'env',
    'args',
    'config',
    'gunicorn',
    'procfile',
    'systemd',
  ],
  ...['compose', 'kubernetes', 'kubernetes-patch', 'helm', 'dockerfile', 'ansible'],
];
const MACHINE = ['--cores', '2', '--mem', '1GiB', '--per-worker', '200'];

describe('what came from elsewhere leaves no command raw:', () => {
  test.each(CHECK_FORMATS)('names of services and files, by check as %s', async (format) => {
    await check(
      fc.asyncProperty(foreign, foreign, async (name, file) => {
        const quoted = JSON.stringify(name);
        const files = {
          'compose.yaml': `services:\n  ${quoted}:\n    command: ["gunicorn", "a:b", "-w", ${quoted}, "--worker-class", ${quoted}]\n  b: {command: gunicorn a:b -w 99, image: ${quoted}, env_file: ${quoted}}\n`,
          'k8s.yaml': `kind: Deployment\nmetadata: {name: ${quoted}}\nspec: {template: {spec: {containers: [{name: ${quoted}, args: [gunicorn, a:b, -w, "99", --timeout, ${quoted}]}]}}}\n`,
          [`${file.replaceAll('\0', '')}.py`]: `workers = ${quoted}\nbind = ${quoted}\n${name}\n`,
          Procfile: `${name}: gunicorn a:b -w 99 --threads ${name}\n`,
        };
        await clean(['check', ...Object.keys(files), '--format', format, ...MACHINE, '--explain'], files);
      }),
    );
  });

  test.each(['text', 'json', 'yaml', 'markdown'])('both sides of check --diff as %s', async (format) => {
    await check(
      fc.asyncProperty(foreign, async (name) => {
        const compose = (workers: number) =>
          `services: {${JSON.stringify(name)}: {command: gunicorn a:b -w ${workers}}}\n`;
        const files = { 'a/compose.yaml': compose(2), 'b/compose.yaml': compose(99) };
        await clean(['check', '--diff', ...Object.keys(files), '--format', format, ...MACHINE], files);
      }),
      30,
    );
  });

  test.each(PLAN_FORMATS)('names of files and formulas, by plan as %s', async (format) => {
    await check(
      fc.asyncProperty(foreign, async (name) => {
        const files = { [name]: 'cores: 2\nmem: 1GiB\nperWorker: 200\n' };
        await clean(['--config', name, '--explain', '--rate', '5', '--format', format], files);
        await clean([...MACHINE, '--format', format, '--formula', `${name}=1`]);
        await clean([...MACHINE, '--format', format, '--formula', `a=${name}`]);
      }),
      8,
    );
  });

  test('arguments that are wrong, by every command', async () => {
    await check(
      fc.asyncProperty(foreign, async (text) => {
        for (const command of [
          'plan',
          'queue',
          'simulate',
          'sweep',
          'check',
          'fit',
          'explain',
          'completion',
          'help',
        ])
          await clean([command, text]);
        for (const option of [
          '--rate',
          '--slo',
          '--format',
          '--output',
          '--worker-class',
          '--vary',
          '--profile',
        ])
          await clean(['plan', ...MACHINE, option, text]);
        await clean([text]);
        await clean(['--cores', '1', '--cores', text]);
        await clean([`--${text}`, text]);
        await clean(['--config', text]);
        await clean(MACHINE, {}, { WCALC_RATE: text, [`WCALC_${text}`]: 'x' });
      }),
    );
  });

  test('keys and values of the configuration file and of batch lines', async () => {
    await check(
      fc.asyncProperty(foreign, async (text) => {
        await clean([], { 'wcalc.yaml': `${JSON.stringify(text)}: 4\n` });
        await clean([], {
          'wcalc.yaml': `cores: ${JSON.stringify(text)}\nrules: {${JSON.stringify(text)}: off}\n`,
        });
        await clean([], { 'wcalc.yaml': text });
        await clean(['check', 'a.py'], {
          'wcalc.yaml': `rules: {${JSON.stringify(text)}: off}\n`,
          'a.py': '',
        });
        await clean(['--batch', 'b'], {
          b: `${JSON.stringify({ [text]: text })}\n{"cores":${JSON.stringify(text)}}\n${text}\n`,
        });
      }),
    );
  });

  test.each(['table', 'json', 'yaml'])('lines and names of logs, by fit as %s', async (format) => {
    await check(
      fc.asyncProperty(foreign, async (text) => {
        const line = (n: number) =>
          `10.0.0.1 - - [28/Jul/2025:10:00:0${n % 10} +0000] "GET /${text.replace(/[\n"\\]/g, '')} HTTP/1.1" 200 5 "-" "a" 50000\n`;
        const files = { [`l${text}`]: Array.from({ length: 40 }, (_, n) => line(n)).join('') + text };
        await clean(
          ['fit', `l${text}`, '--format', format, '--log-format', '%h %l %u %t "%r" %s %b "%f" "%a" %D'],
          files,
        );
      }),
      30,
    );
  });
});

describe('the function that makes a text printable', () => {
  test('leaves nothing hidden, keeps the length and what is harmless', () => {
    fc.assert(
      fc.property(fc.oneof(foreign, fc.string({ unit: 'binary' })), (text) => {
        const shown = printable(text);
        expectClean(shown.replaceAll('\n', 'no'));
        expect(shown).toHaveLength(text.length);
        expect(isPrintable(shown)).toBe(true);
        if (isPrintable(text)) expect(shown).toBe(text);
      }),
      { seed: 20, numRuns: 2000 },
    );
    expect(printable('Ünïcödé 日本 🦄 a:b [::1]:80')).toBe('Ünïcödé 日本 🦄 a:b [::1]:80');
    expect(printable('a\u001b[31m\nb\tc\u009b')).toBe('a␛[31m␊b c\ufffd');
  });

  test('of a whole output keeps its lines, and its colours only where it has any', () => {
    expect(printableOutput('a\r\nb\tc\rd\u001b[1mx')).toBe('a\r\nb\tc␍d␛[1mx');
    expect(printableOutput('\u001b[1mx\u001b[0m\u001b[2Jy', true)).toBe('\u001b[1mx\u001b[0m␛[2Jy');
  });

  test('of a sentence gives one line of bounded length that keeps its beginning and end', () => {
    expect(notice('a\nb')).toBe('wcalc: a␊b\n');
    expect(notice(`--rate: "${'9'.repeat(1e5)}" is not a rate; accepted: 120/s`)).toBe(
      `wcalc: --rate: "${'9'.repeat(100)}…" is not a rate; accepted: 120/s\n`,
    );
    const long = notice(`${'x'.repeat(1e5)} is not accepted; accepted: 120/s`);
    expect(long.length).toBeLessThan(1100);
    expect(long).toMatch(/^wcalc: x+ … x* ?is not accepted; accepted: 120\/s\n$/);
    expectClean(notice('\u{1f984}'.repeat(2000)));
  });
});

test('texts leave by few doors: a sentence through notice, a result through deliver', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const calls = files.flatMap((file) =>
    [...readFileSync(join('src', file), 'utf8').matchAll(/(stdout|stderr)\.write\(\s*(\w*)/g)].map(
      ([, stream, what]) => `${file}: ${stream} ${what}`,
    ),
  );
  expect(calls.filter((call) => !call.endsWith(': stderr notice')).sort()).toEqual(
    [
      'commands/completion/run.ts: stdout completionScript',
      'commands/help/run.ts: stdout pageOf',
      'input/batch/batch.ts: stdout this',
      'main.ts: stderr printableOutput',
      'main.ts: stdout ',
      'commands/init/run.ts: stdout printableOutput',
      'commands/page/run.ts: stdout page',
      'output/deliver.ts: stdout shown',
      'output/deliver.ts: stdout shown',
      'output/progress.ts: stderr text',
    ].sort(),
  );
});

describe('formats that carry a text as it is', () => {
  const everything = fc.oneof(foreign, fc.string({ unit: 'binary' }));

  test('JSON reads back as it was', () => {
    fc.assert(
      fc.property(everything, everything, (key, text) => {
        const written = json({ [`k${key}`]: [text] });
        expectClean(written);
        expect(JSON.parse(written)).toEqual({ [`k${key}`]: [text] });
      }),
      { seed: 20, numRuns: 500 },
    );
  });

  test('YAML reads back as it was', () => {
    fc.assert(
      fc.property(everything, everything, (key, text) => {
        const written = yamlOf({ [`k${key}`]: [text], text });
        expectClean(written);
        expect(parse(written)).toEqual({ [`k${key}`]: [text], text });
      }),
      { seed: 20, numRuns: 500 },
    );
  });

  test('a comment stays one line', () => {
    fc.assert(
      fc.property(everything, (text) => {
        expect(hashComment([text]).split(/[\n\r\u0085\u2028\u2029]/)).toHaveLength(1);
      }),
    );
  });
});
