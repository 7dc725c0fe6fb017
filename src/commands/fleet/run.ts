import { planFleet } from '../../fleet/fleet.js';
import { EXIT, type ExitCode } from '../../host/exit.js';
import type { Host } from '../../host/host.js';
import type { Invocation } from '../../input/command.js';
import { prepareDelivery } from '../../output/deliver.js';
import { notice } from '../../text/notice.js';
import { FLEET_FORMATS, isManifest } from './formats/formats.js';
import { fleetQuestion } from './question.js';

/** Formats whose text holds the warnings itself; beside the others they go to stderr. */
const CARRIES_WARNINGS: ReadonlySet<string> = new Set(['json', 'yaml', 'markdown']);

/** `wcalc fleet`. */
export async function run(invocation: Invocation, host: Host): Promise<ExitCode> {
  const delivery = prepareDelivery(FLEET_FORMATS, invocation.values, host);
  const result = planFleet(fleetQuestion(invocation, host));
  const asked = result.given ?? result.recommendation;
  const isSilent = invocation.values.quiet || CARRIES_WARNINGS.has(delivery.format);
  const warnings = isSilent ? [] : result.warnings;
  await delivery.write(result, {
    notices: [
      ...(isManifest(delivery.format) && !asked
        ? [notice('no shape does, so there is nothing to deploy')]
        : []),
      ...warnings.map(({ code, message }) => notice(`warning: ${message} (${code})`)),
    ],
    lastSection: async () => (await import('./formats/table.js')).assumedSection,
  });
  return asked?.meetsObjective ? EXIT.done : EXIT.violation;
}
