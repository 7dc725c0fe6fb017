/** Style of the form, beside that of the report. */
export const PAGE_CSS = `
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
