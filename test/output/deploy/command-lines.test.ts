import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { brokenCommand } from '../../../src/output/deploy/command-lines.js';
import { shellLine } from '../../../src/output/deploy/target.js';

const start = {
  program: 'gunicorn',
  words: ['--workers', '4', '--preload', '--bind', '0.0.0.0:80'],
  application: ['app:app'],
};

describe('a command to be pasted into a shell', () => {
  test('is one line where it fits, with room for the backslash that any line may have to end with', () => {
    const whole = 'gunicorn --workers 4 --preload --bind 0.0.0.0:80 app:app';
    expect(brokenCommand(start, whole.length + 2)).toEqual([whole]);
    expect(brokenCommand(start, whole.length + 1)).toEqual([
      'gunicorn --workers 4 --preload --bind 0.0.0.0:80 \\',
      'app:app',
    ]);
  });

  test('keeps an option with its values, a subcommand with its program, and the application together', () => {
    expect(brokenCommand(start, 23)).toEqual([
      'gunicorn --workers 4 \\',
      '--preload \\',
      '--bind 0.0.0.0:80 \\',
      'app:app',
    ]);
    const granian = { program: 'granian', words: ['serve', '--env', 'A=1', 'B=2', '--reload'] };
    expect(brokenCommand({ ...granian, application: ['--app', 'app'] }, 19)).toEqual([
      'granian serve \\',
      '--env A=1 B=2 \\',
      '--reload \\',
      '--app app',
    ]);
  });

  test('tears an option from its value only where no line holds both', () => {
    const both = '--bind 0.0.0.0:80 \\';
    expect(brokenCommand(start, both.length)).toContain(both);
    expect(brokenCommand(start, both.length - 1).slice(-3)).toEqual([
      '--preload --bind \\',
      '0.0.0.0:80 \\',
      'app:app',
    ]);
  });

  test('is read by a shell as the same words; only a word by itself is longer than the lines', () => {
    const word = fc.stringMatching(/^[a-z :$'"-]{1,12}$/);
    fc.assert(
      fc.property(
        fc.record({
          program: fc.constant('server'),
          words: fc.array(
            fc.oneof(
              word,
              word.map((text) => `--${text}`),
            ),
            { maxLength: 8 },
          ),
          application: fc.array(word, { minLength: 1, maxLength: 2 }),
        }),
        fc.integer({ min: 10, max: 60 }),
        (command, width) => {
          const { program, words, application } = command;
          const lines = brokenCommand(command, width);
          const quoted = [program, ...words, ...application].map((one) => shellLine([one]));
          expect(lines.join('\n').replaceAll(' \\\n', ' ')).toBe(quoted.join(' '));
          for (const line of lines)
            if (line.length > width) expect(quoted).toContain(line.replace(/ \\$/, ''));
        },
      ),
    );
  });
});
