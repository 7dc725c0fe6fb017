import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DockerfileParser } from 'dockerfile-ast';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { fleetHelmValues } from '../../../src/commands/fleet/formats/helm.js';
import { fleetScaledObject } from '../../../src/commands/fleet/formats/keda.js';
import { fleetManifests } from '../../../src/commands/fleet/formats/kubernetes.js';
import type { FleetTarget } from '../../../src/commands/fleet/formats/target.js';
import { ansibleVariables } from '../../../src/output/deploy/ansible.js';
import { composeOverride } from '../../../src/output/deploy/compose.js';
import { dockerfileCommand } from '../../../src/output/deploy/dockerfile.js';
import { environment } from '../../../src/output/deploy/env.js';
import { helmValues } from '../../../src/output/deploy/helm.js';
import { kubernetesDeployment, kubernetesPatch } from '../../../src/output/deploy/kubernetes.js';
import { procfile } from '../../../src/output/deploy/procfile.js';
import { systemdDropIn } from '../../../src/output/deploy/systemd.js';
import { commandInContainer, commandOf, shellLine } from '../../../src/output/deploy/target.js';
import { observedYaml } from '../../../src/output/observed-yaml.js';
import { SERVERS, serverNamed } from '../../../src/servers/index.js';
import { hasPythonModule, hasTool } from '../../support/require-tool.js';

/**
 * Emitted settings whose values try to break out, read back by the programs that they are written for: bash, systemd,
 * Python, PyYAML and Docker's parser. Whatever a value holds, it comes back as the same value and as nothing else.
 */

const folder = mkdtempSync(join(tmpdir(), 'wcalc-hostile-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const BREAKING = [
  ...['\n', '\r\n', '\r', '\t', ' ', '"', "'", '\\', '`', '$', '$$', '$(touch broken)', '`touch broken`'],
  ...[
    '$HOME',
    '$'.concat('{HOME}'),
    '$(HOME)',
    '%h',
    '%%',
    '%',
    '~',
    '!x',
    '&& touch broken',
    '; touch broken',
    '|',
  ],
  ...[
    '# x',
    ' #',
    ': ',
    ':',
    '- ',
    '? ',
    '*a',
    '&a',
    '!!python/object/apply:os.system',
    '<<',
    '---',
    '...',
    '{{ x }}',
  ],
  ...[
    '{% x %}',
    '[',
    ']',
    '{',
    '}',
    ',',
    '=',
    '@',
    '>',
    '|-',
    'yes',
    'null',
    '~',
    '1e3',
    '012',
    '1:30',
    '0x1f',
    '.nan',
  ],
  ...[
    '\nExecStart=/bin/evil',
    '\nRUN evil',
    '\n[Service]',
    '\nworkers = 99',
    "'''",
    '"""',
    '\\\n',
    'é',
    '日本',
    '🦄',
  ],
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...BREAKING), fc.string({ maxLength: 4 })), { maxLength: 5 })
  .map((pieces) => pieces.join(''));

/** A deployment of each server in turn whose every free text is hostile. */
const targets: readonly FleetTarget[] = fc
  .sample(fc.record({ value: hostile, other: hostile, application: hostile, why: hostile }), {
    seed: 20,
    numRuns: 160,
  })
  .map(({ value, other, application, why }, n) => {
    const server = SERVERS[n % SERVERS.length]!;
    const settings = { worker_class: value, workers: 4, worker_tmp_dir: other };
    return {
      server: server.name,
      title: server.title,
      settings,
      ...server.start(settings),
      ...{
        application: [application],
        cores: 1.5,
        memoryMiB: 512,
        replicas: 3,
        head: [why, `${value}\n${other}`],
      },
      autoscaling: {
        minReplicas: 3,
        maxReplicas: 9,
        cpuTargetPercent: 60,
        inFlightTarget: 12,
      } as FleetTarget['autoscaling'],
      ...{ unavailable: 1, surge: 1, evictable: 1, zones: 3 },
    };
  });
const withEnvironment = targets.filter((target) => target.environment !== null);
const variablesOf = ({ hints, environment: own }: FleetTarget): Record<string, string> => ({
  ...hints,
  ...own,
});

/** The settings as the configuration file of a server, whose reasons and head are hostile too. */
const configurationOf = (server: string, { settings, head }: FleetTarget): string =>
  serverNamed(server).configurationFile!({ settings, reasons: { workers: head[1]! }, head }).text;

/** No locale that is not there, about which programs would speak. */
const PLAIN = { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' };

/** What a program of one of these languages prints for JSON on its standard input. */
function answered(command: readonly string[], given: unknown): unknown {
  const [program, ...words] = command;
  const { stdout, stderr } = spawnSync(program!, words, {
    input: JSON.stringify(given),
    cwd: folder,
    env: PLAIN,
    maxBuffer: 1 << 28,
  });
  expect(String(stderr)).toBe('');
  return JSON.parse(String(stdout));
}

describe('bash', () => {
  /** Runs each script in a shell of its own and gives what its `printf` wrote, split at its zero bytes. */
  const printed = (scripts: readonly string[]): readonly (readonly string[])[] =>
    scripts.map((script) => {
      const { stdout, stderr, status } = spawnSync('bash', ['--norc', '-eu', '-c', script], {
        cwd: folder,
        env: PLAIN,
      });
      expect([status, String(stderr)]).toEqual([0, '']);
      return String(stdout).split('\0').slice(0, -1);
    });

  test('takes the variables for what they are', () => {
    const scripts = withEnvironment.map((target) => {
      const read = Object.keys(variablesOf(target)).map((name) => `"$${name}"`);
      return `${environment(target)}\nprintf '%s\\0' ${read.join(' ')}`;
    });
    expect(printed(scripts)).toEqual(withEnvironment.map((target) => Object.values(variablesOf(target))));
  });

  test.each(['uvicorn', 'granian'])('takes the file of variables of %s for what they are', (server) => {
    const names = ['WORKER_CLASS', 'WORKERS', 'WORKER_TMP_DIR'].map(
      (name) => `${server.toUpperCase()}_${name}`,
    );
    const scripts = targets.map(
      (target) =>
        `${configurationOf(server, target)}\nprintf '%s\\0' ${names.map((name) => `"$${name}"`).join(' ')}`,
    );
    expect(printed(scripts)).toEqual(targets.map(({ settings }) => Object.values(settings).map(String)));
  });

  test('takes the arguments for what they are', () => {
    expect(printed(targets.map(({ words }) => `printf '%s\\0' ${shellLine(words)}`))).toEqual(
      targets.map(({ words }) => words),
    );
  });

  test('takes the one process of a Procfile for what it is, but for line breaks, which no Procfile can hold', () => {
    const lines = targets.map((target) =>
      procfile(target)
        .split('\n')
        .filter((line) => !line.startsWith('# ')),
    );
    for (const own of lines) expect(own).toEqual([expect.stringMatching(/^web: \S/)]);
    const shown = (word: string) => word.replaceAll('\r', '␍').replaceAll('\n', '␊').replaceAll('\t', ' ');
    const scripts = lines.map(([line]) => `PORT=5001\nprintf '%s\\0' ${line!.slice('web: '.length)}`);
    const words = (target: FleetTarget) =>
      target.onPort ? { ...target, words: target.onPort('5001') } : target;
    expect(printed(scripts)).toEqual(targets.map((target) => commandOf(words(target)).map(shown)));
  });
});

describe.runIf(hasTool('systemd-analyze'))('systemd', () => {
  test('finds nothing wrong with the drop-in, in which each line is one of its own', () => {
    const units = targets.map((target, n) => {
      const text = systemdDropIn(target);
      for (const line of text.split('\n'))
        expect(line).toMatch(/^(# .*|\[Service\]|(Environment|ExecStart|CPUQuota|MemoryMax)=.*)$/);
      const unit = join(folder, `web${n}.service`);
      mkdirSync(`${unit}.d`);
      writeFileSync(unit, '[Service]\nExecStart=/bin/true\n');
      // There need be no such server on this machine.
      writeFileSync(`${unit}.d/10-wcalc.conf`, text.replace(`="${target.program}"`, '="/bin/true"'));
      return unit;
    });
    const { stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', ...units], {
      encoding: 'utf8',
      env: { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:`, SYSTEMD_LOG_LEVEL: 'warning' },
    });
    expect(stderr.split('\n').filter((line) => /wcalc\.conf|web\d+\.service/.test(line))).toEqual([]);
  });
});

describe('Python', () => {
  test('reads a configuration file as assignments of these literals and nothing else', () => {
    const files = targets.map((target) => configurationOf('gunicorn', target));
    const program = `
import ast, json, sys
answer = []
for text in json.load(sys.stdin):
    body = ast.parse(text).body
    assert all(type(node) is ast.Assign and type(node.value) is ast.Constant for node in body), text
    answer.append({node.targets[0].id: node.value.value for node in body})
print(json.dumps(answer))`;
    expect(answered(['python3', '-c', program], files)).toEqual(targets.map(({ settings }) => settings));
  });
});

describe.runIf(hasPythonModule('tomllib'))('TOML', () => {
  test('reads a configuration file as these values and nothing else', () => {
    const files = targets.map((target) => configurationOf('hypercorn', target));
    const program =
      'import json, sys, tomllib; print(json.dumps([tomllib.loads(t) for t in json.load(sys.stdin)]))';
    expect(answered(['python3', '-c', program], files)).toEqual(targets.map(({ settings }) => settings));
  });
});

describe('a language that cannot quote', () => {
  test.each([
    ['uwsgi', /^\[uwsgi\]$|^(module|workers|worker-class|worker-tmp-dir) = [\w.:/,+-]+$/],
    [
      'mod_wsgi',
      /^WSGIDaemonProcess app( (workers|worker-class|worker-tmp-dir)=[\w.:/,+-]+)+$|^WSGIProcessGroup app$|^WSGIApplicationGroup %\{GLOBAL\}$/,
    ],
  ])('the file of %s holds plain words only; other values are left to the command line', (server, line) => {
    // A backslash at the end of a comment would take the next line into it.
    for (const target of targets)
      for (const text of configurationOf(server, target).split('\n'))
        expect(text).toMatch(text.startsWith('#') ? /^# (.*[^\\])?$/ : text === '' ? /^$/ : line);
  });
});

describe.runIf(hasPythonModule('yaml'))('a YAML file', () => {
  const DOCUMENTS: Readonly<Record<string, (target: FleetTarget) => string>> = {
    compose: composeOverride,
    kubernetes: kubernetesDeployment,
    'kubernetes-patch': kubernetesPatch,
    helm: helmValues,
    'kubernetes of a fleet': fleetManifests,
    'helm of a fleet': fleetHelmValues,
    keda: fleetScaledObject,
    'detect and fit': ({ settings, head }) =>
      observedYaml(
        head[0]!,
        Object.entries(settings).map(([name, value]) => ({ name, text: String(value), where: head[1]! })),
      ),
  };
  const pyYaml = `
import json, sys, yaml
print(json.dumps([list(yaml.safe_load_all(text)) for text in json.load(sys.stdin)]))`;

  test.each(Object.entries(DOCUMENTS))(
    '%s reads the same by PyYAML and by a parser of YAML 1.2',
    (_, emit) => {
      const texts = targets.map(emit);
      const own = texts.map((text) =>
        parseAllDocuments(text).map((document) => {
          expect(document.errors).toEqual([]);
          return document.toJS();
        }),
      );
      expect(answered(['/usr/bin/python3', '-c', pyYaml], texts)).toEqual(own);
    },
  );

  const only = (text: string) => parseAllDocuments(text)[0]!.toJS();

  test('a container gets its words and variables as they are, once Kubernetes has expanded $(NAME)', () => {
    // https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables
    const expanded = (text: string) => {
      expect(text.replaceAll('$$', '')).not.toMatch(/\$\(/);
      return text.replaceAll('$$', '$');
    };
    for (const target of targets) {
      const [container] = only(kubernetesDeployment(target)).spec.template.spec.containers;
      expect([...container.command, ...container.args].map(expanded)).toEqual(commandInContainer(target));
      const [patched] = only(kubernetesPatch(target)).spec.template.spec.containers;
      const helm = only(helmValues(target));
      for (const values of [patched, helm]) {
        if (target.environment === null)
          expect(values.command.map(expanded)).toEqual(commandInContainer(target));
        else
          expect(values.env.map((one: { value: string }) => expanded(one.value))).toEqual(
            Object.values(target.environment),
          );
      }
    }
  });

  test('a service gets its words and variables as they are, once Compose has put in $NAME', () => {
    const interpolated = (text: string) => {
      expect(text.replaceAll('$$', '')).not.toContain('$');
      return text.replaceAll('$$', '$');
    };
    for (const target of targets) {
      const { web } = only(composeOverride(target)).services;
      if (target.environment === null)
        expect(web.command.map(interpolated)).toEqual(commandInContainer(target));
      else
        expect(Object.values(web.environment as Record<string, string>).map(interpolated)).toEqual(
          Object.values(variablesOf(target)),
        );
    }
  });

  test('Ansible gets its variables as they are: what looks like a template is marked as none', () => {
    const loader = `
import json, sys, yaml
yaml.SafeLoader.add_constructor('!unsafe', lambda loader, node: [loader.construct_scalar(node)])
print(json.dumps([yaml.safe_load(text) for text in json.load(sys.stdin)]))`;
    const read = answered(['/usr/bin/python3', '-c', loader], targets.map(ansibleVariables)) as Record<
      string,
      unknown
    >[];
    for (const [n, { server, settings, words }] of targets.entries()) {
      const wanted = { ...settings, cmd_args: shellLine(words) };
      for (const [name, value] of Object.entries(wanted))
        expect(read[n]![`${server}_${name}`]).toEqual(/\{[{%#]/.test(String(value)) ? [value] : value);
    }
  });
});

test('Docker reads one instruction, whose words are those of the command', () => {
  for (const target of targets) {
    const dockerfile = DockerfileParser.parse(dockerfileCommand(target));
    expect(dockerfile.getInstructions()).toHaveLength(1);
    const [command] = dockerfile.getCMDs();
    expect(command!.getJSONStrings()).toHaveLength(commandInContainer(target).length);
    expect(JSON.parse(command!.getArgumentsContent()!)).toEqual(commandInContainer(target));
  }
});
