import { run } from '../../../src/main.js';
import { madeUpHost } from '../../../test/made-up-host.js';
import { treeFiles } from '../../../test/observe/machine/tree-files.js';
import type { FuzzCase } from './cases.js';

/** Whatever may not leave the program raw, by Unicode's own classes; visible signs of numbers left out. */
const HIDDEN =
  /(?![\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const BROKEN =
  /(?<![\w."'$/`-])(NaN|undefined|\[object \w+\])(?![\w"'`-])|^\s+at \S+ \(|TypeError|ReferenceError|RangeError|call stack|a defect in wcalc/m;
/** What `--color` asks for. */
const OWN_COLOUR = /\u001b\[[\d;]*m/g;
/** What CI systems take for a command: `::name …::` at the beginning of a line, where `:::` alone is none. */
const COMMAND = /^\s*::[a-z][^\n]*?::|##(?:vso|teamcity)?\[/im;
const LONGEST_LINE = 1200;
/** Of processor time; a run takes a few milliseconds, the first of its command more. */
const MOST_MS = 3000;
/** A day's rates are a plan for each of them: the mathematics, not the reading. */
const MOST_MS_OF_RATES = 20_000;

/** Runs a case in this process; what is wrong with what came out, a sentence each. */
export async function faultsOf(one: FuzzCase): Promise<readonly string[]> {
  const { argv, env, files, stdin, machine, answers } = one;
  const given = JSON.stringify(one);
  let asked = 0;
  const made = madeUpHost(argv, {
    env: { ...env },
    files: { ...files },
    stdin: [stdin],
    answer: () => answers[asked++ % answers.length]!,
  });
  const before = process.cpuUsage();
  const code = await run({
    ...made.host,
    asset: () => '',
    ...(machine !== null && { files: treeFiles(machine) }),
  });
  const { user, system } = process.cpuUsage(before);
  const [out, err] = [made.out(), made.err()];
  const faults: string[] = [];
  if (![0, 1, 2, 3].includes(code)) faults.push(`exit code ${code}`);
  if (code >= 2 && err === '' && !argv.includes('--batch')) faults.push(`exit code ${code} without a word`);
  if ((user + system) / 1000 > (one.kind === 'rates' ? MOST_MS_OF_RATES : MOST_MS))
    faults.push(`${Math.round((user + system) / 1000)} ms`);
  for (const [name, text] of [
    ['stdout', out],
    ['stderr', err],
  ] as const) {
    const hidden = HIDDEN.exec(
      (argv.includes('--color') ? text.replaceAll(OWN_COLOUR, '') : text).replace(/[\n\t]|\r(?=\n)/g, ''),
    );
    if (hidden) faults.push(`U+${hidden[0].codePointAt(0)!.toString(16)} on ${name}`);
    const isOwn = name === 'stdout' && (argv.includes('github') || argv.includes('html'));
    if (!isOwn && COMMAND.test(text)) faults.push(`a command of a CI system on ${name}`);
    const scripts = /<script>[\s\S]*<\/script>/g;
    const broken = BROKEN.exec(text.replace(scripts, '').replaceAll(/"[^"\n]*"/g, '""'));
    // What was typed may be quoted.
    if (broken && !given.includes(broken[0])) faults.push(`${JSON.stringify(broken[0])} on ${name}`);
  }
  for (const line of err.split('\n').filter((one) => one !== '')) {
    if (!line.startsWith('wcalc: ')) faults.push(`a line of stderr without "wcalc:": ${line.slice(0, 80)}`);
    if (line.length > LONGEST_LINE) faults.push(`a line of stderr with ${line.length} characters`);
  }
  return faults;
}
