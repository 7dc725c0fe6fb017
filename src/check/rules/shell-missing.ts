import type { Rule } from '../rule.js';

/** Found while the files are read: see `withoutShell` of the launches. */
export const shellMissing: Rule = {
  severity: 'error',
  title: 'a command that needs a shell and has none',
  summary:
    'signs of a shell (&&, ||, ; or |) stand in a command that no shell reads, so the server is not started as written',
  why: 'Compose, systemd and the exec form of a Dockerfile or manifest start one program with its arguments. What a shell would take for an operator is then an argument of the first program, and what follows it never runs.',
  fix: 'Let a shell read it, sh -c "python manage.py migrate && exec gunicorn …", or put the steps into a script.',
  source:
    'Compose specification, command; Dockerfile reference, CMD; Kubernetes, Define a Command and Arguments',
  check: () => [],
};
