import { distance } from 'fastest-levenshtein';
import type { Note } from '../deployments/deployment.js';
import type { StartReading } from '../manual.js';
import type { ServerRule } from '../rule.js';

const SHORTEST = 6;
const LONGEST = 40;

/** The name that is one slip away, or two in a long one; undefined where there is none. */
function nearestName(name: string, names: readonly string[]): string | undefined {
  if (name.length < SHORTEST || name.length > LONGEST) return undefined;
  const most = name.length > SHORTEST ? 2 : 1;
  return names.find((one) => one.length >= SHORTEST && distance(one, name) <= most && one !== name);
}

/** What a server does not know, in one note: it may be meant for somebody else. */
export function ignoredNote(title: string, ignored: StartReading['ignoredNames']): readonly Note[] {
  const [first] = ignored;
  if (!first) return [];
  const names = ignored.map(({ name }) => name.slice(0, LONGEST)).join(', ');
  return [{ at: first.at, message: `not known to ${title}, which ignores it: ${names}` }];
}

/** A rule on names of a configuration file that are almost a setting; `names` as they are written there. */
export const misspeltName = (title: string, names: readonly string[], source: string): ServerRule => ({
  severity: 'warning',
  title: `a name that ${title} ignores`,
  summary: 'a name in the configuration file is almost, but not quite, a setting',
  why: `${title} ignores names that it does not know, without a word, so the setting keeps its default.`,
  fix: 'Write the name of the setting.',
  source,
  check({ deployment }) {
    return deployment.ignoredNames.flatMap(({ name, at }) => {
      const meant = nearestName(name, names);
      if (!meant || deployment.settings.has(meant.replaceAll('-', '_'))) return [];
      return [
        {
          at,
          message: `${title} ignores ${name}; the setting is ${meant}`,
          fix: `write ${meant}`,
          numbers: { name, meant },
        },
      ];
    });
  },
});
