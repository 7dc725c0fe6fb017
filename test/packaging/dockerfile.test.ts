import { existsSync, readFileSync } from 'node:fs';
import { type Copy, DockerfileParser, type Instruction, type JSONInstruction } from 'dockerfile-ast';
import { expect, it } from 'vitest';

const dockerfile = DockerfileParser.parse(readFileSync('Dockerfile', 'utf8'));
const instructions = dockerfile.getInstructions();
const stages = dockerfile.getFROMs();
const textOf = (instruction: Instruction): string =>
  `${instruction.getKeyword()} ${instruction.getRawArgumentsContent()}`;

it('names images by their full version, and Node by one that wcalc runs on', () => {
  expect(stages.map((stage) => stage.getImage())).toEqual([
    expect.stringMatching(/^node:2\d\.\d+\.\d+-bookworm-slim$/),
    'gcr.io/distroless/cc-debian12:nonroot',
  ]);
});

it('copies what the build before it makes, and what is in the repository', () => {
  const copies = dockerfile.getCOPYs() as Copy[];
  const sources = copies.map((copy) => ({
    from: copy
      .getFlags()
      .find((flag) => flag.getName() === 'from')
      ?.getValue(),
    paths: copy.getArguments().slice(0, -1).map(String),
  }));
  for (const { from, paths } of sources)
    for (const path of paths)
      if (from === undefined) expect(existsSync(path), path).toBe(true);
      else {
        expect(stages[0]!.getBuildStage()).toBe(from);
        // What npm run binary writes, see tools/build/binary.mjs.
        expect(path).toMatch(/^\/build\/release\/(wcalc|LICENSE|THIRD-PARTY-NOTICES\.txt)$/);
      }
  expect(sources.filter(({ from }) => from !== undefined)).toHaveLength(2);
});

it('needs no shell in the image: nothing runs in its last stage, and its entry point is a list', () => {
  const last = instructions.filter(
    (instruction) => instruction.getRange().start.line > stages.at(-1)!.getRange().start.line,
  );
  expect(last.map((instruction) => instruction.getKeyword())).toEqual([
    'COPY',
    'COPY',
    'WORKDIR',
    'ENTRYPOINT',
  ]);
  const entry = last.at(-1) as JSONInstruction;
  expect(entry.getOpeningBracket()).not.toBeNull();
  expect(entry.getJSONStrings().map((text) => text.getJSONValue())).toEqual(['/usr/local/bin/wcalc']);
  expect(last.some((instruction) => textOf(instruction).includes('/usr/local/bin/wcalc'))).toBe(true);
});

it('keeps out of the build what it makes itself', () => {
  const ignored = readFileSync('.dockerignore', 'utf8').split('\n');
  for (const name of ['node_modules', 'dist', 'release', '.git']) expect(ignored).toContain(name);
});
