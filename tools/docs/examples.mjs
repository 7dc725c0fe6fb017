// Runs the examples of the docs: fenced blocks of `console`, whose lines after "$ " are commands and whose other lines are their output.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { terminalPicture } from './terminal-picture.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const DOCUMENTS = [
  'README.md',
  'docs/guide.md',
  'docs/logs.md',
  'docs/prometheus.md',
  'docs/comparison.md',
  'docs/ci.md',
];

const BLOCK = /^```console\n([\s\S]*?)^```$/gm;

/** A folder with the files that examples read, and `wcalc` on the path. Call `remove` in the end. */
export function exampleFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'wcalc-docs-'));
  const work = join(folder, 'project');
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  cpSync(join(root, 'fixtures/docs'), work, { recursive: true });
  symlinkSync(join(root, 'bin/wcalc.cjs'), join(bin, 'wcalc'));
  return {
    /** Standard output and error of a command together, as a terminal of 80 columns shows them. */
    run(command, colour = {}) {
      const { PATH, HOME } = process.env;
      const env = { PATH: `${bin}:${PATH}`, HOME, COLUMNS: '80', LANG: 'C.UTF-8', ...colour };
      const { stdout } = spawnSync('sh', ['-c', `{ ${command}\n} 2>&1`], {
        cwd: work,
        env,
        encoding: 'utf8',
        maxBuffer: 1 << 26,
      });
      return stdout.replace(/\n+$/, '');
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The commands of a document with the output that it shows; `…` on a line of its own stands for lines left out. */
export function examplesIn(markdown) {
  return [...markdown.matchAll(BLOCK)].flatMap(([, block]) => commandsOf(block));
}

function commandsOf(block) {
  const commands = [];
  for (const line of block.replace(/\n$/, '').split('\n')) {
    if (line.startsWith('$ ')) commands.push({ command: line.slice(2), output: [] });
    else if (commands.at(-1)?.command.endsWith('\\') && commands.at(-1).output.length === 0)
      commands.at(-1).command += `\n${line}`;
    else commands.at(-1)?.output.push(line);
  }
  return commands.map(({ command, output }) => ({ command, output: output.join('\n') }));
}

/** The document with every output made anew. Where `…` cuts an output, the same number of lines before it stays. */
export function renewed(markdown, run) {
  return markdown.replace(BLOCK, (_, block) => {
    const shown = commandsOf(block).map(({ command, output }) => {
      const made = run(command);
      return `$ ${command}${made || output ? `\n${cutLike(output, made)}` : ''}`;
    });
    return `\`\`\`console\n${shown.join('\n')}\n\`\`\``;
  });
}

/** An output cut where the shown one is cut. */
export function cutLike(shown, made) {
  const lines = shown.split('\n');
  const at = lines.indexOf('…');
  return at < 0 ? made : [...made.split('\n').slice(0, at), '…'].join('\n');
}

/** Pictures of what a terminal shows: a command, and the part of its output that is shown. */
const PICTURES = [
  {
    file: 'docs/table.svg',
    command: 'wcalc --cores 4 --mem 1024 --per-worker 256',
    shown: (lines) => lines.slice(0, lines.findIndex((line) => line.includes('Left out')) - 1),
  },
  {
    file: 'docs/chart.svg',
    command:
      "wcalc --cores 2 --mem 1GiB --per-worker 180 --cpu-time 12 --io-time 60 \\\n    --rate 50/s --slo 'p95<250ms' --quiet --chart",
    shown: (lines) => [lines[0], '…', ...lines.slice(lines.findIndex((line) => line.startsWith('p95 ')))],
  },
];

/** The pictures by their files. */
export const pictures = (run) =>
  PICTURES.map(({ file, command, shown }) => ({
    file,
    svg: terminalPicture(command, shown(run(command, { FORCE_COLOR: '1' }).split('\n')).join('\n')),
  }));

/** The page of all topics, from the texts that `wcalc explain` prints. */
export function topicsPage() {
  const { stdout } = spawnSync(
    process.execPath,
    [join(root, 'bin/wcalc.cjs'), 'explain', '--format', 'markdown'],
    { encoding: 'utf8' },
  );
  return `# Topics\n\nWhat \`wcalc explain\` says; made by \`npm run docs\`.\n\n${stdout}`;
}
