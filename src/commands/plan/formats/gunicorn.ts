import type { Configuration, PlanResult } from '../../../plan/types.js';
import { gunicornConf } from '../../../servers/gunicorn/conf-text.js';

/** The recommended settings as a `gunicorn.conf.py`. */
export function recommendedConf(best: Configuration, plan: PlanResult): string {
  return gunicornConf({
    settings: best.settings,
    reasons: best.settingReasons ?? {},
    head: [`Made by wcalc ${plan.tool.version}.`],
  });
}
