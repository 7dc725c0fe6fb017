import type { Rule } from '../../../check/rule.js';
import type { Formats } from '../../../output/deliver.js';
import { markdownTable } from '../../../output/markdown.js';
import { json } from '../../../text/json.js';

/** A rule as it is listed. */
export type ListedRule = { readonly id: string } & Omit<Rule, 'check'>;

const COLUMNS = [{ title: 'rule' }, { title: 'severity' }, { title: 'finds', breaks: true }];

const rowsOf = (rules: readonly ListedRule[]) =>
  rules.map(({ id, severity, summary }) => [id, severity, summary]);

export const RULE_LIST_FORMATS: Formats<readonly ListedRule[]> = {
  table: async () => {
    const { table } = await import('../../../output/table.js');
    return (rules, { style, unicode, width }) =>
      table({ columns: COLUMNS, rows: rowsOf(rules), width, style, unicode });
  },
  json: async () => (rules) => json({ schemaVersion: 1, rules }),
  markdown: async () => (rules) => markdownTable(COLUMNS, rowsOf(rules)),
};
