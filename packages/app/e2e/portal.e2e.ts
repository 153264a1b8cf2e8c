import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { seriousViolations } from './axe';
import { openPage, PAYMENT_V2, startBrowser } from './browser';

const PICTURES = join(__dirname, '../../../docs/pictures');
const SERVICE = '/catalog/default/component/payment';

describe('the portal', { timeout: 300_000 }, () => {
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
    await mkdir(PICTURES, { recursive: true });
  });
  after(() => browser.close());

  it('shows my services on Home, with their state', async () => {
    const { page, close } = await openPage(browser, '/', { as: 'lin' });
    // The test environment's payment has a row too, and no second version.
    const row = page
      .getByRole('row', { name: /payment/i })
      .filter({ hasText: 'v1, v2' });
    await row.getByText('Failing').waitFor();
    await row.getByText('v1, v2').waitFor();
    await page.getByRole('heading', { name: 'Activity' }).waitFor();
    await page.screenshot({ path: join(PICTURES, 'home-light.png') });
    await close();
  });

  it('signs in as one of the people, on the provider’s own page', async () => {
    const { page, close } = await openPage(browser, '/', { as: 'nobody' });
    const popup = page.waitForEvent('popup');
    await page
      .getByRole('button', { name: 'Sign in as one of the company’s people' })
      .click();
    const provider = await popup;
    await provider.getByRole('heading', { name: 'Who are you?' }).waitFor();
    await provider.screenshot({ path: join(PICTURES, 'sign-in-light.png') });
    await provider.getByRole('button', { name: /Lin Yue.*payment/ }).click();
    await page.getByRole('heading', { name: 'Activity' }).waitFor();
    await close();
  });

  it('tells the state of components in the catalog’s own list', async () => {
    const { page, close } = await openPage(
      browser,
      '/catalog?filters[kind]=component&filters[user]=all',
    );
    // The test environment's payment has a row too, and no second version.
    const row = page
      .getByRole('row', { name: /payment/i })
      .filter({ hasText: 'v1, v2' });
    await row.getByText('Failing').waitFor();
    await row.getByText('v1, v2').waitFor();
    await page.screenshot({ path: join(PICTURES, 'catalog-light.png') });
    await close();
  });

  it('shows a service with its health, neighbours and mesh', async () => {
    const { page, close } = await openPage(browser, SERVICE);
    await page.getByRole('heading', { name: 'Health' }).waitFor();
    await page
      .getByText(/of requests answer 5xx/)
      .first()
      .waitFor();
    await page.getByRole('heading', { name: 'Neighbours' }).waitFor();
    await page.getByRole('row', { name: /order/ }).waitFor();
    await page.screenshot({ path: join(PICTURES, 'service-light.png') });
    await page.goto(`${page.url().split('?')[0]}/mesh`);
    await page.getByRole('img', { name: /^Graph of/ }).waitFor();
    await page.getByRole('option', { name: /order/ }).first().waitFor();
    await close();
  });

  it('restarts a workload: preview, reason, result, activity', async () => {
    const { page, close } = await openPage(
      browser,
      `/mesh?selected=${encodeURIComponent(PAYMENT_V2)}`,
      { as: 'mateo' },
    );
    await page.getByRole('button', { name: 'Restart payment-v2' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/restartedAt/).waitFor();
    const confirm = dialog.getByRole('button', { name: 'Restart payment-v2' });
    assert.ok(await confirm.isDisabled(), 'a reason is needed first');
    const reason = `Connections stuck ${Date.now()}`;
    await dialog.getByRole('textbox', { name: /Reason/ }).fill(reason);
    await dialog
      .getByRole('textbox', { name: 'Type payment-v2 to confirm' })
      .fill('payment-v2');
    await page.screenshot({ path: join(PICTURES, 'restart-light.png') });
    await confirm.click();
    await dialog.getByText('Done', { exact: true }).waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await page.goto(page.url().replace(/\/mesh.*/, '/'));
    const item = page.getByRole('listitem').filter({ hasText: reason });
    await item.getByText('Done').waitFor();
    await item.getByText(/user:default\/mateo/).waitFor();
    await close();
  });

  const pages = [
    { name: 'home', path: '/', settled: 'Payment' },
    {
      name: 'mesh',
      path: `/mesh?selected=${encodeURIComponent(PAYMENT_V2)}`,
      settled: /Called by/,
    },
    { name: 'service', path: SERVICE, settled: /of requests answer 5xx/ },
  ];
  const themes = ['light', 'dark'] as const;
  const cases = pages.flatMap(page =>
    themes.map(theme => ({ ...page, theme })),
  );
  cases.forEach(({ name, path, settled, theme }) =>
    it(`has no serious accessibility violation: ${name}, ${theme}`, async () => {
      const { page, close } = await openPage(browser, path, {
        theme,
        as: 'lin',
      });
      await page.getByText(settled).first().waitFor();
      if (name === 'mesh') {
        // Without its graph neither the picture nor the check is worth much.
        await page.locator('[data-layout-revision]').waitFor();
        await page.waitForTimeout(500);
      }
      await page.screenshot({ path: join(PICTURES, `${name}-${theme}.png`) });
      assert.deepEqual(await seriousViolations(page), []);
      await close();
    }),
  );
});
