/** Elements of the Jenkins xUnit plugin's junit-10.xsd that wcalc emits: attributes (required with !) and children. */
const SHAPE: Readonly<Record<string, { attributes: readonly string[]; children: readonly string[] }>> = {
  testsuites: { attributes: ['name', 'time', 'tests', 'failures', 'errors'], children: ['testsuite'] },
  testsuite: {
    attributes: [
      'name!',
      'tests!',
      'failures!',
      'errors!',
      'group',
      'time',
      'skipped',
      'timestamp',
      'hostname',
      'id',
      'package',
      'file',
      'log',
      'url',
      'version',
    ],
    children: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
  },
  testcase: {
    attributes: ['name!', 'time', 'classname', 'group'],
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  },
  failure: { attributes: ['type', 'message'], children: [] },
  error: { attributes: ['type', 'message'], children: [] },
  skipped: { attributes: [], children: [] },
  'system-out': { attributes: [], children: [] },
};

/** What is wrong with a document: not well-formed XML, or not of that shape. */
export function junitProblems(xml: string): string[] {
  const problems: string[] = [];
  const open: string[] = [];
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  if (body === xml) problems.push('no XML declaration');
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(xml))
    problems.push('a character that XML cannot hold');
  if (/&(?!(amp|lt|gt|quot);)/.test(xml)) problems.push('a bare ampersand');
  const rest = body.replace(
    /<(\/?)([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>/g,
    (_whole, close, name, attributes, empty) => {
      if (close) {
        if (open.pop() !== name) problems.push(`</${name}> closes nothing`);
        return '';
      }
      const shape = SHAPE[name];
      const parent = open.at(-1);
      if (!shape) problems.push(`<${name}> is not known`);
      if (parent ? !SHAPE[parent]?.children.includes(name) : name !== 'testsuites')
        problems.push(`<${name}> in <${parent}>`);
      const given = [...attributes.matchAll(/([\w-]+)="/g)].map((match) => match[1]);
      for (const attribute of given)
        if (!shape?.attributes.some((known) => known.replace('!', '') === attribute))
          problems.push(`${name} ${attribute}`);
      for (const known of shape?.attributes ?? [])
        if (known.endsWith('!') && !given.includes(known.slice(0, -1)))
          problems.push(`${name} lacks ${known}`);
      if (!empty) open.push(name);
      return '';
    },
  );
  if (open.length > 0) problems.push(`<${open.at(-1)}> is not closed`);
  if (/[<>]/.test(rest)) problems.push(`a bare bracket in ${rest.trim().slice(0, 80)}`);
  return problems;
}
