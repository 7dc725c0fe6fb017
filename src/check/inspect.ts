import { discover } from '../files/discover.js';
import type { Load } from '../files/find-file.js';
import { kindOf } from '../files/kind.js';
import { LARGEST_BYTES, loaderOf, openSource } from '../files/open.js';
import type { Variable } from '../files/platforms/service.js';
import { type Belongs, projectOf } from '../files/project-root.js';
import { known, type Reading, type Surroundings } from '../files/reading.js';
import { type Source, sourceOf, tidyPath } from '../files/text-file.js';
import { SourceError, UsageError } from '../host/errors.js';
import type { FileAccess, Host } from '../host/host.js';
import { readStdin } from '../host/read-stdin.js';
import type { Invocation } from '../input/command.js';
import type { Values } from '../input/options.js';
import { ASSUMED_BALANCER } from '../profile/balancer.js';
import { readProject } from '../servers/deployments/project.js';
import type { Failure } from '../servers/deployments/services.js';
import { SERVERS } from '../servers/index.js';
import { questionOf } from './ask.js';
import { type Checked, check, type RuleLevels } from './check.js';
import type { CheckResult, PlacedNote } from './result.js';

/** What `cpu_count()` answers: `--machine-cores`, else the cores that the server may use, rounded up to whole ones. */
function cpuCountFor(values: Values): (limit: Reading<number> | null) => Surroundings['cpuCount'] {
  const { machineCores, cores } = values;
  return (limit) => {
    if (machineCores !== undefined) return { value: Math.max(1, Math.ceil(machineCores)), assumes: [] };
    const least = cores ?? (limit?.known ? limit.value : undefined);
    if (least === undefined) return null;
    const value = Math.max(1, Math.ceil(least));
    return {
      value,
      assumes: [`cpu_count() is taken as ${value}; give the CPUs of the machine with --machine-cores`],
    };
  };
}

export type Inspected = Checked & Pick<CheckResult, 'files' | 'assumptions' | 'failures'>;

/** What was named, or what is found where nothing was, as the servers that it starts. */
export async function readNamed(paths: readonly string[], values: Values, host: Host) {
  const belongs = projectOf(paths, host);
  const gathered = gather(
    paths.map((path) => fromHere(path, host.cwd)),
    host.files,
    belongs,
    paths.includes('-') ? await pipedSource(host) : null,
  );
  const project = await readProject({
    sources: gathered.sources,
    found: gathered.found,
    load: within(paths, host.files, belongs),
    variables: (values.env ?? []).map(variableOf),
    cpuCount: cpuCountFor(values),
  });
  const failures = [...gathered.failures, ...project.failures];
  // A manifest that was only come across may be a template or another tool's; one that was named must be readable.
  const isSkipped = ({ file, isTemplate }: Failure) =>
    gathered.found.has(file) &&
    /\.ya?ml$/.test(file) &&
    (isTemplate || !['compose', 'kustomization'].includes(kindOf(file, '') ?? ''));
  return {
    project,
    notes: failures.filter(isSkipped).map(skipped),
    failures: failures.filter((failure) => !isSkipped(failure)).map(({ message }) => message),
  };
}

/** Reads what was named, or what is found where nothing was, and judges it. */
export async function inspect(
  paths: readonly string[],
  { values, origins, learnt }: Invocation,
  host: Host,
  levels: RuleLevels,
  mayBeEmpty = false,
): Promise<Inspected> {
  const question = questionOf(values, origins, learnt);
  const { project, notes, failures } = await readNamed(paths, values, host);
  const where = paths.length === 0 ? 'this directory' : paths.join(', ');
  if (!mayBeEmpty && project.sources.size + notes.length + failures.length === 0)
    throw new UsageError(
      `${where} holds no file of a known name; name the files to check, such as gunicorn.conf.py, Procfile or compose.yaml`,
    );
  const checked = check(project, question, levels);
  const isSpread = question.workload !== null && checked.servers.some(({ replicas }) => (replicas ?? 1) > 1);
  return {
    ...checked,
    notes: [...checked.notes, ...notes],
    files: [...project.sources.keys()],
    assumptions: [
      ...question.assumptions,
      ...(isSpread && values.balancer === undefined ? [ASSUMED_BALANCER] : []),
    ],
    failures,
  };
}

/** Standard input as a file of the name `-`; it is small, as configuration files are. */
const pipedSource = async (host: Host): Promise<Source> =>
  sourceOf('-', await readStdin(host, LARGEST_BYTES));

/** What was skipped, at the place that its message names. */
function skipped({ file, message }: Failure): PlacedNote {
  const [, line = '1', column = '1', said = message] =
    /^:(\d+):(\d+): (.*)$/s.exec(message.startsWith(file) ? message.slice(file.length) : '') ?? [];
  const what = said.startsWith(`${file}: `) ? said.slice(file.length + 2) : said;
  return { file, line: Number(line), column: Number(column), message: `skipped: ${what}` };
}

/** A path below the working directory as it is seen from there, which reports need to find the file. */
const fromHere = (path: string, cwd: string): string =>
  path.startsWith(`${cwd}/`) ? path.slice(cwd.length + 1) : path;

/** Configuration files of servers, by the names they usually have. */
const OWN_FILES = SERVERS.flatMap(({ files }) => files ?? []);

interface Gathered {
  readonly sources: readonly Source[];
  readonly failures: readonly Failure[];
  /** Files that were come across in a directory. */
  readonly found: ReadonlySet<string>;
}

/**
 * Opens the files that were named, and the known names in directories; without any, in the working directory. What is
 * come across must belong to the project: a link of its could lead to any file of the user.
 */
function gather(
  paths: readonly string[],
  files: FileAccess,
  belongs: Belongs,
  piped: Source | null,
): Gathered {
  const found = new Set<string>();
  const named = (paths.length === 0 ? ['.'] : paths).flatMap((path) => {
    if (files.status(path)?.kind !== 'directory') return [path];
    const inside = discover(files, path, OWN_FILES);
    for (const file of inside) found.add(tidyPath(file));
    return inside;
  });
  const sources: Source[] = [];
  const failures: Failure[] = [];
  for (const path of new Set(named.map(tidyPath))) {
    if (path === '-' && piped) {
      sources.push(piped);
      continue;
    }
    try {
      if (found.has(path) && files.status(path) && !belongs(path))
        throw new SourceError(
          `${path}: is a link that leads out of the project; name the file it leads to, if it is to be read`,
        );
      sources.push(openSource(files, path));
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      failures.push({ file: path, message: error.message });
    }
  }
  return { sources, failures, found };
}

/**
 * Further files are looked for in the whole project, but beside a single directory only in it: another version is not
 * mixed in. What lies outside the project is as if it were not there.
 */
function within(paths: readonly string[], files: FileAccess, belongs: Belongs): Load {
  const open = loaderOf(files);
  const load: Load = (path) => (belongs(path) ? open(path) : null);
  const [only, ...more] = paths;
  if (only === undefined || more.length > 0 || files.status(only)?.kind !== 'directory') return load;
  const root = tidyPath(only).replace(/\/$/, '');
  return root === '.' ? load : (path) => (tidyPath(path).startsWith(`${root}/`) ? load(path) : null);
}

function variableOf(text: string): Variable {
  const match = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(text);
  if (!match) throw new UsageError(`--env: "${text}" is not NAME=VALUE, such as WEB_CONCURRENCY=4`);
  const [, name = '', value = ''] = match;
  return { name, value: known(value, { file: '--env', line: 1, column: 1, endColumn: 2 }) };
}
