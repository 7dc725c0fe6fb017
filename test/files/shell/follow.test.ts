// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell variables
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { environmentOf } from '../../../src/files/environment.js';
import { known, type Surroundings } from '../../../src/files/reading.js';
import { scriptOf } from '../../../src/files/shell/command-text.js';
import { followScript } from '../../../src/files/shell/follow.js';
import { resolveParts } from '../../../src/files/shell/resolve-word.js';
import { splitWords } from '../../../src/files/shell/words.js';
import { sourceOf } from '../../../src/files/text-file.js';

const POINT = { file: '', line: 1, column: 1, endColumn: 2 };

function reachedBy(
  text: string,
  env: Record<string, string> = {},
  args: string | null = '',
  beside: Record<string, string> = {},
) {
  const source = sourceOf('start.sh', text);
  const variables = Object.entries(env).map(([name, value]) => ({ name, value: known(value, POINT) }));
  const outer: Surroundings = { environment: environmentOf(variables), cpuCount: { value: 6, assumes: [] } };
  const followed = followScript(
    text,
    { source, from: 0, to: text.length },
    {
      outer,
      args:
        args === null
          ? null
          : (splitWords(args) ?? []).map(({ parts }) => ({ parts, at: POINT, place: null })),
      locked: new Set(),
      script: 'start.sh',
      source: (path) => beside[path] ?? null,
    },
  );
  if (!followed) return null;
  return followed.reached.map(({ words, condition }) => {
    const texts = words.map((word) => {
      const reading = resolveParts(word.parts, word.at, outer);
      return reading.known ? reading.value : `<${scriptOf(word)}>`;
    });
    return (condition === null ? '' : '? ') + texts.join(' ');
  });
}

describe('what a script comes to', () => {
  it.each<[string, string, string[]]>([
    [
      'sequences, comments and here-documents',
      'a b && c > out 2>&1 # no\nd <<EOF\nnot words\nEOF\nf; (h)\n',
      ['a b', 'c', 'd', 'f', 'h'],
    ],
    ['exec ends it', 'exec a\nb\n', ['a']],
    ['exec of redirections alone does not', 'exec 2>&1\nb\n', ['b']],
    ['exit ends it', '[ -z "${X:-}" ] && exit 0\nb\n', []],
    ['arrays', 'c=(g -w "a b")\nc+=( --x )\nexec "${c[@]}" ${#c[@]}\n', ['g -w a b --x 4']],
    ['an empty array is no word', 'c=()\ng "${c[@]}" "" x\n', ['g  x']],
    ['word splitting, quoted or not', 'O="-w 2"\ng $O "$O" $NONE${O:+!}\n', ['g -w 2 -w 2 <$NONE!>']],
    ['functions and their arguments', 'f() { g "$1" "${2:-z}" "$@"; }\nf a\n', ['g a z a']],
    ['main "$@" with nothing', 'main() { g ${1:-web}; }\nmain "$@"\n', ['g web']],
    ['for over words', 'for x in a b; do g $x; done\n', ['g a', 'g b']],
    ['while with shift', 'set -- a b\nwhile [ $# -gt 0 ]; do g "$1"; shift; done\n', ['g a', 'g b']],
    [
      'break ends a loop',
      'N=0\nwhile true; do N=$((N+1)); if nc db; then break; fi; [ $N = 9 ] && exit 1; done\ng\n',
      ['nc db', '? nc db', 'g'],
    ],
    ['continue ends a round', 'for x in a b; do [ $x = a ] && continue; g $x; done\n', ['g b']],
    ['break before the rest', 'for x in a b; do [ $x = b ] && break; g $x; done\nh\n', ['g a', 'h']],
    [
      'tries that may end early',
      'for x in 1 2 3; do pg_isready && break; sleep 1; [ $x = 3 ] && exit 1; done\ng\n',
      ['pg_isready', 'g'],
    ],
    ['no path of a program is taken for known', '[ "$(which g)" != /x/g ] && exit 1\ng\n', ['g']],
    [
      "the script's directory",
      'D="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"\ng $D/c `dirname $0`/d $(dirname "$(readlink -f "$0")")\n',
      ['g ./c ./d .'],
    ],
    ['waiting loops', 'until nc -z db 1; do sleep 1; done\ng\n', ['nc -z db 1', 'g']],
    ['case with patterns', 'M=prod-eu\ncase "$M" in dev*|test) a;; prod*) b;; *) c;; esac\n', ['b']],
    ['elif and else', 'if false; then a; elif [ 2 -gt 3 ]; then b; else c; fi\n', ['c']],
    ['[[ ]] with && || !', 'X=a\n[[ $X == a* && ! -z $X || 1 -eq 2 ]] && g\n', ['g']],
    ['negation', '! false && g\n', ['g']],
    ['arithmetic', 'N=$((2 * 3 + 1))\ng $(( N > 5 ? 5 : N )) $((N%4))\n', ['g 5 3']],
    [
      'counts of CPUs',
      'g $(nproc) `getconf _NPROCESSORS_ONLN` $(grep -c ^processor /proc/cpuinfo) $(( $(nproc --all) * 2 + 1 ))\n',
      ['g 6 6 6 13'],
    ],
    [
      'a count of CPUs in other words',
      `g $(cat /proc/cpuinfo | grep processor | wc -l) $(python3 -c 'import os; print(os.cpu_count())') $(nproc || echo 1)\n`,
      ['g 6 6 6'],
    ],
    [
      'sums by other programs',
      'N=$(nproc)\ng $(expr $N \\* 2 + 1) $(echo "2 * $N + 1" | bc) $(echo x)\n',
      ['g 13 13 x'],
    ],
    ['defaults', 'g ${A:-1} ${A-2} ${A:=3} $A ${A:+4} ${A:-5}\n', ['g 1 2 3 3 4 3']],
    [
      'parts of values',
      'A=Web.Prod.sh\ng ${A%.*} ${A%%.*} ${A#*.} ${A##*.} ${A,,} ${A/Prod/Dev} ${#A} ${A:0:1} ${A:9}\n',
      ['g Web.Prod Web Prod.sh sh web.prod.sh Web.Dev.sh 11 W sh'],
    ],
    ['its own name', 'gosu app "$0" "$@"\n', ['gosu app ./start.sh']],
    ['indirect variables', 'A=B\nB=7\ng ${!A}\n', ['g 7']],
    ['a subshell keeps its changes', 'A=1\n(A=2; g $A)\ng $A\n', ['g 2', 'g 1']],
    ['background', 'a &\nb\nwait\n', ['a', 'b']],
    ['eval of known text', 'C="g -w 3"\neval "$C"\n', ['g -w 3']],
    [
      'command -v of what is always there',
      'if command -v nproc >/dev/null; then N=$(nproc); else N=2; fi\ng $N\n',
      ['g 6'],
    ],
  ])('%s', (_what, script, expected) => {
    expect(reachedBy(script)).toEqual(expected);
  });

  it('takes a program to succeed in a chain, and what stands for its failure not to run', () => {
    expect(reachedBy('migrate && a || b\n')).toEqual(['migrate', 'a']);
    expect(reachedBy('wait || exit 1\nexec b\n')).toEqual(['b']);
    expect(reachedBy('migrate || c && d\n')).toEqual(['migrate', 'd']);
  });

  it('goes on after a program that leads to the end of the script, since it may fail', () => {
    expect(reachedBy('probe && exec a\nexec b\n')).toEqual(['probe', 'a', '? b']);
    expect(reachedBy('probe && exec a || exec b\nc\n')).toEqual(['probe', 'a', '? b']);
    expect(reachedBy('probe && migrate && exec a\nexit 1\n')).toEqual(['probe', 'migrate', 'a']);
    expect(reachedBy('true && exec a\nb\n')).toEqual(['a']);
  });

  it('takes what is passed to it', () => {
    const script = 'case "$1" in web) shift; exec g "$@";; worker) exec c;; *) exec "$@";; esac\n';
    expect(reachedBy(script, {}, 'web -w 2')).toEqual(['g -w 2']);
    expect(reachedBy(script, {}, 'worker')).toEqual(['c']);
    expect(reachedBy(script, {}, 'python x.py')).toEqual(['python x.py']);
  });

  it('follows both ways where a condition is not known, and says which', () => {
    expect(reachedBy('case "$1" in web) exec g;; *) exec c;; esac\n', {}, null)).toEqual(['? g', '? c']);
    expect(reachedBy('if [ -f /x ]; then A=1; else A=1; fi\ng $A\n')).toEqual(['g 1']);
    expect(reachedBy('if [ "$X" = 1 ]; then A=1; fi\ng $A\n')).toEqual(['g <$A>']);
    expect(reachedBy('if [ -f /x ]; then exec a; fi\nexec b\n')).toEqual(['? a', '? b']);
    expect(reachedBy('[ -f /x ] || { echo no; exit 1; }\nexec b\n')).toEqual(['b']);
    expect(reachedBy('[ -f /x ] || exit 1\nexec b\n')).toEqual(['b']);
    expect(reachedBy('[ -f /x ] && exec a || exec b\nc\n')).toEqual(['? a', '? b']);
    expect(reachedBy('! [ -f /x ] && exec a || exec b\n')).toEqual(['? a', '? b']);
    expect(reachedBy('command -v a > /dev/null 2>&1 && exec a || exec b\n')).toEqual(['? a', '? b']);
    expect(reachedBy('cat f | grep -q x && exec a || exec b\n')).toEqual([
      'cat f',
      'grep -q x',
      '? a',
      '? b',
    ]);
    expect(reachedBy('[ -f /x ] && a || b\n')).toEqual(['? a', '? b']);
    expect(reachedBy('[ -f /x ] || exec a && exec b\nc\n')).toEqual(['? a', '? b']);
    expect(reachedBy('[ -f /x ] && [ -f /y ] && exec a || exec b\nc\n')).toEqual(['? a', '? b']);
    expect(reachedBy('f() { [ -f /x ]; }\nf && exec a || exec b\n')).toEqual(['? a', '? b']);
  });

  it('reads variables of scripts beside it, and knows of those that are not there', () => {
    expect(reachedBy('. ./env.sh\ng $W\n', {}, '', { './env.sh': 'W=4\n' })).toEqual(['g 4']);
    expect(reachedBy('. ./env.sh\ng ${W:-2}\n')).toEqual(['g <${W:-2}>']);
    expect(reachedBy('export $(cat .env | xargs)\ng ${W:-2}\n')).toEqual(['g <${W:-2}>']);
    expect(reachedBy('source venv/bin/activate\ng ${W:-2}\n')).toEqual(['g 2']);
  });

  it('keeps what the user gave, and finds values of the environment', () => {
    expect(reachedBy('if [ "$MODE" = api ]; then g $W; fi\n', { MODE: 'api', W: '3' })).toEqual(['g 3']);
  });

  it('is null for what is no script', () => {
    for (const text of ['echo "a', 'if a; then', 'x'.repeat(70_000)]) expect(reachedBy(text)).toBeNull();
  });

  it('ends where a script does not', () => {
    expect(reachedBy('f() { f; }\nf\ng\n')).toBeNull();
    expect(reachedBy('while true; do g; done\n')!.length).toBeLessThan(100);
    const doubling = `${'if [ -f /x ]; then A="$A$A"; fi\n'.repeat(400)}g $A\n`;
    const before = performance.now();
    reachedBy(doubling);
    expect(performance.now() - before).toBeLessThan(2000);
  });

  it('never fails, whatever the text', () => {
    const pieces = [
      'if',
      'then',
      'fi',
      'case',
      'in',
      'esac',
      ';;',
      '$(',
      ')',
      '"',
      "'",
      '${',
      '}',
      'A=1',
      '$A',
      '[',
      ']',
      '\n',
      ' ',
      '&&',
      '||',
      'exec',
      'f()',
      '{',
      '$((',
      '))',
      '1',
      '#',
      '<<E',
      'shift',
      'set --',
      'eval',
      '*',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), (parts) => {
        reachedBy(parts.join(' '));
        reachedBy(parts.join(''));
      }),
      { seed: 7, numRuns: 600 },
    );
  });
});
