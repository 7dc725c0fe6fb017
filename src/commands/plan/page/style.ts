/** Style of the report: light and dark, printable, contrast of at least 4.5 to 1. */
export const REPORT_CSS = `
:root{color-scheme:light dark;--ink:#1a1a1a;--soft:#555;--paper:#fff;--card:#f5f6f8;--line:#c9ced6;--accent:#0b5cad;--good:#0a6b3b;--bad:#a8001c}
@media (prefers-color-scheme:dark){:root{--ink:#e8e8e8;--soft:#b0b6be;--paper:#14171a;--card:#1d2126;--line:#3a414b;--accent:#7ab8ff;--good:#6fdc9f;--bad:#ff8f8f}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main,header,footer{max-width:62rem;margin:0 auto;padding:0 1rem}
h1{font-size:1.9rem;line-height:1.2;margin:1.5rem 0 .5rem}
h2{font-size:1.25rem;margin:2.2rem 0 .6rem}
p{max-width:48rem}
#chart{grid-column:1/-1}
a{color:var(--accent)}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:.93rem}
.scroll{overflow-x:auto}
th,td{padding:.35rem .6rem;text-align:left;border-bottom:1px solid var(--line);white-space:nowrap}
td.wide{white-space:normal;min-width:8rem}
th:first-child,td:first-child{white-space:normal;overflow-wrap:anywhere;min-width:7.5rem}
th{font-weight:600}
.right{text-align:right}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:.5rem 0}
dt{color:var(--soft)}dd{margin:0;font-variant-numeric:tabular-nums}
pre{background:var(--card);border:1px solid var(--line);border-radius:6px;padding:.7rem .9rem;white-space:pre-wrap;overflow-wrap:anywhere;margin:.4rem 0;font-size:.9rem}
pre span{display:inline-block;max-width:100%}
.copyable{position:relative}.copyable pre{padding-right:5rem}.copyable button{position:absolute;top:.4rem;right:.4rem}
button{font:inherit;font-size:.85rem;padding:.15rem .7rem;border:1px solid var(--line);border-radius:5px;background:var(--paper);color:var(--ink);cursor:pointer}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.try{display:grid;grid-template-columns:minmax(15rem,19rem) 1fr;gap:1.5rem;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:1rem}
@media (max-width:46rem){.try{grid-template-columns:1fr}}
fieldset{border:0;border-top:1px solid var(--line);margin:0 0 .8rem;padding:.6rem 0 0}legend{font-size:.85rem;color:var(--soft);padding:0 .5rem 0 0}
.field{margin-bottom:.8rem}
.field label{display:flex;justify-content:space-between;font-size:.93rem}
.field input{width:100%;accent-color:var(--accent)}
#chart svg{width:100%;height:auto;display:block;border-radius:6px}
.good{color:var(--good);font-weight:600}.bad{color:var(--bad);font-weight:600}
.soft{color:var(--soft)}
footer{margin-top:2.5rem;padding-bottom:2rem;color:var(--soft);font-size:.9rem}
@media print{.scroll{overflow:visible}table{font-size:8pt}th,td{padding:.2rem .3rem}td:not(.right){white-space:normal}td.wide{min-width:0}th:first-child,td:first-child{min-width:4.5rem}td:last-child{overflow-wrap:anywhere;min-width:5rem}main,header,footer{max-width:none}.try{display:block;border:0;padding:0;background:none}.controls,button{display:none}body{font-size:11pt}h2{break-after:avoid}tr{break-inside:avoid}}
`.trim();
