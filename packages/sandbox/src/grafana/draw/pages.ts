import { slugOf, type Dashboard, type Panel } from '../model';
import type { PanelData } from '../panelData';
import { escapeHtml, panelSvg } from './panelSvg';
import type { Theme } from './scale';

function page(title: string, theme: Theme, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<style>
body { margin: 0; padding: 8px; background: rgb(${theme.background.join(
    ',',
  )}); color: rgb(${theme.text.join(
    ',',
  )}); font: 14px Inter, Helvetica, sans-serif; }
h1, h2 { font-size: 14px; font-weight: 500; margin: 4px 0 8px; }
a { color: inherit; }
</style></head>
<body>${body}</body>
</html>
`;
}

/** One panel by itself, to be shown inside of another page. */
export function soloPage(data: PanelData, theme: Theme): string {
  return page(
    data.title,
    theme,
    `<h1>${escapeHtml(data.title)}</h1>${panelSvg(data, theme)}`,
  );
}

/** A whole dashboard: its panels by name, each a link to its own page. */
export function dashboardPage(
  prefix: string,
  { uid, title }: Dashboard,
  panels: readonly Panel[],
  query: string,
  theme: Theme,
): string {
  const links = panels
    .filter(({ type }) => type !== 'row')
    .map(({ id, title: name }) => {
      const address = `${prefix}/d-solo/${uid}/${slugOf(title)}?panelId=${id}${
        query === '' ? '' : `&${query}`
      }`;
      return `<h2><a href="${escapeHtml(address)}">${escapeHtml(
        name,
      )}</a></h2><iframe src="${escapeHtml(address)}" title="${escapeHtml(
        name,
      )}" width="100%" height="360" style="border:0"></iframe>`;
    });
  return page(title, theme, `<h1>${escapeHtml(title)}</h1>${links.join('')}`);
}
