import type { YamlNode } from '../../yaml-tree.js';

/**
 * Whether an object has the labels (or annotations) that a selector asks for: `app=web,tier!=back`, `env in (a, b)`,
 * `env notin (a)`, `app`, `!app`; all of them must hold (Kubernetes, Labels and Selectors).
 */
export const fitsSelector = (selector: string, labels: YamlNode | null): boolean =>
  requirements(selector).every((one) => holds(one.trim(), (key) => labels?.get(key)?.text));

/** Split at the commas that stand outside of parentheses. */
const requirements = (selector: string): readonly string[] =>
  selector.split(/,(?![^(]*\))/).filter((one) => one.trim() !== '');

function holds(requirement: string, labelOf: (key: string) => string | undefined): boolean {
  const set = /^(\S+)\s+(in|notin)\s+\((.*)\)$/.exec(requirement);
  if (set) {
    const value = labelOf(set[1]!);
    const isIn = value !== undefined && set[3]!.split(',').some((one) => one.trim() === value);
    return isIn === (set[2] === 'in');
  }
  const compared = /^([^=!\s]+)\s*(!?==?)\s*(.*)$/.exec(requirement);
  if (compared) return (labelOf(compared[1]!) === compared[3]) === (compared[2] !== '!=');
  return requirement.startsWith('!')
    ? labelOf(requirement.slice(1).trim()) === undefined
    : labelOf(requirement) !== undefined;
}
