import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { seriousViolations } from './axe';
import { openPage, startBrowser } from './browser';
import { canvasOf, fieldOf, panelOf, tabTo } from './meshPage';

/** A window of 1600 by 1000 pixels at 400 %. */
const ZOOMED = { width: 400, height: 250 };

/** What sticks out to the right, so that one would have to scroll both ways. */
async function sticksOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth <= clientWidth
      ? []
      : [...document.querySelectorAll('main *')]
          .filter(
            element => element.getBoundingClientRect().right > clientWidth + 1,
          )
          .map(element => element.outerHTML.slice(0, 120))
          .slice(0, 5);
  });
}

describe('the mesh page at 400 %', { timeout: 180_000 }, () => {
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser.close());

  it('leads to the failing edge by mouse', async () => {
    const { page, errors, close } = await openPage(browser, '/mesh', ZOOMED);
    await canvasOf(page);
    assert.deepEqual(await sticksOut(page), []);
    await page
      .getByRole('option', { name: /payment/ })
      .filter({ hasText: 'v2' })
      .click();
    const panel = panelOf(page);
    await panel.getByRole('button', { name: /^order/ }).click();
    await panel
      .getByRole('heading', { name: /order.*→.*payment v2/ })
      .waitFor();
    await panel.getByText('Versions of payment').scrollIntoViewIfNeeded();
    assert.deepEqual(await sticksOut(page), []);
    assert.deepEqual(errors, []);
    await close();
  });

  it('leads to the failing edge by keyboard alone', async () => {
    const { page, close } = await openPage(browser, '/mesh', ZOOMED);
    await canvasOf(page);
    await page.getByRole('listbox', { name: /Outline/ }).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    const panel = panelOf(page);
    await panel.getByRole('heading', { name: 'payment v2' }).waitFor();
    await panel.focus();
    const caller = panel.getByRole('button', { name: /^order/ });
    await tabTo(page, caller, 30);
    await page.keyboard.press('Enter');
    await panel
      .getByRole('heading', { name: /order.*→.*payment v2/ })
      .waitFor();
    await close();
  });

  it('finds, travels and exports', async () => {
    const { page, close } = await openPage(browser, '/mesh', ZOOMED);
    await canvasOf(page);
    const find = fieldOf(page, 'Find');
    await find.fill('payment');
    await page
      .getByRole('status', { name: 'Found' })
      .getByText(/\d+ nodes/)
      .waitFor();
    await page.getByRole('button', { name: 'One step back' }).click();
    await page.getByText(/^Past: /).waitFor();
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: /JSON/ }).click(),
    ]);
    assert.match(download.suggestedFilename(), /\.json$/);
    assert.deepEqual(await sticksOut(page), []);
    await close();
  });

  (['light', 'dark'] as const).forEach(theme =>
    it(`has no serious violation, ${theme}`, async () => {
      const { page, close } = await openPage(browser, '/mesh', {
        ...ZOOMED,
        theme,
      });
      await canvasOf(page);
      assert.deepEqual(await seriousViolations(page), []);
      await close();
    }),
  );
});
