import { RULE_IDS, ruleOf } from '../check/registry.js';
import { EXIT, type ExitCode } from '../exit.js';
import type { Host } from '../host.js';
import { RULE_LIST_FORMATS } from '../render/check/rule-list.js';
import { prepareDelivery } from '../render/deliver.js';
import type { Invocation } from './command.js';

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
