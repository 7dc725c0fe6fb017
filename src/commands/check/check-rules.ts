import { RULE_IDS, ruleOf } from '../../check/registry.js';
import type { Rule } from '../../check/rule.js';
import { EXIT, type ExitCode } from '../../host/exit.js';
import type { Host } from '../../host/host.js';
import type { Invocation } from '../../input/command.js';
import { type Formats, prepareDelivery } from '../../output/deliver.js';
import { markdownTable } from '../../output/markdown.js';
import { json } from '../../text/json.js';

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

/** A rule as it is listed. */
type ListedRule = { readonly id: string } & Omit<Rule, 'check'>;

const COLUMNS = [{ title: 'rule' }, { title: 'severity' }, { title: 'finds', breaks: true }];

const rowsOf = (rules: readonly ListedRule[]) =>
  rules.map(({ id, severity, summary }) => [id, severity, summary]);

const RULE_LIST_FORMATS: Formats<readonly ListedRule[]> = {
  table: async () => {
    const { table } = await import('../../output/table.js');
    return (rules, { style, unicode, width }) =>
      table({ columns: COLUMNS, rows: rowsOf(rules), width, style, unicode });
  },
  json: async () => (rules) => json({ schemaVersion: 1, rules }),
  markdown: async () => (rules) => markdownTable(COLUMNS, rowsOf(rules)),
};
