// What a 64-bit little-endian ELF executable asks of the system that runs it (System V ABI; GNU symbol versions).

const SEGMENT = { load: 1, dynamic: 2, interpreter: 3 };
const ENTRY = { needed: 1n, strings: 5n, versionsNeeded: 0x6ffffffen, versionsCount: 0x6fffffffn };

/**
 * @param bytes of the file
 * @returns machine (as in `e_machine`), path of the dynamic loader, names of shared libraries, and the names of the
 *   symbol versions that they must have, such as `GLIBC_2.28`
 */
export function readElf(bytes) {
  if (bytes[4] !== 2 || bytes[5] !== 1) throw new Error('only 64-bit little-endian ELF files are read');
  const segments = programHeaders(bytes);
  const interpreter = segments.find(({ type }) => type === SEGMENT.interpreter);
  const dynamic = segments.find(({ type }) => type === SEGMENT.dynamic);
  const entries = dynamic ? dynamicEntries(bytes, dynamic) : [];
  const entryOf = (tag) => entries.find((entry) => entry.tag === tag)?.value;
  const fileOffset = (address) => {
    const { start, offset } = segments.find(
      ({ type, start, size }) => type === SEGMENT.load && address >= start && address < start + size,
    );
    return offset + Number(address) - start;
  };
  const strings = entries.length > 0 ? fileOffset(entryOf(ENTRY.strings)) : 0;
  const stringAt = (index) => textAt(bytes, strings + Number(index));
  const needs = entryOf(ENTRY.versionsNeeded);
  return {
    machine: bytes.readUInt16LE(18),
    interpreter: interpreter ? textAt(bytes, interpreter.offset) : null,
    libraries: entries.filter(({ tag }) => tag === ENTRY.needed).map(({ value }) => stringAt(value)),
    versions:
      needs === undefined
        ? []
        : neededVersions(bytes, fileOffset(needs), Number(entryOf(ENTRY.versionsCount)), stringAt),
  };
}

function programHeaders(bytes) {
  const from = Number(bytes.readBigUInt64LE(32));
  const size = bytes.readUInt16LE(54);
  return Array.from({ length: bytes.readUInt16LE(56) }, (_, index) => {
    const at = from + index * size;
    return {
      type: bytes.readUInt32LE(at),
      offset: Number(bytes.readBigUInt64LE(at + 8)),
      start: Number(bytes.readBigUInt64LE(at + 16)),
      size: Number(bytes.readBigUInt64LE(at + 32)),
    };
  });
}

function dynamicEntries(bytes, { offset, size }) {
  const entries = [];
  for (let at = offset; at < offset + size; at += 16) {
    const tag = bytes.readBigUInt64LE(at);
    if (tag === 0n) break;
    entries.push({ tag, value: bytes.readBigUInt64LE(at + 8) });
  }
  return entries;
}

/** The chain of libraries (`Verneed`), each with a chain of versions (`Vernaux`); links are distances in bytes. */
function neededVersions(bytes, from, libraries, stringAt) {
  const names = [];
  for (let library = 0, at = from; library < libraries; library += 1, at += bytes.readUInt32LE(at + 12)) {
    let version = at + bytes.readUInt32LE(at + 8);
    for (let count = bytes.readUInt16LE(at + 2); count > 0; count -= 1) {
      names.push(stringAt(bytes.readUInt32LE(version + 8)));
      version += bytes.readUInt32LE(version + 12);
    }
  }
  return names;
}

function textAt(bytes, from) {
  return bytes.toString('latin1', from, bytes.indexOf(0, from));
}
