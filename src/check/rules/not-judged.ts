import { mayChangeWorkers, type Unjudged } from '../../servers/deployments/deployment.js';
import type { Violation } from '../../servers/rule.js';
import type { Rule } from '../rule.js';

export const notJudged: Rule = {
  severity: 'warning',
  title: 'a server whose size is not known',
  summary: 'the number of workers may come from a source that was not read',
  why: 'A check that passes what it has not read is worse than none: the number of workers in an environment, a script or a file that was not given may be many times the one that the files suggest.',
  fix: 'Name the file that sets it among the files to check, give a variable with --env NAME=VALUE, or accept it with --allow-unknown.',
  source: 'wcalc judges what it has read, and says what it has not',
  check({ deployment, workers: { value } }) {
    const workers = deployment.settings.get('workers')?.reading;
    const isOpen = workers !== undefined && !workers.known;
    if (isOpen && value !== null) return null;
    const reading = isOpen ? workers : mayChangeWorkers(deployment);
    if (!reading) return null;
    const { why, at, variable } = reading;
    return {
      at,
      message: `the number of workers ${isOpen ? 'is not known' : 'may be another'}: ${why}`,
      fix:
        variable === undefined
          ? 'name the file that sets it among the files to check, or write the number on the command line'
          : `name the file that sets ${variable} among the files to check, or give --env ${variable}=VALUE`,
      numbers: {},
    };
  },
};

/** The violation of a server of which nothing was read. */
export const violationOf = ({ at, why, give }: Unjudged): Violation => ({
  at,
  message: why,
  fix: give,
  numbers: {},
});
