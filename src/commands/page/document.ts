import { LINE_CHART_CSS } from '../../output/chart/svg.js';
import { policy } from '../plan/page/document.js';
import { REPORT_CSS } from '../plan/page/style.js';

/** Style of the form, beside that of the report. */
const PAGE_CSS = `
#question{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:1rem}
.fields{display:grid;grid-template-columns:repeat(auto-fill,minmax(14rem,1fr));gap:.8rem 1.2rem;align-items:start}
.input{display:flex;flex-direction:column}
.input label{font-weight:600;font-size:.95rem}
.input input,.input select{font:inherit;padding:.35rem .5rem;border:1px solid var(--soft);border-radius:5px;background:var(--paper);color:var(--ink);width:100%}
.input small{color:var(--soft);line-height:1.35}
.input [aria-invalid=true]{border-color:var(--bad);outline:1px solid var(--bad)}
.input .wrong{color:var(--bad)}
#question details{margin-top:.8rem}
#question summary{cursor:pointer;font-weight:600}
#question details .fields{margin-top:.6rem}
#answer.stale{opacity:.6}
#texts details{margin:.5rem 0}
#texts summary{cursor:pointer;font-weight:600}
.lead{font-size:1.1rem}
@media print{#question,#taking{display:none}}
`.trim();

/**
 * The page as one file: its script and styles inside, known to its policy by their hashes. It may start a worker from
 * itself, and reach nothing else.
 */
export const pageDocument = (script: string, version: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy([REPORT_CSS, PAGE_CSS, LINE_CHART_CSS], [script])}; worker-src blob:">
<title>wcalc: workers and threads for a Python app server</title>
<meta name="description" content="How many workers and threads a Python app server needs, and what latency that gives.">
<style>${REPORT_CSS}</style>
<style>${PAGE_CSS}</style>
</head>
<body>
<header>
<h1>How many workers?</h1>
<p>Say what the machine has and what a worker costs; whatever else you know makes the answer better. Nothing you type leaves this page.</p>
</header>
<main>
<form id="question" autocomplete="off" novalidate></form>
<p id="problem" class="bad" role="alert" hidden></p>
<div id="answer" aria-live="polite" aria-busy="true"><p class="soft">Calculating …</p></div>
<section id="taking" hidden>
<h2>Take it with you</h2>
<div id="texts"></div>
</section>
<noscript><p>This page calculates with a script; without one, <code>wcalc</code> on a command line gives the same answer.</p></noscript>
</main>
<footer><p>wcalc ${version}. The same model as the command; this file works without a network.</p></footer>
<script>${script}</script>
</body>
</html>
`;
