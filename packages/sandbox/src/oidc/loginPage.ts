import type { World } from '../world/types';

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string) =>
  text.replace(/[&<>"']/g, character => escapes[character]);

const SHOWN_APPS = 4;
const HUES = [210, 160, 25, 280, 340, 95, 50, 190];

const style = `
:root { color-scheme: light dark; --line: #d9d9d4; --muted: #5a5a55; --surface: #fff; --page: #f4f4f1; --text: #1a1a18; --accent: #1f5493 }
@media (prefers-color-scheme: dark) { :root { --line: #3b3b39; --muted: #aaaaa4; --surface: #1e1e1d; --page: #131312; --text: #ededeb; --accent: #7db3f2 } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 2rem 1rem; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif }
main { width: 100%; max-width: 30rem } h1 { margin: 0 0 .25rem; font-size: 1.5rem } p { margin: 0 0 1.25rem; color: var(--muted) }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .5rem }
button { font: inherit; color: inherit; cursor: pointer }
li button { width: 100%; display: grid; grid-template-columns: auto 1fr; gap: 0 .9rem; align-items: center; text-align: left; padding: .7rem .9rem; background: var(--surface); border: 1px solid var(--line); border-radius: .6rem }
li button:hover { border-color: var(--accent) } button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
.face { grid-row: span 2; width: 2.6rem; height: 2.6rem; border-radius: 50%; display: grid; place-items: center; font-weight: 600; color: #fff; background: hsl(var(--hue) 45% 36%) }
.teams { color: var(--muted); font-size: .875rem }
.cancel { margin-top: 1rem; padding: .4rem 1rem; background: none; border: 1px solid var(--line); border-radius: .4rem }
`;

function initials(name: string): string {
  return name
    .split(' ')
    .map(part => part[0])
    .join('')
    .slice(0, 2);
}

/** What a person is in the company: their teams, and what those look after. */
function roleOf(
  { teams, apps }: Pick<World, 'teams' | 'apps'>,
  of: readonly string[],
): string {
  const names = of.map(
    name => teams.find(team => team.name === name)?.displayName ?? name,
  );
  const owned = apps.filter(app => of.includes(app.owner)).map(app => app.name);
  const shown = owned.slice(0, SHOWN_APPS).join(', ');
  const rest = owned.length - SHOWN_APPS;
  return [
    names.length > 0 ? names.join(', ') : 'No team',
    ...(owned.length > 0
      ? [`looks after ${shown}${rest > 0 ? ` and ${rest} more` : ''}`]
      : []),
  ].join(' · ');
}

/**
 * The page on which one picks who to be. Works without scripts and by keyboard.
 *
 * @param uid - of the sign-in that it belongs to
 */
export function renderLoginPage(
  uid: string,
  world: Pick<World, 'people' | 'teams' | 'apps'>,
): string {
  const people = world.people
    .filter(({ name }) => name !== 'guest')
    .map(
      (person, index) =>
        `<li><button name="account" value="${escape(person.name)}"${
          index === 0 ? ' autofocus' : ''
        }><span class="face" aria-hidden="true" style="--hue:${
          HUES[index % HUES.length]
        }">${escape(initials(person.displayName))}</span><strong>${escape(
          person.displayName,
        )}</strong><span class="teams">${escape(
          roleOf(world, person.teams),
        )}</span></button></li>`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Who are you? - Orrery sandbox</title><style>${style}</style></head>
<body><main>
<h1>Who are you?</h1>
<p>This is the sandbox’s company. Nobody here has a password: pick a person.</p>
<form method="post" action="/oidc/interaction/${encodeURIComponent(uid)}">
<ul>
${people}
</ul>
<button class="cancel" name="cancel" value="cancel">Cancel</button>
</form>
</main></body></html>
`;
}
