import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { readElf } from '../../tools/build/wheel/elf.mjs';
import { platformTag } from '../../tools/build/wheel/platform-tag.mjs';
import { pythonVersion } from '../../tools/build/wheel/python-version.mjs';
import { writeWheel } from '../../tools/build/wheel/wheel.mjs';

/** An ELF executable of nothing but headers: one segment that is loaded at 0x1000, with the dynamic section in it. */
function elf(
  machine: number,
  interpreter: string,
  libraries: readonly string[],
  versions: readonly string[],
) {
  const strings = [''];
  const at = new Map<string, number>();
  let length = 1;
  for (const text of [...libraries, ...versions]) {
    at.set(text, length);
    strings.push(text);
    length += text.length + 1;
  }
  const START = 0x1000n;
  const STRINGS = 512;
  const VERSIONS = 2048;
  const DYNAMIC = 4096;
  const INTERPRETER = 3500;
  const bytes = Buffer.alloc(8192);
  bytes.write('\x7fELF\x02\x01', 'latin1');
  bytes.writeUInt16LE(machine, 18);
  bytes.writeBigUInt64LE(64n, 32);
  bytes.writeUInt16LE(56, 54);
  bytes.writeUInt16LE(3, 56);
  const segment = (index: number, type: number, offset: number, size: number) => {
    const from = 64 + 56 * index;
    bytes.writeUInt32LE(type, from);
    bytes.writeBigUInt64LE(BigInt(offset), from + 8);
    bytes.writeBigUInt64LE(START + BigInt(offset), from + 16);
    bytes.writeBigUInt64LE(BigInt(size), from + 32);
  };
  segment(0, 1, 0, bytes.length);
  segment(1, 3, INTERPRETER, interpreter.length + 1);
  segment(2, 2, DYNAMIC, 16 * (libraries.length + 4));
  bytes.write(interpreter, INTERPRETER, 'latin1');
  bytes.write(`${strings.join('\0')}\0`, STRINGS, 'latin1');
  // One library that all versions are needed of.
  bytes.writeUInt16LE(versions.length, VERSIONS + 2);
  bytes.writeUInt32LE(16, VERSIONS + 8);
  versions.forEach((name, index) => {
    const from = VERSIONS + 16 + 16 * index;
    bytes.writeUInt32LE(at.get(name)!, from + 8);
    bytes.writeUInt32LE(16, from + 12);
  });
  const entries: [bigint, bigint][] = [
    ...libraries.map((name): [bigint, bigint] => [1n, BigInt(at.get(name)!)]),
    [5n, START + BigInt(STRINGS)],
    ...(versions.length > 0
      ? ([
          [0x6ffffffen, START + BigInt(VERSIONS)],
          [0x6fffffffn, 1n],
        ] as [bigint, bigint][])
      : []),
  ];
  entries.forEach(([tag, value], index) => {
    bytes.writeBigUInt64LE(tag, DYNAMIC + 16 * index);
    bytes.writeBigUInt64LE(value, DYNAMIC + 16 * index + 8);
  });
  return bytes;
}

const GLIBC = '/lib64/ld-linux-x86-64.so.2';
const X64 = 62;
const ARM64 = 183;

describe('platformTag', () => {
  it.each([
    ['glibc 2.17', elf(X64, GLIBC, ['libc.so.6'], ['GLIBC_2.2.5', 'GLIBC_2.17']), 'manylinux_2_17_x86_64'],
    [
      'glibc 2.28 on ARM',
      elf(ARM64, '/lib/ld-linux-aarch64.so.1', ['libc.so.6', 'libm.so.6'], ['GLIBC_2.28', 'GLIBC_2.17']),
      'manylinux_2_28_aarch64',
    ],
    [
      'a C++ library that is newer than its C library',
      elf(X64, GLIBC, ['libstdc++.so.6', 'libc.so.6'], ['GLIBC_2.17', 'GLIBCXX_3.4.29', 'CXXABI_1.3.9']),
      'manylinux_2_34_x86_64',
    ],
    [
      'a C++ library that every such C library has',
      elf(X64, GLIBC, ['libstdc++.so.6', 'libc.so.6'], ['GLIBC_2.28', 'GLIBCXX_3.4.21']),
      'manylinux_2_28_x86_64',
    ],
    ['musl', elf(X64, '/lib/ld-musl-x86_64.so.1', ['libc.musl-x86_64.so.1'], []), 'musllinux_1_2_x86_64'],
    ['macOS on Apple silicon', machO(0x0100000c, 0x32, 13 << 16), 'macosx_13_0_arm64'],
    [
      'macOS of before 11, which has minor versions',
      machO(0x01000007, 0x24, (10 << 16) | (15 << 8)),
      'macosx_10_15_x86_64',
    ],
    [
      'macOS 11.3, whose minor version no tag names',
      machO(0x01000007, 0x32, (11 << 16) | (3 << 8)),
      'macosx_11_0_x86_64',
    ],
    ['Windows', pe(0x8664), 'win_amd64'],
    ['Windows on ARM', pe(0xaa64), 'win_arm64'],
  ])('of %s', (_, bytes, tag) => {
    expect(platformTag(bytes)).toBe(tag);
  });

  it.each([
    [
      'a library that not every system has',
      elf(X64, GLIBC, ['libc.so.6', 'libssl.so.3'], ['GLIBC_2.28']),
      'a manylinux system need not have libssl.so.3',
    ],
    [
      'the C++ library of musl',
      elf(X64, '/lib/ld-musl-x86_64.so.1', ['libstdc++.so.6', 'libc.musl-x86_64.so.1'], []),
      'a musllinux system need not have libstdc++.so.6',
    ],
    [
      'a C++ library of the future',
      elf(X64, GLIBC, ['libstdc++.so.6'], ['GLIBCXX_3.4.99']),
      'no manylinux system is known to have GLIBCXX_3.4.99',
    ],
    [
      'another processor',
      elf(243, GLIBC, ['libc.so.6'], []),
      'the executable is for a processor of unknown number 243',
    ],
    [
      'a text',
      Buffer.from('#!/bin/sh\n'.padEnd(64)),
      'the executable is neither ELF nor 64-bit Mach-O nor PE',
    ],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => platformTag(bytes)).toThrow(message);
  });
});

it.runIf(process.platform === 'linux')('reads what a real executable needs', () => {
  const { libraries, interpreter, versions } = readElf(readFileSync(process.execPath));
  expect(libraries).toContain('libc.so.6');
  expect(interpreter).toMatch(/\/ld-linux/);
  expect(versions.every((name: string) => /^[A-Z]+_\d/.test(name))).toBe(true);
});

it('is the same, byte for byte, whenever it is made', async () => {
  const place = mkdtempSync(join(tmpdir(), 'wcalc-wheel-'));
  const executable = join(place, 'wcalc');
  writeFileSync(executable, elf(X64, GLIBC, ['libc.so.6'], ['GLIBC_2.17']));
  const about = {
    package: { version: '1.2.3', description: 'A program', keywords: ['one', 'two'], license: 'MIT' },
    readme: '# wcalc\n',
    licences: { LICENSE: 'text' },
  };
  try {
    const made = [];
    for (const zone of ['UTC', 'Asia/Kolkata']) {
      vi.stubEnv('TZ', zone);
      const wheel = await writeWheel(executable, about, place);
      expect(wheel).toBe(join(place, 'wcalc-1.2.3-py3-none-manylinux_2_17_x86_64.whl'));
      made.push(createHash('sha256').update(readFileSync(wheel)).digest('hex'));
    }
    expect(made[1]).toBe(made[0]);
  } finally {
    vi.unstubAllEnvs();
    rmSync(place, { recursive: true });
  }
});

it.each([
  ['0.1.0', '0.1.0'],
  ['1.2.3-rc.1', '1.2.3rc1'],
  ['2.0.0-alpha.0', '2.0.0a0'],
  ['2.0.0-beta.12', '2.0.0b12'],
])('the version %s is %s in Python', (npm, python) => {
  expect(pythonVersion(npm)).toBe(python);
});

it('refuses a version that Python cannot say', () => {
  expect(() => pythonVersion('1.0.0-next.1')).toThrow('version 1.0.0-next.1 has no form in Python');
});

/** A Mach-O header with two load commands, of which the second says the oldest system. */
function machO(processor: number, command: number, version: number) {
  const bytes = Buffer.alloc(128);
  bytes.writeUInt32LE(0xfeedfacf, 0);
  bytes.writeUInt32LE(processor, 4);
  bytes.writeUInt32LE(2, 16);
  bytes.writeUInt32LE(0x1b, 32);
  bytes.writeUInt32LE(24, 36);
  bytes.writeUInt32LE(command, 56);
  bytes.writeUInt32LE(24, 60);
  bytes.writeUInt32LE(version, command === 0x32 ? 68 : 64);
  return bytes;
}

function pe(machine: number) {
  const bytes = Buffer.alloc(256);
  bytes.write('MZ', 'latin1');
  bytes.writeUInt32LE(128, 0x3c);
  bytes.write('PE\0\0', 128, 'latin1');
  bytes.writeUInt16LE(machine, 132);
  return bytes;
}
