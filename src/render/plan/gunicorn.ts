import { gunicornConf } from '../../emit/gunicorn-conf.js';
import type { Configuration, PlanResult } from '../../plan/types.js';

/** The recommended settings as a `gunicorn.conf.py`. */
export function recommendedConf(best: Configuration, plan: PlanResult): string {
  return gunicornConf({
    settings: best.settings,
    reasons: best.settingReasons ?? {},
    head: [`Made by wcalc ${plan.tool.version}.`],
  });
}
