import { RULE_IDS, ruleOf } from '../../check/registry.js';
import { EXIT, type ExitCode } from '../../host/exit.js';
import type { Host } from '../../host/host.js';
import type { Invocation } from '../../input/command.js';
import { prepareDelivery } from '../../output/deliver.js';
import { RULE_LIST_FORMATS } from './formats/rule-list.js';

/** `wcalc check --list-rules`. */
export async function listRules({ values }: Invocation, host: Host): Promise<ExitCode> {
  const delivery = prepareDelivery(RULE_LIST_FORMATS, values, host);
  await delivery.write(
    RULE_IDS.map((id) => {
      const { severity, title, summary, why, fix, source } = ruleOf(id);
      return { id, severity, title, summary, why, fix, source };
    }),
  );
  return EXIT.done;
}
