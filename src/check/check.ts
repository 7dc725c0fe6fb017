import type { Span } from '../files/text-file.js';
import { mayChangeWorkers, type Note, type Unjudged } from '../servers/deployments/deployment.js';
import type { Project } from '../servers/deployments/project.js';
import { type Severity, type Violation, violationsOf } from '../servers/rule.js';
import { versionText } from '../servers/version.js';
import { grouped } from '../text/lookup.js';
import { listed } from '../text/sentences.js';
import { type Facts, factsFor } from './facts.js';
import { fingerprintOf } from './fingerprint.js';
import {
  copiesOf,
  databaseConnections,
  type NamedReading,
  pricePerMonth,
  unknownAround,
} from './footprint.js';
import type { Question } from './question.js';
import { type RuleId, ruleOf, rulesFor } from './registry.js';
import type { CheckedServer, Finding, Judged, PlacedNote } from './result.js';
import { violationOf } from './rules/not-judged.js';
import { SEVERITIES } from './severity.js';

/** Severities that the user changed; `off` takes a rule out. */
export type RuleLevels = Readonly<Partial<Record<RuleId, Severity | 'off'>>>;

export interface Checked {
  readonly servers: readonly CheckedServer[];
  readonly findings: readonly Finding[];
  readonly notes: readonly PlacedNote[];
}

/** Judges every server of a project by every rule. */
export function check(project: Project, question: Question, levels: RuleLevels): Checked {
  const judged = project.deployments.map((deployment) => factsFor(deployment, question));
  const findings = [
    ...judged.flatMap((facts) => findingsOf(facts, project, levels)),
    ...project.unjudged.flatMap((server) => findingOfUnjudged(server, project, levels)),
  ];
  return {
    servers: [...judged.map(serverOf), ...project.unjudged.map(unjudgedServer)],
    findings: [...withoutTwins(findings)].sort(inOrder),
    notes: distinctNotes([...project.notes, ...project.deployments.flatMap(({ notes }) => notes)]),
  };
}

function findingsOf(facts: Facts, project: Project, levels: RuleLevels): Finding[] {
  return rulesFor(facts.deployment.server).flatMap(([id, rule]) => {
    const severity = levels[id] ?? rule.severity;
    if (severity === 'off') return [];
    return violationsOf(rule, facts).map((violation) => {
      const isAssumed = violation.byVersion === true && facts.versionFrom === 'assumed';
      const { name } = facts.deployment;
      if (!isAssumed) return findingOf(id, severity, violation, name, project);
      // What rests on an assumption is no error, unless the user calls it one.
      const level = severity === 'error' && levels[id] === undefined ? 'warning' : severity;
      return findingOf(id, level, onAssumed(violation, facts), name, project);
    });
  });
}

/** Says of a finding that the version which it holds for is assumed. */
const onAssumed = (
  { message, numbers, ...violation }: Violation,
  { version, deployment: { server } }: Facts,
): Violation => ({
  ...violation,
  message: `${message}; ${server.title} ${versionText(version)} is assumed, as no file that was read pins its version`,
  numbers: { ...numbers, versionAssumed: true },
});

function findingOfUnjudged(server: Unjudged, project: Project, levels: RuleLevels): Finding[] {
  const id = server.rule ?? 'not-judged';
  const severity = levels[id] ?? ruleOf(id).severity;
  return severity === 'off' ? [] : [findingOf(id, severity, violationOf(server), server.name, project)];
}

function findingOf(
  rule: RuleId,
  severity: Severity,
  { at, message, fix, numbers }: Violation,
  server: string,
  project: Project,
): Finding {
  const line = project.sources.get(at.file)?.line(at.line) ?? '';
  return {
    rule,
    severity,
    server,
    ...at,
    message,
    fix,
    numbers,
    sourceLine: line.slice(0, LONGEST_LINE),
    fingerprint: fingerprintOf(rule, at.file, server, line),
  };
}

const LONGEST_LINE = 400;

/** The same setting read for two servers is one finding. */
function* withoutTwins(findings: readonly Finding[]): Iterable<Finding> {
  const seen = new Set<string>();
  for (const finding of findings) {
    const { rule, file, line, column, message } = finding;
    const key = JSON.stringify([rule, file, line, column, message]);
    if (!seen.has(key)) yield finding;
    seen.add(key);
  }
}

function inOrder(a: Finding, b: Finding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  const bySeverity = SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
  return (
    bySeverity || a.line - b.line || a.column - b.column || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0)
  );
}

const distinctNotes = (notes: readonly Note[]): readonly PlacedNote[] => [
  ...new Map(notes.map(({ at, message }) => [JSON.stringify([at, message]), noteAt(at, message)])).values(),
];

const noteAt = (at: Span, message: string): PlacedNote => ({
  file: at.file,
  line: at.line,
  column: at.column,
  message,
});

/** Settings that are not known, those of one place and reason in one note. */
function unknownOf(settings: readonly NamedReading[]): readonly PlacedNote[] {
  const notes = settings.flatMap(({ name, reading }) =>
    reading.known ? [] : [{ name, note: noteAt(reading.at, reading.why) }],
  );
  return [...grouped(notes, ({ note }) => JSON.stringify(note)).values()].map((group) => ({
    ...group[0]!.note,
    message: `${listed(group.map(({ name }) => name))} ${group.length > 1 ? 'are' : 'is'} not known: ${group[0]!.note.message}`,
  }));
}

function serverOf(facts: Facts): CheckedServer {
  const { deployment, workers, slotsPerWorker } = facts;
  const settings = deployment.server.commandLine.sizing.flatMap((name) => {
    const setting = deployment.settings.get(name);
    // Of a server that runs one process whatever its setting says, that setting does not matter.
    const isDecided = name === 'workers' && setting?.reading.known === false && workers.value !== null;
    return setting && !isDecided ? [{ name, reading: setting.reading }] : [];
  });
  const change = mayChangeWorkers(deployment);
  const unknown = [
    ...unknownOf([...settings, ...unknownAround(facts)]),
    ...(change ? [noteAt(change.at, `workers may be another: ${change.why}`)] : []),
  ];
  return {
    name: deployment.name,
    server: deployment.server.name,
    judged: judgedOf(facts, unknown.length),
    platform: deployment.platform,
    files: deployment.files,
    workerClass: facts.kind.value?.workerClass ?? facts.writtenKind,
    workers: workers.value,
    threads: facts.threads.value,
    workerConnections: facts.connections.value,
    slots: workers.value === null || slotsPerWorker === null ? null : workers.value * slotsPerWorker,
    timeoutSeconds: facts.timeoutSeconds.value,
    cores: facts.cores?.value ?? null,
    memoryMiB: facts.memoryUsedMiB,
    memoryLimitMiB: facts.memoryLimit?.value ?? null,
    ratePerReplica: facts.question.workload?.ratePerSecond ?? null,
    replicas: copiesOf(facts)?.replicas ?? null,
    dbConnections: databaseConnections(facts),
    pricePerMonth: pricePerMonth(facts),
    prediction: facts.prediction,
    unknown,
    assumes: [
      ...new Set([
        ...settings.flatMap(({ reading }) => (reading.known ? reading.assumes : [])),
        ...deployment.assumes,
      ]),
    ],
  };
}

function judgedOf({ workers, kind, writtenKind }: Facts, unknowns: number): Judged {
  if (unknowns === 0) return 'fully';
  return workers.value === null && kind.value === null && writtenKind === null ? 'not' : 'partly';
}

const unjudgedServer = ({ name, server, platform, files, at, why }: Unjudged): CheckedServer => ({
  name,
  server,
  judged: 'not',
  platform,
  files,
  workerClass: null,
  workers: null,
  threads: null,
  workerConnections: null,
  slots: null,
  timeoutSeconds: null,
  cores: null,
  memoryMiB: null,
  memoryLimitMiB: null,
  ratePerReplica: null,
  replicas: null,
  dbConnections: null,
  pricePerMonth: null,
  prediction: null,
  unknown: [noteAt(at, why)],
  assumes: [],
});
