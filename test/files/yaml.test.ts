import { describe, expect, test } from 'vitest';
import { sourceOf } from '../../src/files/text-file.js';
import { edited, overlay, retold } from '../../src/files/yaml-overlay.js';
import { quantity, readYaml, type YamlNode } from '../../src/files/yaml-tree.js';

const read = (text: string): YamlNode => readYaml(sourceOf('a.yaml', text))[0]!;

/** The plain data that a node says. */
const data = (node: YamlNode | null): unknown => {
  if (!node) return undefined;
  if (node.isList) return node.items().map(data);
  if (node.isMap) return Object.fromEntries(node.entries().map(({ key, value }) => [key, data(value)]));
  return node.scalar;
};

describe('a YAML file', () => {
  test('is maps, lists and scalars with their places; numbers keep their text', () => {
    const node = read('a: {b: [1, "x"]}\nc: 1.50\nd: ~\ne:\n');
    expect(data(node)).toEqual({ a: { b: [1, 'x'] }, c: 1.5, d: null, e: null });
    expect(node.path('a', 'b')!.items()[1]!.at).toMatchObject({ line: 1, column: 12, endColumn: 15 });
    expect([node.get('c')!.text, node.get('d')!.text, node.get('a')!.text]).toEqual(['1.50', '~', undefined]);
    expect([node.get('x'), node.path('a', 'x', 'y'), node.path('c', 'x')]).toEqual([null, null, null]);
    expect([node.items(), node.get('c')!.entries()]).toEqual([[], []]);
  });

  test('of several documents is each of them', () => {
    expect(readYaml(sourceOf('a', 'a: 1\n---\n---\nb: 2\n')).map(data)).toEqual([{ a: 1 }, null, { b: 2 }]);
    expect(readYaml(sourceOf('a', ''))).toEqual([]);
    const many = (count: number) => readYaml(sourceOf('a', '---\na: 1\n'.repeat(count)));
    expect(many(1000)).toHaveLength(1000);
    expect(() => many(1001)).toThrow('a: has more than 1000 documents, which are not read');
    const keys = (count: number) =>
      readYaml(sourceOf('a', Array.from({ length: count }, (_, n) => `k${n}: 1\n`).join('')));
    expect(keys(60_000)[0]!.get('k59999')?.text).toBe('1');
    expect(() => keys(60_001)).toThrow('a: has more than 60000 keys and items, which are not read');
  });

  test('follows aliases to the last anchor before them, and merges maps that it names', () => {
    expect(data(read('a: &x 1\nb: *x\nc: &x 2\nd: *x\n'))).toMatchObject({ b: 1, d: 2 });
    const node = read('a: &a {p: 1, q: 1}\nb: &b {q: 2, r: 2}\nc: {<<: *a, q: 3}\nd: {<<: [*a, *b]}\n');
    expect(['p', 'q', 'r'].map((key) => data(node.path('c', key)))).toEqual([1, 3, undefined]);
    expect(['p', 'q', 'r'].map((key) => data(node.path('d', key)))).toEqual([1, 1, 2]);
    expect(
      node
        .get('c')!
        .entries()
        .map(({ key }) => key),
    ).toEqual(['p', 'q', 'q']);
    expect(data(read('b: *none\na: &none 1\n'))).toEqual({ b: undefined, a: 1 });
  });

  test('that multiplies by aliases ends with what was followed so far', () => {
    const levels = Array.from(
      { length: 9 },
      (_, n) => `l${n + 1}: &l${n + 1} [${Array(9).fill(`*l${n}`).join(', ')}]`,
    );
    const node = read(`l0: &l0 x\n${levels.join('\n')}\n`);
    const count = (one: YamlNode): number => 1 + one.items().reduce((sum, item) => sum + count(item), 0);
    expect(count(node.get('l9')!)).toBeLessThan(60_000);
  });

  test.each([
    ['a: [1', /^a\.yaml:\d+:\d+: this is not valid YAML: /],
    ['a: 1\n b: 2\n', /^a\.yaml:1:4: this is not valid YAML: /],
    ['a: {{ .Values.x }}\n', /^a\.yaml:1:4: this is a template; render it first/],
  ])('%j is refused', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  test('tells a quantity with its place, says that it is none, or nothing where there is nothing', () => {
    const node = read('a: " 7 "\nb: x\nc: ~\nd: [1]\n');
    const of = (key: string) =>
      quantity(node.get(key), (text) => (/^\d$/.test(text) ? Number(text) : null), 'number');
    expect(of('a')).toMatchObject({ known: true, value: 7, at: { line: 1, column: 4 } });
    for (const key of ['b', 'd'])
      expect(of(key)).toMatchObject({ known: false, why: 'this number is not read' });
    expect([of('c'), of('x')]).toEqual([null, null]);
  });
});

describe('a map laid over another', () => {
  const merged = (base: string, over: string) => data(overlay(read(base), read(over)));

  test('merges maps and replaces all else; what is set to nothing stays', () => {
    expect(merged('a: {b: 1, c: 2}\nd: 1', 'a: {c: 3, e: 4}\nf: 5')).toEqual({
      a: { b: 1, c: 3, e: 4 },
      d: 1,
      f: 5,
    });
    expect(merged('a: [1, 2]', 'a: [3]')).toEqual({ a: [3] });
    expect(merged('a: {b: 1}', 'a: 2')).toEqual({ a: 2 });
    expect(merged('a: 1', 'a:')).toEqual({ a: 1 });
    expect(data(overlay(null, read('a: 1')))).toEqual({ a: 1 });
    expect(data(overlay(read('a: 1'), null))).toEqual({ a: 1 });
  });

  test('merges lists whose items have names, paths or ports by these; one may be taken away', () => {
    const base = 'a: [{name: x, v: 1}, {name: y, v: 1}, {v: 0}]';
    expect(merged(base, 'a: [{name: y, v: 2}, {name: z, v: 3}]')).toEqual({
      a: [{ name: 'x', v: 1 }, { name: 'y', v: 2 }, { v: 0 }, { name: 'z', v: 3 }],
    });
    expect(merged(base, 'a: [{name: x, $patch: delete}]')).toEqual({ a: [{ name: 'y', v: 1 }, { v: 0 }] });
    expect(merged('a: [{mountPath: /x, v: 1}]', 'a: [{mountPath: /x, w: 2}]')).toEqual({
      a: [{ mountPath: '/x', v: 1, w: 2 }],
    });
    expect(merged('a: [{containerPort: 80}]', 'a: [{containerPort: 80, w: 2}]')).toEqual({
      a: [{ containerPort: 80, w: 2 }],
    });
    expect(merged(base, 'a: []')).toEqual({ a: [] });
    expect(merged(base, 'a: [{v: 7}]')).toEqual({ a: [{ v: 7 }] });
  });

  test('keeps the place of each value', () => {
    const found = overlay(read('a: {b: 1}'), read('\n\na: {c: 2}'));
    expect([found!.path('a', 'b')!.at.line, found!.path('a', 'c')!.at.line]).toEqual([1, 3]);
  });
});

describe('a value at a path', () => {
  const with7 = (text: string, ...path: string[]) => data(edited(read(text), path, read('7')));
  const without = (text: string, ...path: string[]) => data(edited(read(text), path, null));

  test('is replaced, added or taken away', () => {
    expect(with7('a: {b: 1}', 'a', 'b')).toEqual({ a: { b: 7 } });
    expect(with7('a: {b: 1}', 'a', 'c')).toEqual({ a: { b: 1, c: 7 } });
    expect(with7('a: 1', 'b', 'c')).toMatchObject({ a: 1 });
    expect(without('a: {b: 1, c: 2}', 'a', 'b')).toEqual({ a: { c: 2 } });
    expect(without('a: 1', 'x')).toEqual({ a: 1 });
    expect(with7('a: 1')).toBe(7);
  });

  test('of a list is one of its items, or comes at its end', () => {
    expect(with7('[1, 2]', '1')).toEqual([1, 7]);
    expect(with7('[1, 2]', '-')).toEqual([1, 2, 7]);
    expect(with7('[1, 2]', '2')).toEqual([1, 2, 7]);
    expect(without('[1, 2]', '0')).toEqual([2]);
    expect(with7('[{a: 1}]', '0', 'a')).toEqual([{ a: 7 }]);
    for (const at of ['3', '-1', 'x', '0.5']) expect(with7('[1, 2]', at)).toEqual([1, 2]);
  });
});

test('a node is retold text by text, with the keys that lead to each', () => {
  const node = retold(read('a: {b: x}\nc: [y, 1]\n'), (text, keys) => `${keys.join('.')}:${text}`);
  expect(data(node)).toEqual({ a: { b: 'a.b:x' }, c: ['c:y', 'c:1'] });
  expect([node.path('a', 'b')!.text, node.get('x')]).toEqual(['a.b:x', null]);
  expect(data(retold(read('a: 1'), (text) => text))).toEqual({ a: 1 });
});
