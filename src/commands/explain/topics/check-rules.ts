import { RULE_IDS, ruleOf } from '../../../check/registry.js';
import { capital, sentence, type Topic } from '../../../text/topic.js';

/** The rules of `wcalc check`, from their own texts. */
export const CHECK_TOPICS: readonly Topic[] = RULE_IDS.map((id) => {
  const { title, summary, why, fix, source } = ruleOf(id);
  return {
    id,
    kind: 'check rule',
    title: capital(title),
    what: sentence(summary),
    why,
    fix,
    source,
  };
});
