import type { Rule as RuleAbout } from '../servers/rule.js';
import type { Facts } from './facts.js';

/** One way in which any server's settings can be wrong. */
export type Rule = RuleAbout<Facts>;
