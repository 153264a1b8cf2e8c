import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(
  createRequire(__filename).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** The sidebar is upstream's, and stays dark in every theme. */
const NOT_OURS = ['[data-testid="sidebar-root"]', 'nav'];

/** Serious and critical violations on a page, in words. */
export async function seriousViolations(page: Page): Promise<string[]> {
  // Not as a script tag, which the page's content policy rightly refuses.
  await page.evaluate(AXE);
  const results = await page.evaluate(async exclude => {
    const axe: { run(context: object, options: object): Promise<AxeResults> } =
      Reflect.get(window, 'axe');
    return axe.run({ exclude }, { resultTypes: ['violations'] });
  }, NOT_OURS);
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map(
        node =>
          `${id}: ${help}: ${node.target.join(' ')}: ${node.html.slice(
            0,
            160,
          )}`,
      ),
    );
}
