import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { seriousViolations } from './axe';
import { openPage, startBrowser, until } from './browser';

const PICTURES = join(__dirname, '../../../docs/pictures');
const ORDER_LOGS = '/catalog/default/component/order/logs?from=now-15m';
const LINES = { name: 'Lines found' };

/** Rows of lines that are in sight. */
const rows = (page: Page) =>
  page.getByRole('region', LINES).locator('button[data-level]');

describe('logs', { timeout: 600_000 }, () => {
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser.close());

  it('leads from a failing service to its lines, and on to their trace', async () => {
    const { page, close, errors } = await openPage(browser, ORDER_LOGS);
    await rows(page).first().waitFor();
    await page.getByRole('button', { name: /^error / }).click();
    const failed = rows(page).filter({ hasText: 'ERROR' }).first();
    await failed.waitFor();
    assert.match(page.url(), /levels=error/);
    await page.screenshot({ path: join(PICTURES, 'logs-service.png') });
    await failed.click();
    const trace = page.getByRole('link', { name: 'Open trace' }).first();
    assert.match(
      (await trace.getAttribute('href')) ?? '',
      /\/traces\/[0-9a-f]{16,32}\?cluster=kepler-sh/,
    );
    await page
      .getByRole('button', { name: /^Only kubernetes\.labels\.app: order$/ })
      .first()
      .click();
    await page.waitForURL(/kubernetes\.labels\.app/);
    const around = page.getByRole('button', { name: 'Lines around it' });
    // The lines of the answer before stand there until the next one comes.
    await until(
      'a line is open',
      async () => {
        const isOpen = (await around.count()) > 0;
        if (!isOpen) {
          await rows(page).first().click();
        }
        await page.waitForTimeout(1500);
        return isOpen && (await around.count()) > 0;
      },
      isOpen => isOpen,
    );
    await around.first().click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('[aria-current="true"]').waitFor();
    assert.ok((await dialog.getByRole('listitem').count()) > 5);
    await page.screenshot({ path: join(PICTURES, 'logs-context.png') });
    assert.deepEqual(errors, []);
    await close();
  });

  it('filters by what a field has most, and a link shows the same', async () => {
    const { page, close, errors } = await openPage(
      browser,
      '/logs?from=now-15m&namespaces=wealth',
    );
    await rows(page).first().waitFor();
    await page
      .getByRole('button', { name: /^http\.response\.status_code/ })
      .click();
    await page
      .getByRole('button', { name: /^Not http\.response\.status_code: 200/ })
      .click();
    await page.waitForURL(/status_code/);
    await rows(page).first().waitFor();
    const address = new URL(page.url());
    await close();
    const again = await openPage(
      browser,
      `${address.pathname}${address.search}`,
    );
    await again.page
      .getByText('not http.response.status_code: "200"')
      .waitFor();
    await rows(again.page).first().waitFor();
    assert.deepEqual([...errors, ...again.errors], []);
    await again.close();
  });

  it('says where a query is wrong', async () => {
    const { page, close } = await openPage(
      browser,
      '/logs?from=now-15m&q=level%3A%20(error',
    );
    await page
      .getByRole('alert')
      .getByText(/At character \d+/)
      .waitFor();
    await close();
  });

  it('follows lines as they come', async () => {
    const { page, close, errors } = await openPage(
      browser,
      '/logs?namespaces=wealth&live=true',
    );
    const tail = page.getByRole('region', { name: 'Lines as they come' });
    await tail.locator('button[data-level]').first().waitFor();
    await page.getByText(/Live, updated/).waitFor();
    const kept = page.getByText(/[\d,]+ lines kept/);
    const told = await kept.textContent();
    await page.waitForFunction(
      text =>
        !document.body.innerText.includes(text) &&
        /lines kept/.test(document.body.innerText),
      /[\d,]+ lines kept/.exec(told ?? '')?.[0] ?? '',
    );
    // Who scrolls away is left alone, and told how much came.
    await tail.evaluate(box => {
      box.scrollTop = 0;
    });
    await page.getByRole('button', { name: /new lines/ }).waitFor();
    await page.getByRole('button', { name: /new lines/ }).click();
    assert.deepEqual(errors, []);
    await close();
  });

  it('merges what pods write', async () => {
    const { page, close, errors } = await openPage(
      browser,
      '/catalog/default/component/order/logs?mode=pods&from=now-15m',
    );
    const tail = page.getByRole('region', { name: 'Lines as they come' });
    await tail.locator('button[data-level]').first().waitFor();
    await page.getByText(/\d+ containers are followed/).waitFor();
    await page.screenshot({ path: join(PICTURES, 'logs-pods.png') });
    assert.deepEqual(errors, []);
    await close();
  });

  async function lookAt(theme: 'light' | 'dark', mode: 'store' | 'pods') {
    const { page, close } = await openPage(
      browser,
      `/logs?from=now-15m&namespaces=wealth&mode=${mode}`,
      { theme, language: theme === 'dark' ? 'zh' : 'en' },
    );
    await page.locator('button[data-level] >> nth=9').waitFor();
    if (mode === 'store') {
      await page.locator('[role=region] button[data-level]').first().click();
      await page.screenshot({
        path: join(PICTURES, `logs-${theme}.png`),
      });
    }
    assert.deepEqual(await seriousViolations(page), []);
    await close();
  }

  for (const theme of ['light', 'dark'] as const) {
    for (const mode of ['store', 'pods'] as const) {
      it(`has nothing seriously inaccessible: ${mode}, ${theme}`, () =>
        lookAt(theme, mode));
    }
  }
});
