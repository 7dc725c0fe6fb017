import { createHash } from 'node:crypto';
import { LINE_CHART_CSS, escapeXml as text } from '../../../output/chart/svg.js';
import type { RenderContext } from '../../../output/deliver.js';
import { headline, type PlanResult } from '../../../plan/types.js';
import { answerSections, sentence } from './html.js';
import { REPORT_CSS } from './style.js';

/** The plan as one self-contained page: no network (its policy forbids it), and numbers from the command's own model. */
export function planHtml(plan: PlanResult, context: Pick<RenderContext, 'asset'>): string {
  const drawn = plan.given ?? plan.recommendation;
  const title = drawn ? headline(drawn) : 'No configuration fits';
  const script = plan.drawing ? context.asset('report-page.js') : '';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy([REPORT_CSS, LINE_CHART_CSS], [script])}">
<title>wcalc: ${text(title)}</title>
<style>${REPORT_CSS}</style>
</head>
<body>
<header>
<h1>${text(title)}</h1>
${drawn ? `<p>${text(sentence(drawn))}</p>` : ''}
</header>
<main>
${[...answerSections(plan, drawn)].join('\n')}
</main>
<footer><p>Made by wcalc ${text(plan.tool.version)}. Everything on this page is in this one file; the sliders run the same model as the command.</p></footer>
${plan.drawing ? `<script type="application/json" id="wcalc-data">${inScript(plan.drawing)}</script>\n<script>${script}</script>` : ''}
</body>
</html>`;
}

/** The page may run its own scripts and use its own styles, known by their hashes; nothing else, from nowhere. */
export function policy(styles: readonly string[], scripts: readonly string[]): string {
  const hashes = (texts: readonly string[]) =>
    texts.map((one) => `'sha256-${createHash('sha256').update(one).digest('base64')}'`).join(' ');
  return `default-src 'none'; style-src ${hashes(styles)}; script-src ${hashes(scripts)}; base-uri 'none'; form-action 'none'`;
}

/** JSON that cannot end its script element. */
const inScript = (data: unknown): string => JSON.stringify(data).replaceAll('<', '\\u003c');
