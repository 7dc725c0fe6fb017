// The platform tag of a wheel that holds an executable, read from the executable itself (PyPA's platform compatibility tags).
import { readElf } from './elf.mjs';

/**
 * @param bytes of an ELF, Mach-O or PE executable for one 64-bit processor
 * @returns such as `manylinux_2_28_x86_64`, `macosx_11_0_arm64` or `win_amd64`
 * @throws Error where pip knows no tag for what the executable needs
 */
export function platformTag(bytes) {
  if (bytes.readUInt32BE(0) === 0x7f454c46) return linuxTag(readElf(bytes));
  if (bytes.readUInt32LE(0) === 0xfeedfacf) return macTag(bytes);
  if (bytes.toString('latin1', 0, 2) === 'MZ') return windowsTag(bytes);
  throw new Error('the executable is neither ELF nor 64-bit Mach-O nor PE');
}

const ELF_MACHINES = { 62: 'x86_64', 183: 'aarch64' };

/** Of the libraries that a manylinux wheel may take for granted (PEP 600), those that Node may be linked to. */
const IN_MANYLINUX = /^(lib(c|m|dl|rt|pthread|gcc_s|stdc\+\+|atomic)\.so\.\d+|ld-linux.*\.so\.\d+)$/;
/** A musllinux wheel may take nothing but musl itself for granted (PEP 656). */
const IN_MUSLLINUX = /^(libc\.musl|ld-musl)-/;

/** The oldest minor version of glibc 2 whose distributions come with these versions of libstdc++ (auditwheel's policies). */
const GLIBC_OF_LIBSTDCXX = [
  [19, 17],
  [22, 24],
  [24, 27],
  [28, 31],
  [29, 34],
  [30, 35],
  [33, 39],
];

function linuxTag({ machine, interpreter, libraries, versions }) {
  const processor = named(ELF_MACHINES, machine, 'processor');
  const isMusl = interpreter?.includes('ld-musl') ?? false;
  const strange = libraries.filter((name) => !(isMusl ? IN_MUSLLINUX : IN_MANYLINUX).test(name));
  if (strange.length > 0)
    throw new Error(`a ${isMusl ? 'musllinux' : 'manylinux'} system need not have ${strange.join(', ')}`);
  if (isMusl) return `musllinux_1_2_${processor}`;
  const glibc = highest(versions, /^GLIBC_2\.(\d+)/);
  const libstdcxx = highest(versions, /^GLIBCXX_3\.4\.(\d+)/);
  const forLibstdcxx = GLIBC_OF_LIBSTDCXX.find(([version]) => version >= libstdcxx)?.[1];
  if (forLibstdcxx === undefined)
    throw new Error(`no manylinux system is known to have GLIBCXX_3.4.${libstdcxx}`);
  return `manylinux_2_${Math.max(glibc, forLibstdcxx)}_${processor}`;
}

function highest(versions, pattern) {
  return Math.max(0, ...versions.flatMap((version) => Number(pattern.exec(version)?.[1] ?? [])));
}

const MACH_PROCESSORS = { 16777223: 'x86_64', 16777228: 'arm64' };
const OLDEST_SYSTEM = { buildVersion: 0x32, versionMinimum: 0x24 };

/** The oldest macOS is in a load command: since 2018 `LC_BUILD_VERSION`, before `LC_VERSION_MIN_MACOSX`. */
function macTag(bytes) {
  const processor = named(MACH_PROCESSORS, bytes.readUInt32LE(4), 'processor');
  let at = 32;
  for (let commands = bytes.readUInt32LE(16); commands > 0; commands -= 1) {
    const command = bytes.readUInt32LE(at);
    if (Object.values(OLDEST_SYSTEM).includes(command)) {
      const version = bytes.readUInt32LE(at + (command === OLDEST_SYSTEM.buildVersion ? 12 : 8));
      const major = version >>> 16;
      // From macOS 11 on, tags name the major version only.
      return `macosx_${major}_${major > 10 ? 0 : (version >>> 8) & 0xff}_${processor}`;
    }
    at += bytes.readUInt32LE(at + 4);
  }
  throw new Error('the executable does not say which macOS it needs');
}

const PE_MACHINES = { 34404: 'win_amd64', 43620: 'win_arm64' };

function windowsTag(bytes) {
  return named(PE_MACHINES, bytes.readUInt16LE(bytes.readUInt32LE(0x3c) + 4), 'processor');
}

function named(names, number, what) {
  const name = names[number];
  if (!name) throw new Error(`the executable is for a ${what} of unknown number ${number}`);
  return name;
}
