/** A version as a number that compares as versions do: the minor counts in thousandths, so that 0.9 is before 0.51. */
export const version = (major: number, minor = 0): number => major + minor / 1000;

/** `26`, `0.51`, `2.8.1` (what follows the minor makes no difference here); null where it is none. */
export function parseVersion(text: string): number | null {
  const match = /^v?(\d{1,3})(?:\.(\d{1,3}))?(?:\.\w{1,20})*$/.exec(text);
  return match ? version(Number(match[1]), Number(match[2] ?? 0)) : null;
}

export function versionText(value: number): string {
  const major = Math.floor(value + 1e-9);
  const minor = Math.round((value - major) * 1000);
  return minor === 0 && major > 0 ? String(major) : `${major}.${minor}`;
}
