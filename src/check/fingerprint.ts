/** A file of one long line must not be read anew for each of its findings. */
const MOST_OF_LINE = 1000;

/**
 * Names a finding so that it is recognised after lines above it came or went: the rule, the file, the server and the
 * words of the line, as 64 bits of FNV-1a in hexadecimal.
 */
export function fingerprintOf(rule: string, file: string, server: string, line: string): string {
  const text = [rule, file, server, line.slice(0, MOST_OF_LINE).trim().replace(/\s+/g, ' ')].join('\n');
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text))
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}
