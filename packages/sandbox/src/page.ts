import { DEFAULT_PORT } from './command';
import type { Facade } from './facade';
import type { IncidentState } from './incidents';

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, character => escapes[character]);
}

const style = `
:root { color-scheme: light dark; --line: #d5d5d0; --muted: #5d5d58; --surface: #fff; --page: #f5f5f4; --text: #1b1b19; --accent: #1f5493; --bad: #b3202a; }
@media (prefers-color-scheme: dark) { :root { --line: #3a3a38; --muted: #a5a59f; --surface: #1d1d1c; --page: #141414; --text: #ececea; --accent: #7db3f2; --bad: #ff8080; } }
* { box-sizing: border-box } body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem 4rem; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif }
h1 { margin: 0 } h2 { margin: 2.25rem 0 .75rem; font-size: 1.15rem } h3 { margin: 0; font-size: 1rem } p { margin: .25rem 0 } .muted { color: var(--muted) }
ul { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: minmax(0, 1fr); gap: .75rem } li { background: var(--surface); border: 1px solid var(--line); border-radius: .5rem; padding: .85rem 1rem }
.row > div { min-width: 0; flex: 1 } .row { display: flex; gap: 1rem; align-items: start; justify-content: space-between } a { color: var(--accent) }
pre { display: flex; gap: .5rem; align-items: center; margin: .5rem 0 0; padding: .35rem .35rem .35rem .75rem; background: var(--page); border: 1px solid var(--line); border-radius: .35rem } pre code { overflow-x: auto; flex: 1; padding: .25rem 0 }
button { font: inherit; padding: .3rem .8rem; border: 1px solid var(--line); border-radius: .35rem; background: var(--surface); color: var(--text); cursor: pointer; white-space: nowrap } button:focus-visible, a:focus-visible, code:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
.state { color: var(--bad); font-weight: 600 }
`;

const script = `
for (const button of document.querySelectorAll('button[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = 'Copy'; }, 1500);
  });
}`;

function command(text: string): string {
  const safe = escape(text);
  return `<pre><code tabindex="0">${safe}</code><button type="button" hidden data-copy="${safe}" aria-label="Copy: ${safe}">Copy</button></pre>`;
}

function facadeItem(facade: Facade, origin: string): string {
  const commands = facade.examples
    .map(example =>
      command(
        example
          .replaceAll('{origin}', origin)
          .replaceAll('{host}', new URL(origin).host),
      ),
    )
    .join('');
  return `<li><h3>${escape(facade.title)}</h3><p><code>${escape(
    origin + facade.prefix,
  )}</code></p>${commands}</li>`;
}

function incidentItem(incident: IncidentState, flag: string): string {
  const action = incident.active ? 'stop' : 'start';
  const label = incident.active ? 'Stop' : 'Start';
  const since = incident.startedAt
    ? `<p class="state">Going on since <time datetime="${
        incident.startedAt
      }">${incident.startedAt.slice(11, 19)} UTC</time></p>`
    : '';
  return `<li class="row"><div><h3>${escape(incident.title)}</h3><p>${escape(
    incident.description,
  )}</p>${command(
    `yarn sandbox incident ${incident.name}${flag}`,
  )}${since}</div><form method="post" action="/incidents/${escape(
    incident.name,
  )}/${action}"><button aria-label="${label}: ${escape(
    incident.title,
  )}">${label}</button></form></li>`;
}

/** What the index page tells. */
export interface PageInput {
  origin: string;
  cluster: string;
  summary: string;
  facades: readonly Facade[];
  incidents: readonly IncidentState[];
}

/** The sandbox's index page: what it serves, how to talk to it, what can go wrong in it. Works without scripts. */
export function renderPage(input: PageInput): string {
  const { origin, facades, incidents } = input;
  const { port } = new URL(origin);
  const flag = port === String(DEFAULT_PORT) ? '' : ` --port ${port}`;
  const list = incidents.map(incident => incidentItem(incident, flag)).join('');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Orrery sandbox</title><style>${style}</style></head>
<body><main>
<h1>Orrery sandbox</h1>
<p class="muted">Cluster <strong>${escape(input.cluster)}</strong>: ${escape(
    input.summary,
  )}. Everything here is simulated and listens on this machine only.</p>
<h2>Interfaces</h2><ul>${facades
    .map(facade => facadeItem(facade, origin))
    .join('')}
<li><h3>Catalog</h3><p>Systems, components, teams and people for Backstage: <a href="/catalog/all.yaml">${escape(
    origin,
  )}/catalog/all.yaml</a></p></li>
<li><h3>State</h3><p><a href="/status">/status</a> tells the size and speed of the simulation, <a href="/healthz">/healthz</a> whether it serves.</p></li></ul>
<h2>Incidents</h2><ul>${list}</ul>
</main><script>${script}</script></body></html>
`;
}
