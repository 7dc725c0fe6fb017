// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell variables
import { describe, expect, it } from 'vitest';
import { projectOf, settingsText } from './servers-of.js';

/** Each server that a script may start: its place, its workers, and what was taken for granted to come to it. */
async function startsOf(script: string): Promise<readonly string[]> {
  const { deployments } = await projectOf({ 'start.sh': `#!/bin/sh\n${script}` });
  return deployments.map((deployment) => {
    const workers = settingsText(deployment, 'workers').replace(/@start\.sh:(\d+):\d+/, ' (line $1)');
    return [`${deployment.server.name} ${workers}`, ...deployment.assumes].join('; ');
  });
}

const LINE_2 = 'the condition on line 2 leads to this start';
const G1 = 'exec gunicorn -w 1 a:b';
const G4 = 'exec gunicorn -w 4 a:b';

describe('a script with several starts', () => {
  it.each<[string, string, string[]]>([
    [
      'the arms of an if, each with its condition',
      `if [ "$MODE" = dev ]; then\n${G1}\nelif [ "$MODE" = stage ]; then\n${G4}\nelse\nexec uvicorn a:b --workers 2\nfi\n`,
      [
        `gunicorn workers=1 (line 3); ${LINE_2}`,
        `gunicorn workers=4 (line 5); ${LINE_2}`,
        `uvicorn workers=2 (line 7); ${LINE_2}`,
      ],
    ],
    [
      'the arms of a case',
      `case "$1" in\ndev) ${G1};;\nweb) ${G4};;\nesac\n`,
      [`gunicorn workers=1 (line 3); ${LINE_2}`, `gunicorn workers=4 (line 4); ${LINE_2}`],
    ],
    [
      'a test with && and what comes after it',
      `[ -n "$X" ] && ${G1}\n${G4}\n`,
      [`gunicorn workers=1 (line 2); ${LINE_2}`, `gunicorn workers=4 (line 3); ${LINE_2}`],
    ],
    [
      'both sides of && and ||',
      `[ -n "$X" ] && ${G1} \\\n|| ${G4}\n`,
      [`gunicorn workers=1 (line 2); ${LINE_2}`, `gunicorn workers=4 (line 3); ${LINE_2}`],
    ],
    [
      'what a program leads to, and what comes where it fails',
      `pg_isready && ${G1}\n${G4}\n`,
      [
        'gunicorn workers=1 (line 2)',
        'gunicorn workers=4 (line 3); the command on line 2, if it fails, leads to this start',
      ],
    ],
    [
      'a variable with a default, which decides',
      `MODE="\${MODE:-prod}"\nif [ "$MODE" = dev ]; then\n${G1}\nelse\n${G4}\nfi\n`,
      ['gunicorn workers=4 (line 6)'],
    ],
    [
      'each command that a variable may hold',
      `if [ "$MODE" = dev ]; then\nRUN="uvicorn a:b --workers 3"\nelse\nRUN="gunicorn a:b -w 5"\nfi\nexec $RUN --log-level info\n`,
      [
        'uvicorn workers=3 (line 7); what $RUN holds leads to this start',
        'gunicorn workers=5 (line 7); what $RUN holds leads to this start',
      ],
    ],
    [
      'one server of a command that grows under conditions, with what may be another',
      `RUN="gunicorn a:b -w 4"\n[ -n "$X" ] && RUN="$RUN --reload"\nif [ -n "$Y" ]; then\nRUN+=" --workers 9"\nfi\nexec $RUN\n`,
      ['gunicorn workers=4 (line 7); what $RUN holds leads to this start'],
    ],
    [
      'a command of which some words are not known, and what may stand behind it sets no size',
      `RUN="gunicorn a:b --bind :$PORT -w 4 --name \`hostname\`"\n[ -n "$X" ] && RUN="$RUN --reload"\nexec $RUN\n`,
      ['gunicorn workers=4 (line 4); what $RUN holds leads to this start'],
    ],
    [
      'the scripts that eval may be given',
      `RUN="${G1}"\n[ -n "$X" ] && RUN="uvicorn a:b --workers 2"\neval "$RUN"\n`,
      [
        'uvicorn workers=2 (line 4); what $RUN holds leads to this start',
        'gunicorn workers=1 (line 4); what $RUN holds leads to this start',
      ],
    ],
  ])('gives %s', async (_, script, expected) => {
    expect(await startsOf(script)).toEqual(expected);
  });
});

describe('one start that a script comes to on several ways', () => {
  const start = (line: string, calls: string) => `start() { ${line}; }\n${calls}\n`;
  const EITHER = 'if [ "$MODE" = dev ]; then start 1; else start 4; fi';
  const OPEN = `it is one of 1, 4, which the condition on line 3 decides (line 2)`;
  const LINE_3 = 'the condition on line 3 leads to this start';

  it.each<[string, string, string[]]>([
    [
      'a function with other arguments',
      start('exec gunicorn -w "$1" a:b', EITHER),
      [`gunicorn workers=? ${OPEN}; ${LINE_3}`],
    ],
    [
      'an option that is joined to its value',
      start('exec gunicorn "--workers=$1" a:b', EITHER),
      [`gunicorn workers=? ${OPEN.replace('1, 4', '--workers=1, --workers=4')}; ${LINE_3}`],
    ],
    [
      'another environment',
      start('WEB_CONCURRENCY=$1 exec gunicorn a:b', EITHER),
      [`gunicorn workers=? ${OPEN}; ${LINE_3}`],
    ],
    [
      'more words on one way than on the other',
      start('exec gunicorn "$@"', 'if [ "$MODE" = dev ]; then start a:b; else start a:b -w 4; fi'),
      [
        'gunicorn workers=? what stands here rests on the condition on line 3 (line 3); the condition on line 3 leads to this start',
      ],
    ],
    [
      'a loop',
      'for n in 1 4; do gunicorn -w $n a:b & done\nwait\n',
      [
        'gunicorn workers=? it is one of 1, 4, which the way on which the script comes to this start decides (line 2)',
      ],
    ],
    [
      'the same words on all ways, which are known',
      start('exec gunicorn -w "$1" a:b', 'if [ "$MODE" = dev ]; then start 4; else start 4; fi'),
      [`gunicorn workers=4 (line 2); ${LINE_3}`],
    ],
  ])('with %s', async (_, script, expected) => {
    expect(await startsOf(script)).toEqual(expected);
  });
});
