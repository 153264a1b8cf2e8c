import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(
  createRequire(__filename).resolve('axe-core/axe.min.js'),
  'utf8',
);

/**
 * Serious and critical violations on a page, in words.
 *
 * @param within - what to look at; the portal's own frame is not ours
 */
export async function seriousViolations(
  page: Page,
  within: string,
): Promise<string[]> {
  // Not as a script tag, which the page's content policy rightly refuses.
  await page.evaluate(AXE);
  const results = await page.evaluate(async selector => {
    const axe: { run(context: string, options: object): Promise<AxeResults> } =
      Reflect.get(window, 'axe');
    return axe.run(selector, { resultTypes: ['violations'] });
  }, within);
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map(node => `${id}: ${help}: ${node.html.slice(0, 160)}`),
    );
}
