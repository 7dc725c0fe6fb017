import { hashComment } from '../../text/quote/comment.js';
import { commandOf, type Target, wholeMiB, wholeParts } from './target.js';

/**
 * A drop-in for `/etc/systemd/system/NAME.service.d/10-wcalc.conf`: settings through the environment, or
 * the command where the server reads none, and the limits planned for.
 */
export function systemdDropIn(target: Target): string {
  const { environment, hints, cores, memoryMiB, head } = target;
  const lines = [
    hashComment(head),
    '[Service]',
    ...(environment
      ? Object.entries({ ...hints, ...environment }).map(
          ([name, value]) => `Environment=${unitWord(`${name}=${value}`)}`,
        )
      : ['ExecStart=', `ExecStart=${commandOf(target).map(commandWord).join(' ')}`]),
    ...quota(cores),
  ];
  if (memoryMiB !== null) lines.push(`MemoryMax=${wholeMiB(memoryMiB)}M`);
  return lines.join('\n');
}

/** The most that systemd takes, in percent of a core: ten thousandths in 32 bits. */
const LARGEST_QUOTA = 21_474_836;

/** Rounded up: never less than was planned for. */
function quota(cores: number): readonly string[] {
  const percent = wholeParts(cores, 100);
  return percent > LARGEST_QUOTA
    ? [hashComment([`No CPUQuota: systemd takes none above ${LARGEST_QUOTA}%.`])]
    : [`CPUQuota=${percent}%`];
}

/** A word as unit files quote it (systemd.syntax): `%` begins a specifier; backslash, quote and what ends a line are escaped. */
function unitWord(text: string): string {
  const quoted = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%');
  return `"${quoted.replace(/\p{Cc}/gu, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`)}"`;
}

/** A word of a unit's command, where `$` begins a variable (systemd.service). */
const commandWord = (text: string): string => unitWord(text.replaceAll('$', '$$$$'));
