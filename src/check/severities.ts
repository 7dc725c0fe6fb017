import { UsageError } from '../host/errors.js';
import type { Section } from '../input/config/sections.js';
import type { Values } from '../input/options.js';
import type { Severity } from '../servers/rule.js';
import { didYouMean } from '../text/suggest.js';
import type { RuleLevels } from './check.js';
import { isRuleId, RULE_IDS, type RuleId } from './registry.js';
import { SEVERITIES } from './severity.js';

type Level = Severity | 'off';

const LEVELS: readonly Level[] = [...SEVERITIES, 'off'];

/** Severities of rules: `--allow-unknown`, then `rules:` of the configuration file, then `--rule ID=LEVEL`. */
export function ruleLevels(
  { rule = [], allowUnknown = false }: Pick<Values, 'rule' | 'allowUnknown'>,
  section: Section | undefined,
): RuleLevels {
  const accepted: RuleLevels = allowUnknown ? { 'not-judged': 'off' } : {};
  return { ...accepted, ...ofSection(section), ...Object.fromEntries(rule.map(typedLevel)) };
}

function typedLevel(text: string): [RuleId, Level] {
  const cut = text.indexOf('=');
  if (cut < 1) throw new UsageError(`--rule: "${text}" is not ID=LEVEL, such as memory-headroom=off`);
  return levelOf(text.slice(0, cut), text.slice(cut + 1), '--rule');
}

function ofSection(section: Section | undefined): RuleLevels {
  if (!section || section.data === null) return {};
  if (typeof section.data !== 'object' || Array.isArray(section.data))
    throw new UsageError(
      `${section.where()}: rules must be a map of rule and severity, such as memory-headroom: off`,
    );
  const entries = Object.entries(section.data).map(([id, level]) => {
    // YAML 1.1 habits: a bare off is text in YAML 1.2, and false is meant as off.
    const text = level === false ? 'off' : String(level);
    return levelOf(id, text, section.where(id));
  });
  return Object.fromEntries(entries);
}

function levelOf(id: string, text: string, where: string): [RuleId, Level] {
  if (!isRuleId(id))
    throw new UsageError(
      `${where}: there is no rule "${id}"${didYouMean(id, RULE_IDS)}; see wcalc check --list-rules`,
    );
  const level = LEVELS.find((known) => known === text);
  if (!level)
    throw new UsageError(`${where}: "${text}" is not a severity of ${id}; accepted: ${LEVELS.join(', ')}`);
  return [id, level];
}
