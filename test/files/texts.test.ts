import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDotenv } from '../../src/files/dotenv.js';
import { findFile } from '../../src/files/find-file.js';
import { readIni } from '../../src/files/ini.js';
import { keyValues } from '../../src/files/key-values.js';
import { both, known, PLAIN, scalarText } from '../../src/files/reading.js';
import {
  baseName,
  directoryOf,
  embedded,
  joinPath,
  type Span,
  sourceOf,
  tidyPath,
} from '../../src/files/text-file.js';

const where = ({ line, column, endColumn }: Span) => `${line}:${column}-${endColumn}`;

describe('places in a text', () => {
  test('are line and column, from any offset and to the end of the line', () => {
    const source = sourceOf('a', 'ab\r\ncde\n\nf');
    expect([0, 1, 4, 6, 8, 9].map((offset) => where(source.at(offset)))).toEqual([
      '1:1-2',
      '1:2-3',
      '2:1-2',
      '2:3-4',
      '3:1-2',
      '4:1-2',
    ]);
    expect(where(source.at(0, 99))).toBe('1:1-3');
    expect(where(source.at(4, 6))).toBe('2:1-3');
    expect(where(source.at(5, 2))).toBe('2:2-3');
    expect([1, 2, 3, 4, 9].map((line) => source.line(line))).toEqual([
      'ab',
      'cde',
      '',
      'f',
      'ab\r\ncde\n\nf',
    ]);
  });

  test('are those that counting gives, of every offset', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'bc', '\n'), { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        const source = sourceOf('a', text);
        for (let offset = 0; offset < text.length; offset++) {
          const before = text.slice(0, offset).split('\n');
          expect(source.at(offset)).toMatchObject({ line: before.length, column: before.at(-1)!.length + 1 });
        }
      }),
    );
  });

  test('of a text that another file holds are those of that file', () => {
    const outer = sourceOf('web.yaml', 'a: |\n  workers = 4\n  threads = 2\n');
    const inner = embedded(outer, 'workers = 4\nthreads = 2\n', 'gunicorn.conf.py', 2, 2);
    expect(inner.at(12, 19)).toEqual({ file: 'web.yaml', line: 3, column: 3, endColumn: 10 });
    expect(inner.line(3)).toBe('  threads = 2');
    expect(inner.alias).toBe('gunicorn.conf.py');
  });
});

describe('paths', () => {
  test.each([
    ['', 'a/b', 'a/b'],
    ['x', 'a', 'x/a'],
    ['x', './a', 'x/a'],
    ['x/y', '../a', 'x/a'],
    ['x', '../../a', '../a'],
    ['', '../../a', '../../a'],
    ['x', '/a//b', '/a/b'],
    ['/', '../a', '/../a'],
    ['x', '..', '.'],
    ['', '', '.'],
  ])('in %j %j is %j', (directory, path, joined) => {
    expect(joinPath(directory, path)).toBe(joined);
  });

  test('have a name and a directory, and one way to be written', () => {
    expect(['a/b/c', 'c', '/c'].map(baseName)).toEqual(['c', 'c', 'c']);
    expect(['a/b/c', 'c', '/c'].map(directoryOf)).toEqual(['a/b', '', '/']);
    expect(['./a', '././/a', 'a\\b', 'a//b', './', 'a/./b'].map(tidyPath)).toEqual([
      'a',
      'a',
      'a/b',
      'a/b',
      '.',
      'a/./b',
    ]);
  });

  test('lead to a file among those given by as much of their end as tells it, then beside the one that names it', () => {
    const given = (...paths: string[]) => paths.map((path) => sourceOf(path, ''));
    const find = (path: string, from: string, paths: string[], beside: readonly string[] = []) =>
      findFile(path, from, given(...paths), (one) => (beside.includes(one) ? sourceOf(one, '') : null))
        ?.file ?? null;
    expect(find('conf.py', 'a/Procfile', ['conf.py', 'a/conf.py'])).toBe('a/conf.py');
    expect(find('/app/b/conf.py', 'Procfile', ['a/conf.py', 'b/conf.py'])).toBe('b/conf.py');
    expect(find('/srv/conf.py', 'a/Procfile', ['a/conf.py', 'b/conf.py'])).toBe('a/conf.py');
    expect(find('/srv/conf.py', 'Procfile', ['a/conf.py', 'b/conf.py'])).toBeNull();
    expect(find('/srv/conf.py', 'Procfile', ['a/conf.py'])).toBe('a/conf.py');
    expect(find('other.py', 'Procfile', ['a/conf.py'])).toBeNull();
    expect(find('/app/etc/conf.py', 'a/Procfile', [], ['a/etc/conf.py', 'conf.py'])).toBe('a/etc/conf.py');
    expect(find('/app/conf.py', 'a/Procfile', [], ['conf.py'])).toBe('conf.py');
    expect(find('../conf.py', 'a/Procfile', [], ['../conf.py', 'a/../conf.py'])).toBeNull();
    expect(find('./', 'a/Procfile', ['a'], ['a'])).toBeNull();
  });
});

describe('an .env file', () => {
  test.each([
    ['A=1', '1'],
    ['A = 1 ', '1'],
    ['export A=1', '1'],
    ['  A=1\r', '1'],
    ['A=', ''],
    ['A="a b"', 'a b'],
    ["A='a $b'", 'a $b'],
    ['A="a" # words', 'a'],
    ['A="a"b"', 'a"b'],
    ['A="a#b"', 'a#b'],
    ['A=a # words', 'a'],
    ['A=a#b', 'a#b'],
    ['A=#b', ''],
    ['A=a=b', 'a=b'],
    ['A="a\\n"', null],
    ['A="$B"', null],
    ['A=$B', null],
    ['A=a # $B', 'a'],
    ['A="a', null],
    ['A="a" b', null],
    ['A.b-c=1', '1'],
  ])('%j sets %j', (line, value) => {
    const [variable, ...others] = readDotenv(sourceOf('.env', line));
    expect(others).toEqual([]);
    expect(variable!.value.known ? variable!.value.value : null).toBe(value);
  });

  test('has a variable a line, each with the place of its value; others are passed over', () => {
    const source = sourceOf('.env', '# words\nA=1\n\nexport BC = "xy"\n=3\n1D=4\n- E=5\nF=\n');
    expect(readDotenv(source).map(({ name, value }) => `${name} ${where(value.at)}`)).toEqual([
      'A 2:3-4',
      'BC 4:13-17',
      'F 8:3-4',
    ]);
    expect(readDotenv(source)).toBe(readDotenv(source));
  });
});

describe('INI and plain TOML', () => {
  const entries = (text: string, options = {}) =>
    readIni(sourceOf('a', text), options).map(({ section, sectionIndex, key, value, at }) => [
      section,
      sectionIndex,
      key,
      value,
      where(at),
    ]);

  test('have keys and values by section, without quotes and comments', () => {
    const text =
      'a = 1\n[x] ; words\nb: two ; words\n"c" = "d\\te" # f\n[[y]]\ng=\'h # i\' # j\nk = l;m\nno\n';
    expect(entries(text)).toEqual([
      ['', 0, 'a', '1', '1:5-6'],
      ['x', 1, 'b', 'two', '3:4-15'],
      ['x', 1, 'c', 'd\te', '4:7-17'],
      ['y', 2, 'g', 'h # i', '6:3-14'],
      ['y', 2, 'k', 'l;m', '7:5-8'],
    ]);
  });

  test('take whole lines of comments by the characters that begin one', () => {
    expect(entries('; a = 1\n# b = 2\nc = 3')).toHaveLength(1);
    expect(entries('; a = 1\n# b = 2', { comments: '#' })).toEqual([]);
    expect(entries(';a = 1', { comments: '#' })).toEqual([]);
  });

  test('go on with indented lines where configparser does, within a section', () => {
    const text = 'a = 1\n  2\n  3\n[x]\n  b = 4\r\n';
    expect(entries(text, { continued: true })).toEqual([
      ['', 0, 'a', '1\n2\n3', '1:5-6'],
      ['x', 1, 'b', '4', '5:7-8'],
    ]);
    expect(entries('a = 1\n  b = 2').map(([, , key]) => key)).toEqual(['a', 'b']);
    expect(entries('a = "\\q"')[0]![3]).toBe('\\q');
  });

  test('are told as they are written where types count', () => {
    const found = keyValues(
      sourceOf('a', 'a = "1" \n[ x ]\nb c = 2 # d\ne =\r\n;f = 1\n#g = 1\nh = #\n[[y]]\ni = j;k ;l\n=m\n'),
    );
    expect(found.map(({ section, key, value, at }) => [section, key, value, where(at)])).toEqual([
      ['', 'a', '"1"', '1:5-8'],
      ['x', 'b c', '2', '3:7-8'],
      ['x', 'e', '', '4:1-2'],
      ['x', 'h', '', '7:1-2'],
      ['y', 'i', 'j;k', '9:5-8'],
    ]);
  });
});

describe('what a value rests on', () => {
  const of = (cpuCount: boolean, ...assumes: string[]) => ({ cpuCount, assumes });
  test('is all that either of two does, each said once and fifty at most', () => {
    expect(both(of(true, 'a', 'b'), of(false, 'b', 'c'))).toEqual(of(true, 'a', 'b', 'c'));
    expect(both(of(false), of(true))).toEqual(of(true));
    const one = of(false, 'a');
    expect(both(one, PLAIN)).toBe(one);
    expect(both(PLAIN, one)).toBe(one);
    const many = Array.from({ length: 60 }, (_, n) => `${n}`);
    expect(both(of(false, 'x'), of(false, ...many)).assumes).toHaveLength(50);
    expect(known(1, sourceOf('a', 'b').at(0))).toMatchObject({ value: 1, cpuCount: false, assumes: [] });
  });

  test('is written as Python writes it', () => {
    expect([null, true, false, 2, 'a', { float: 2 }, { float: 2.5 }].map(scalarText)).toEqual([
      'None',
      'True',
      'False',
      '2',
      'a',
      '2.0',
      '2.5',
    ]);
  });
});
