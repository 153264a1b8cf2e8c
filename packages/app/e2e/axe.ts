import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const axePath = createRequire(__filename).resolve('axe-core/axe.min.js');

/**
 * Serious and critical violations on a page, in words.
 *
 * @param within - what to look at; the portal's own frame is not ours
 */
export async function seriousViolations(
  page: Page,
  within: string,
): Promise<string[]> {
  await page.addScriptTag({ path: axePath });
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
