import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openPage, startBrowser } from './browser';
import { canvasOf } from './meshPage';

/** Chooses a form of export, and reads the file that comes of it. */
async function exported(page: Page, name: RegExp) {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name }).click(),
  ]);
  return {
    name: download.suggestedFilename(),
    content: await readFile(await download.path()),
  };
}

describe('the export of the mesh', { timeout: 120_000 }, () => {
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser.close());

  it('is what is shown: pictures, data and text', async () => {
    const { page, errors, close } = await openPage(
      browser,
      `/mesh?hide=${encodeURIComponent('ns = loan')}`,
    );
    await canvasOf(page);
    await page
      .getByText(/hidden$/)
      .first()
      .waitFor();

    const json = await exported(page, /JSON/);
    assert.match(json.name, /^mesh-kepler-sh-\d{8}T\d{6}Z\.json$/);
    const { asked, graph } = JSON.parse(String(json.content));
    assert.equal(asked.hide, 'ns = loan');
    const ids: string[] = graph.nodes.map(({ id }: { id: string }) => id);
    assert.ok(ids.length > 10);
    assert.ok(!ids.some(id => id.includes('/loan/')), String(ids));

    const svg = await exported(page, /SVG/);
    const parts = await page.evaluate(text => {
      const read = new DOMParser().parseFromString(text, 'image/svg+xml');
      return {
        problem: read.querySelector('parsererror')?.textContent,
        marks: [...read.querySelectorAll('g.mark')].map(element =>
          element.getAttribute('data-mark'),
        ),
        title: read.querySelector('svg > title')?.textContent,
        scripts: read.querySelectorAll('script, foreignObject, image').length,
      };
    }, String(svg.content));
    assert.deepEqual(
      { ...parts, marks: parts.marks.sort() },
      {
        problem: undefined,
        marks: [...ids].sort(),
        title: 'Mesh of kepler-sh',
        scripts: 0,
      },
    );

    const png = await exported(page, /PNG/);
    assert.equal(png.content.subarray(1, 4).toString(), 'PNG');
    // Width and height of its header: two pixels for each unit.
    assert.ok(png.content.readUInt32BE(16) >= 1440);
    assert.ok(png.content.readUInt32BE(20) >= 480);

    const mermaid = String((await exported(page, /^Diagram as text/)).content);
    assert.match(
      mermaid,
      /^---\ntitle: "Mesh of kepler-sh"\n---\nflowchart LR/,
    );
    assert.equal(mermaid.match(/^ *n\d+\S+.*:::\w+$/gm)?.length, ids.length);
    assert.ok(!mermaid.includes('"loan"'));
    assert.deepEqual(errors, []);
    await close();
  });

  it('is reached by keyboard, and copies', async () => {
    const { page, close } = await openPage(browser, '/mesh');
    await page
      .context()
      .grantPermissions(['clipboard-read', 'clipboard-write']);
    await canvasOf(page);
    await page.getByRole('button', { name: 'Export', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.getByText('Diagram copied.').waitFor();
    assert.match(
      await page.evaluate(() => navigator.clipboard.readText()),
      /flowchart LR[\s\S]+payment v2/,
    );
    await close();
  });

  it('offers no picture where none is shown', async () => {
    const { page, close } = await openPage(browser, '/mesh?view=table');
    await page.getByRole('table', { name: 'Edges' }).waitFor();
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const item = page.getByRole('menuitem', { name: /PNG.*show the graph/ });
    assert.equal(await item.getAttribute('aria-disabled'), 'true');
    await close();
  });
});
