// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell variables
import { describe, expect, test } from 'vitest';
import { environmentOf } from '../../../src/files/environment.js';
import { scriptOf } from '../../../src/files/shell/command-text.js';
import { followScript } from '../../../src/files/shell/follow.js';
import { resolveParts } from '../../../src/files/shell/resolve-word.js';
import { sourceOf } from '../../../src/files/text-file.js';

const OUTER = { environment: environmentOf([]), cpuCount: null };

/** The programs that a line comes to, their words joined by `|`, what is not known in `<>`; `?` where it is not known whether. */
function reachedBy(line: string): string[] | null {
  const text = `${line}\n`;
  const place = { source: sourceOf('start.sh', text), from: 0, to: text.length };
  const options = {
    outer: OUTER,
    args: [],
    locked: new Set<string>(),
    script: 'start.sh',
    source: () => null,
  };
  const followed = followScript(text, place, options);
  if (!followed) return null;
  return followed.reached.map(({ words, condition }) => {
    const [name, ...rest] = words.map((word) => {
      const reading = resolveParts(word.parts, word.at, OUTER);
      return reading.known ? reading.value : `<${scriptOf(word)}>`;
    });
    return `${condition === null ? '' : '? '}${name}${rest.length > 0 ? ` ${rest.join('|')}` : ''}`;
  });
}

/** What GNU bash 5.2 itself calls `g` with. */
const BASH: readonly (readonly [string, readonly string[]])[] = [
  ['A=a.b.c; g ${A#*.} ${A##*.} ${A%.*} ${A%%.*} ${A#x} ${A%x}', ['g b.c|c|a.b|a|a.b.c|a.b.c']],
  ['A=aBc; g ${A^} ${A^^} ${A,} ${A,,}', ['g ABc|ABC|aBc|abc']],
  ['A=Abc; g ${A,} ${A^}', ['g abc|Abc']],
  ['A=; g "${A:-x}" "${A-x}" "${A:+y}" "${A+y}"', ['g x|||y']],
  ['A=z; g "${A:-x}" "${A-x}" "${A:+y}" "${A+y}"', ['g z|z|y|y']],
  ['A=; : ${A:=d}; g $A', ['g d']],
  [': ${B=e}; g $B', ['g e']],
  ['A=" a  b "; g $A; g "$A"', ['g a|b', 'g  a  b ']],
  ['A="a b"; B=($A c); g ${#B[@]} "${B[@]}" "${B[*]}" ${B[1]} ${B[0]}', ['g 3|a|b|c|a b c|b|a']],
  ['B=(); g x "${B[@]}" y', ['g x|y']],
  ['A=abc; g ${#A}', ['g 3']],
  ['set -- p q r; g $# $1 "$3" "$*" "$@" ${#@}', ['g 3|p|r|p q r|p|q|r|3']],
  ['set -- p q; shift; g $# $1', ['g 1|q']],
  ['set -- p q r; shift 2; g $1', ['g r']],
  ['set --; g $# "$@"', ['g 0']],
  ['g $((1+2*3)) $(((1+2)*3)) $((7/2)) $((-7/2)) $((7%3)) $((-7%3)) $((2**3))', ['g 7|9|3|-3|1|-1|8']],
  ['g $((1<2)) $((2<2)) $((2<=2)) $((3>2)) $((2>=3)) $((1==1)) $((1!=1))', ['g 1|0|1|1|0|1|0']],
  ['g $((1&&0)) $((1&&2)) $((0||0)) $((0||3)) $((!0)) $((!5)) $((-3)) $((+3))', ['g 0|1|0|1|1|0|-3|3']],
  ['g $((1<<3)) $((17>>2)) $((1?2:3)) $((0?2:3))', ['g 8|4|2|3']],
  ['[ 1 -eq 1 ] && g a; [ 1 -eq 2 ] && g b; [ 1 -ne 2 ] && g c; [ 1 -ne 1 ] && g d; true', ['g a', 'g c']],
  ['[ 1 -lt 2 ] && g a; [ 2 -lt 2 ] && g b; [ 2 -le 2 ] && g c; [ 3 -le 2 ] && g d; true', ['g a', 'g c']],
  ['[ 2 -gt 1 ] && g a; [ 2 -gt 2 ] && g b; [ 2 -ge 2 ] && g c; [ 1 -ge 2 ] && g d; true', ['g a', 'g c']],
  [
    '[ a = a ] && g a; [ a = b ] && g b; [ a != b ] && g c; [ a != a ] && g d; [ a == a ] && g e; true',
    ['g a', 'g c', 'g e'],
  ],
  [
    '[ -z "" ] && g a; [ -z x ] && g b; [ -n x ] && g c; [ -n "" ] && g d; [ x ] && g e; [ "" ] && g f; true',
    ['g a', 'g c', 'g e'],
  ],
  [
    '[ ! a = b ] && g a; [ a = a -a b = b ] && g b; [ a = b -o b = b ] && g c; [ a = b -a b = b ] && g d; [ a = b -o b = a ] && g e; true',
    ['g a', 'g b', 'g c'],
  ],
  ['[ \\( a = b -o a = a \\) -a b = b ] && g a; [ ! -z x ] && g b; true', ['g a', 'g b']],
  ['test a = a && g a; test a = b || g b', ['g a', 'g b']],
  [
    '[[ abc == a* ]] && g a; [[ abc == b* ]] && g b; [[ abc != b* ]] && g c; [[ abc == "a*" ]] && g d; true',
    ['g a', 'g c'],
  ],
  ['[[ abc =~ ^a.c$ ]] && g a; [[ abc =~ ^b ]] && g b; [[ 12 =~ ^[0-9]+$ ]] && g c; true', ['g a', 'g c']],
  [
    '[[ 2 -lt 10 && a == a ]] && g a; [[ 2 -gt 10 || a == b ]] && g b; [[ ! a == b ]] && g c; [[ ( a == a ) && -n x ]] && g d; true',
    ['g a', 'g c', 'g d'],
  ],
  ['A=1; [[ -v A ]] && g a', ['g a']],
  ['case abc in a*) g a;; *) g b;; esac', ['g a']],
  ['case abc in b*|ab?) g a;; esac', ['g a']],
  ['case abc in [a-b]bc) g a;; esac; case abc in [!a]bc) g b;; *) g c;; esac', ['g a', 'g c']],
  ['case "a b" in "a b") g a;; esac; case x in a) g b;; esac', ['g a']],
  ['case a in a) g 1;& b) g 2;; c) g 3;; esac', ['g 1', 'g 2']],
  ['case a in a) g 1;;& b) g 2;; [a-c]) g 3;; esac', ['g 1', 'g 3']],
  ['for x in a "b c"; do g "$x"; done', ['g a', 'g b c']],
  ['for x in $(echo a b); do g $x; done', ['g a', 'g b']],
  ['i=0; while [ $i -lt 3 ]; do g $i; i=$((i+1)); done', ['g 0', 'g 1', 'g 2']],
  ['i=0; until [ $i -ge 2 ]; do g $i; i=$((i+1)); done', ['g 0', 'g 1']],
  ['for x in a b c; do [ $x = b ] && break; g $x; done; g $x', ['g a', 'g b']],
  ['for x in a b; do for y in 1 2; do [ $y = 2 ] && continue 2; g $x$y; done; done', ['g a1', 'g b1']],
  ['for x in a b; do for y in 1 2; do [ $y = 2 ] && break 2; g $x$y; done; done', ['g a1']],
  ['f() { return 1; }; f || g a; f && g b; true', ['g a']],
  ['f() { local A=2; g $A; }; A=1; f; g $A', ['g 2', 'g 1']],
  ['f() { A=2; }; A=1; f; g $A', ['g 2']],
  ['if true; then g a; else g b; fi; if false; then g c; else g d; fi', ['g a', 'g d']],
  [
    'true && g a; false && g b; true || g c; false || g d; ! true || g e; ! false && g f',
    ['g a', 'g d', 'g e', 'g f'],
  ],
  ['true && false || g a; false || true && g b', ['g a', 'g b']],
  ['{ g a; }; (g b); ( A=2 ); g ${A:-none}', ['g a', 'g b', 'g none']],
  ['A=1 B=2; g $A$B; A+=3; g $A', ['g 12', 'g 13']],
  ['export A=1; readonly B=2; declare C=3; g $A $B $C', ['g 1|2|3']],
  ['A=1; unset A; g ${A:-u}', ['g u']],
  ["g a\\ b 'c d' \"e f\" g\"h\"'i' \"a\\\"b\" 'x\\y' $'a\\tb'", ['g a b|c d|e f|ghi|a"b|x\\y|a\tb']],
  ['g "$(echo a b)" $(echo a b) `echo c`', ['g a b|a|b|c']],
  ['g $(expr 2 + 3) $(expr 7 / 2) $(expr 7 % 4) $(echo "2*3" | bc) ', ['g 5|3|3|6']],
  ['A=$((2)); A=$((A*A)); g $A', ['g 4']],
  ['A=x; B=A; g ${!B}', ['g x']],
  ['A="a;b"; g $A', ['g a;b']],
  ['eval "g a b"; A="g c"; $A', ['g a|b', 'g c']],
  ["g ~x 'a'$((1+1))'b'", ['g ~x|a2b']],
  ['A=a; A=$A$A; g $A', ['g aa']],
  [':; g a; : x; g b', ['g a', 'g b']],
  ['A=1; A=2 true; g $A', ['g 1']],
  ['set -e; false || g a', ['g a']],
  ['set -- a; for x; do g $x; done', ['g a']],
  ['set -- "a b" c; for x in "$@"; do g "$x"; done', ['g a b', 'g c']],
  ['A=10; g $((A % 3 ? 1 : 2)) $(( (A + 2) / 4 ))', ['g 1|3']],
  ['A=07; g $((1+${A#0}))', ['g 8']],
  ['A="x y"; set -- $A; g $# $2', ['g 2|y']],
  ['A=abc; g ${A:1} ${A:0:2} ${A:1:1}', ['g bc|ab|b']],
  ['A=aXbXc; g ${A/X/-} ${A//X/-} ${A//X} ${A/Y/-}', ['g a-bXc|a-b-c|abc|aXbXc']],
  ['A=(a b c); g ${A[-1]} ${A[1]}', ['g c|b']],
  ['A="a,b c,,d,"; IFS=,; g $A; g "$A"; unset IFS; g $A', ['g a|b c||d', 'g a,b c,,d,', 'g a,b|c,,d,']],
  ['set -- x y; IFS=,; g "$*"; g $*', ['g x,y', 'g x|y']],
  ['A=" a , b  c,,d"; IFS=" ,"; g $A; A=",a"; g $A', ['g a|b|c||d', 'g |a']],
  ["A='p:q r'; O=$IFS; IFS=:; g $A; IFS=$O; g $A; IFS=; g $A", ['g p|q r', 'g p:q|r', 'g p:q r']],
  ['A={a,b}; g "$A"', ['g {a,b}']],
];

test.each(BASH)('%s', (line, expected) => {
  expect(reachedBy(line)).toEqual(expected);
});

describe('what is not followed is said to be so, and never taken for something else', () => {
  test.each([
    ['A=5; ((A++)); g $A; (( A > 7 )) && g b', ['g <$A>', '? g b']],
    ['A=5; ((A += 2)); ((--B)); ((C = 1)); g $A $B $C', ['g <$A>|<$B>|<$C>']],
    ['A=5; ((A == 5)) && g $A; ((A <= 4)) || g $A', ['g 5', 'g 5']],
    ['let A=2+3; g $A', ['g <$A>']],
    ['for ((i=0; i<3; i++)); do A=$i; g $i; done; g $A', ['? g <$i>', 'g <$A>']],
    ['A=(a b c); g ${A[@]:1} ${A[$N]}', ['g <${A[@]:1}>|<${A[$N]}>']],
    ['A=abc; g ${A: -1} ${A/#a/-}', ['g <${A: -1}>|<${A/#a/-}>']],
    ['g "${NONE}" $((N+1))', ['g <${NONE}>|<$((N+1))>']],
    ['[[ $A =~ "a" ]] && g a', ['? g a']],
    ['[ -n $NONE ] && g a', ['? g a']],
    ['A="x :$NONE y"; g $A; g "$A"; B="z $A$(w)"; g $B', ['g x|<:$A>|y', 'g <$A>', 'g z|x|<:$B>|<y$B>']],
    ['g x{a,b} {1..3}', ['g <x{a,b}>|<{1..3}>']],
    ['A=1; for i in {1..3}; do A=$((A+1)); done; g $A', ['g <$A>']],
    ['IFS=$NONE; A=a,b; g $A "$A"', ['g <$A>|a,b']],
  ])('%s', (line, expected) => {
    expect(reachedBy(line)).toEqual(expected);
  });
});
