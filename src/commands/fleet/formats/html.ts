import { createHash } from 'node:crypto';
import { type FleetResult, fleetInUse } from '../../../fleet/plan-of-fleet.js';
import { LINE_CHART_CSS, escapeXml as text } from '../../../output/chart/svg.js';
import { objectiveVerdict } from '../../../output/objective.js';
import { headline, shownFields } from './cells.js';
import { fleetSvg } from './charts.js';
import { daySentence, factsOf } from './facts.js';
import { shownTime } from './shown-time.js';

const CSS = [
  ':root{color-scheme:light dark}',
  'body{font:16px/1.5 system-ui,sans-serif;max-width:68rem;margin:2rem auto;padding:0 1rem}',
  'table{border-collapse:collapse}',
  'th,td{padding:.3rem .8rem;white-space:nowrap;text-align:left;border-bottom:1px solid #8884}',
  '.right{text-align:right;font-variant-numeric:tabular-nums}',
  '.best{font-weight:600}',
  'dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1.5rem}dd{margin:0}',
  '.scroll{overflow-x:auto}',
  'svg{max-width:100%;height:auto}',
].join('');

/** A fleet as one page without scripts: the answer, how the shapes compare, and the charts. */
export function fleetHtml(result: FleetResult): string {
  const { recommendation, shapes, warnings, assumptions, day, tool } = result;
  const title = recommendation ? headline(recommendation) : 'No shape carries this rate within the objective';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${[CSS, LINE_CHART_CSS].map(hash).join(' ')}; base-uri 'none'; form-action 'none'">
<title>wcalc fleet: ${text(title)}</title>
<style>${CSS}</style>
</head>
<body>
<h1>${text(title)}</h1>
${recommendation ? `<p>${text(recommendation.why)}</p>` : ''}
${details(result)}
${shapes.length > 0 ? comparison(result) : ''}
${fleetSvg(result)}
${day ? `<p>${text(daySentence(day))}</p>` : ''}
${list(
  'Warnings',
  warnings.map(({ message, code }) => `${message} (${code})`),
)}
${list(
  'Assumed, because not given',
  assumptions.map(({ input, value, flag, why }) => `${input} = ${value}: ${why} (${flag})`),
)}
<footer><p>Made by wcalc ${text(tool.version)}.</p></footer>
</body>
</html>`;
}

const hash = (style: string): string => `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

/** What there is to say of the fleet that the user has, or of the recommended one. */
function details(result: FleetResult): string {
  const fleet = fleetInUse(result);
  if (!fleet) return '';
  const verdict = objectiveVerdict(fleet.meetsObjective ? 'met' : 'missed', result);
  const facts = [...factsOf(fleet, result), ['objective', verdict] as const];
  const heading = result.given ? `<h2>As given: ${text(headline(fleet))}</h2>\n` : '';
  return `${heading}<dl>${facts.map(([name, said]) => `<dt>${text(name)}</dt><dd>${text(said)}</dd>`).join('\n')}</dl>`;
}

function comparison(result: FleetResult): string {
  const { shapes, recommendation } = result;
  const fields = shownFields(shapes, shownTime(result));
  const side = (align: string | undefined): string => (align === 'right' ? ' class="right"' : '');
  const head = fields.map(({ column }) => `<th scope="col"${side(column.align)}>${text(column.title)}</th>`);
  const rows = shapes.map(
    (fleet) =>
      `<tr${fleet === recommendation ? ' class="best"' : ''}>${fields.map(({ column, cell }) => `<td${side(column.align)}>${text(cell(fleet))}</td>`).join('')}</tr>`,
  );
  return `<h2>Shapes</h2>\n<div class="scroll" tabindex="0" role="region" aria-label="How the shapes compare"><table><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}

const list = (title: string, items: readonly string[]): string =>
  items.length === 0
    ? ''
    : `<h2>${title}</h2>\n<ul>${items.map((item) => `<li>${text(item)}</li>`).join('')}</ul>`;
