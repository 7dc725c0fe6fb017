import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { run } from '../../../../src/main.js';
import { binaryHost } from '../binary-host.js';

const FOLDER = new URL('../../../../fixtures/logs/', import.meta.url);
const NAME = 'gunicorn-micros-pid.log';
const fixture = (name: string) => readFileSync(new URL(name, FOLDER));
const plain = fixture(NAME);
const PACKED = { gzip: gzipSync(plain), zstd: fixture(`${NAME}.zst`), bzip2: fixture(`${NAME}.bz2`) };

async function learn(bytes: Uint8Array, pieceBytes?: number) {
  const { host, out, err } = binaryHost(['fit', 'a', '--json'], { a: bytes }, [], pieceBytes);
  const code = await run(host);
  return { code, err: err(), result: code === 0 ? JSON.parse(out()) : null };
}

test.each(Object.entries(PACKED))(
  '%s gives what the plain file does, in pieces of any size',
  async (_, packed) => {
    const expected = (await learn(plain)).result;
    for (const bytes of [7, 100, 65_536]) {
      const { result, err } = await learn(packed, bytes);
      expect(result?.service, err).toEqual(expected.service);
      expect(result.log).toMatchObject({ lines: 40, requests: 40, brokenLines: 0 });
    }
  },
);

test.each(Object.entries(PACKED))('several %s files in one are read to the end', async (_, packed) => {
  expect((await learn(Buffer.concat([packed, packed]))).result.log.requests).toBe(80);
});

test.each(Object.entries(PACKED))(
  '%s that is cut off or damaged is said to be, in one sentence',
  async (name, packed) => {
    for (const bytes of [packed.subarray(0, packed.length - 20), packed.subarray(0, 8)]) {
      const { code, err, result } = await learn(bytes);
      if (code === 0) expect(result.notes.join()).toContain(`the ${name} file is`);
      else expect(err).toMatch(new RegExp(`^wcalc: a: the ${name} file is (cut off|damaged); accepted`));
    }
    const damaged = Buffer.from(packed);
    damaged.fill(0x55, 60, 120);
    const { code, err } = await learn(damaged);
    expect([0, 3]).toContain(code);
    if (code === 3) expect(err.trim().split('\n')).toHaveLength(1);
  },
);

test('UTF-16, as PowerShell writes it, is read', async () => {
  const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(plain.toString('utf8'), 'utf16le')]);
  expect((await learn(wide, 333)).result.log).toMatchObject({ requests: 40, brokenLines: 0 });
});

test('a last line that is still being written is left out with a note', async () => {
  const { result } = await learn(plain.subarray(0, plain.length - 70));
  expect(result.log).toMatchObject({ requests: 39, brokenLines: 0 });
  expect(result.notes.join()).toContain('the last line is not whole');
});
