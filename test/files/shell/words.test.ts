// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell variables
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitWords } from '../../../src/files/shell/words.js';

const texts = (line: string) =>
  splitWords(line)?.map(({ parts }) =>
    parts.map((part) => (part.kind === 'text' ? part.text : '?')).join(''),
  );

describe('splitting as shlex.split does', () => {
  // Answers of Python 3.11's shlex.split.
  it.each<[string, string[] | undefined]>([
    ['a b  c', ['a', 'b', 'c']],
    ['-w 4 --bind=":80"', ['-w', '4', '--bind=:80']],
    [`a'b c'd "e f"`, ['ab cd', 'e f']],
    [String.raw`a\ b "c\"d" 'e\f'`, ['a b', 'c"d', String.raw`e\f`]],
    [`'' ""`, ['', '']],
    ['a\nb\tc', ['a', 'b', 'c']],
    ['a "b', undefined],
    ["a 'b", undefined],
    ['a#b', ['a#b']],
    ['$X ${Y} $(z)', ['$X', '${Y}', '$(z)']],
  ])('%s', (line, expected) => {
    expect(texts(line)).toEqual(expected);
  });

  it('gives back any words that were quoted for a shell', () => {
    const quoted = (word: string) => `'${word.replaceAll("'", `'"'"'`)}'`;
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 6 }), (words) => {
        expect(texts(words.map(quoted).join(' '))).toEqual(words);
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  it('keeps the place of every word', () => {
    const line = `  exec gunicorn "a b"  -w 4`;
    expect(splitWords(line)!.map(({ from, to }) => line.slice(from, to))).toEqual([
      'exec',
      'gunicorn',
      '"a b"',
      '-w',
      '4',
    ]);
  });
});

it('reads variables with and without fallback', () => {
  const [word] = splitWords('x${A:-"1 2"}$B-${C-}', 'shell')!;
  expect(word!.parts).toEqual([
    { kind: 'text', text: 'x' },
    { kind: 'variable', name: 'A', fallback: [{ kind: 'text', text: '1 2' }], emptyToo: true },
    { kind: 'variable', name: 'B', fallback: null, emptyToo: false },
    { kind: 'text', text: '-' },
    { kind: 'variable', name: 'C', fallback: [{ kind: 'text', text: '' }], emptyToo: false },
  ]);
});
