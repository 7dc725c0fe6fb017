import { UsageError } from '../../host/errors.js';
import type { ExitCode } from '../../host/exit.js';
import type { Host } from '../../host/host.js';
import type { Invocation } from '../../input/command.js';
import type { Values } from '../../input/options.js';
import type { Facility } from '../../model/discipline.js';
import { predict } from '../../model/predict.js';
import type { Workload } from '../../model/types.js';
import type { LoadTestReport } from '../../observe/fit-report.js';
import { analysed, notesOf } from '../../observe/load-tests/analyse.js';
import { compareSteps } from '../../observe/load-tests/explaining/compare.js';
import { type Explanation, explainSteps } from '../../observe/load-tests/explaining/explain.js';
import { whichStep } from '../../observe/load-tests/explaining/which-step.js';
import { readLoadTests } from '../../observe/load-tests/reading/read-load-tests.js';
import type { AnalysedStep } from '../../observe/load-tests/result.js';
import { scalabilityOf } from '../../observe/load-tests/scalability.js';
import { loadTestValues } from '../../observe/load-tests/values.js';
import type { Missing } from '../../observe/values.js';
import { prepareDelivery } from '../../output/deliver.js';
import { resolveProfile } from '../../profile/resolve.js';
import { flagOf } from '../../text/names.js';
import { percent } from '../../text/sentences.js';
import { givenFacility } from '../simulate/result.js';
import { FIT_FORMATS } from './formats/formats.js';
import { requireOneServer } from './running-server.js';
import { deliverReport, isFileIn, refuseProfile, requireFiles } from './sources.js';

const TIMES = ['serviceTime', 'cpuTime', 'ioTime', 'ioRatio'] as const;
const FIXED = ['cores', 'workers'] as const;

/** Typical relative error above which the model does not explain the steps. */
const MOST_ERROR = 0.2;

/** `wcalc fit --load-test FILE…`. */
export async function fitLoadTests(invocation: Invocation, host: Host): Promise<ExitCode> {
  const { values, positionals } = invocation;
  refuseOthers(values);
  const delivery = prepareDelivery(FIT_FORMATS, values, host);
  const files = [...(values.loadTest ?? []), ...positionals];
  const accepted = 'results of a load test, or - for stdin';
  requireFiles(files, { where: '--load-test', one: 'file', accepted }, isFileIn(host));
  const steps = (await readLoadTests(host, files, values.generator)).map(analysed);
  const scalability = scalabilityOf(steps);
  const facility = facilityOf(invocation);
  const unknowns: Missing[] =
    typeof scalability === 'string' ? [{ what: 'how the server scales', remedy: scalability }] : [];
  const explanation = facility === null ? null : explained(steps, facility, values, unknowns);
  if (facility === null)
    unknowns.push({
      what: 'the CPU and I/O time that explain these steps',
      remedy:
        'give the configuration that was tested: --cores, --workers, --threads, --worker-class or --server',
    });
  const workload = typedWorkload(invocation) ?? explanation?.workload ?? null;
  const result = {
    files,
    steps,
    scalability: typeof scalability === 'string' ? null : scalability,
    explanation,
    comparison: values.compare ? compared(steps, facility, workload) : null,
    unknowns,
    notes: notesOf(steps),
  };
  const report: LoadTestReport = {
    kind: 'load-tests',
    source: files.join(', '),
    result,
    observed: loadTestValues(result, values),
    laws: {},
    notes: result.notes,
  };
  return deliverReport(report, delivery, values, host);
}

function refuseOthers(values: Values): void {
  const others = ['merge', 'logFormat', 'column', 'detect'] as const;
  const other = others.find((name) => values[name] !== undefined);
  if (other !== undefined)
    throw new UsageError(
      `${flagOf(other)} is about logs and says nothing of a load test; leave it out beside --load-test`,
    );
  refuseProfile(values, '--load-test');
}

/** What was tested, where it was given; null where nothing of it was. Throws where a part is missing. */
function facilityOf({ values, origins }: Invocation): Facility | null {
  requireOneServer(values);
  const given = FIXED.filter((name) => values[name] !== undefined);
  if (given.length === 0) return null;
  if (given.length < FIXED.length)
    throw new UsageError(
      `--load-test: --${FIXED.find((name) => values[name] === undefined)} is missing beside --${given[0]}: give both, and --threads and --worker-class or --server, as they were when the test ran`,
    );
  const times = Object.fromEntries(
    Object.entries(values).filter(([name]) => !TIMES.some((time) => time === name)),
  );
  return givenFacility(
    resolveProfile({ ...times, rate: 1, serviceTime: 100, ioRatio: 0.5 }, origins),
    predict,
  );
}

/** The request as typed, which wins over what was found. */
function typedWorkload({ values, origins }: Invocation): Workload | null {
  if (!TIMES.some((name) => values[name] !== undefined) || values.cores === undefined) return null;
  return resolveProfile({ ...values, rate: 1 }, origins).workload;
}

/** The explanation of the steps; null with the reason among `unknowns` where there is none that can be relied on. */
function explained(
  steps: readonly AnalysedStep[],
  facility: Facility,
  values: Values,
  unknowns: Missing[],
): Explanation | null {
  const cv = values.cv ?? values.cpuCv ?? values.ioCv ?? null;
  const found = explainSteps(steps, facility, {
    cv,
    ioCalls: values.ioCalls ?? 1,
    overheadMs: values.overhead ?? 0,
  });
  const what = 'CPU and I/O time';
  if (found === null) {
    unknowns.push({
      what,
      remedy: 'more steps, with their users or rate and at least the mean of their times',
    });
    return null;
  }
  if (found.relativeError > MOST_ERROR) {
    unknowns.push({
      what: `${what}: even the best leave a typical error of ${percent(found.relativeError)}`,
      remedy:
        'check that this configuration is the one that was tested, and that nothing else (a database, the generator itself) set the limit',
    });
    return null;
  }
  if (!found.tellsApart) {
    unknowns.push({
      what: `${what}, which these steps do not tell apart`,
      remedy: whichStep(facility, found),
    });
    return null;
  }
  if (values.overhead === undefined)
    unknowns.push({
      what: "the server's own overhead, which is within the CPU time",
      remedy: 'test a route that does nothing, and give what it takes with --overhead',
    });
  return found;
}

function compared(steps: readonly AnalysedStep[], facility: Facility | null, workload: Workload | null) {
  if (facility === null)
    throw new UsageError(
      '--compare: give the configuration that was tested with --cores and --workers, and --threads and --worker-class',
    );
  if (workload === null)
    throw new UsageError(
      '--compare: these steps do not tell CPU and I/O time apart; give --cpu-time and --io-time',
    );
  return compareSteps(steps, facility, workload);
}
