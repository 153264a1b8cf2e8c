import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { seriousViolations } from './axe';
import { openPage, startBrowser, until } from './browser';
import { clusterObject } from './delivery';

const PICTURES = join(__dirname, '../../../docs/pictures');
const WORKLOAD = 'kepler-sh/wealth-test/Deployment/payment';
const DEPLOYMENT = '/apis/apps/v1/namespaces/wealth-test/deployments/payment';
const PAGE = `/catalog/default/component/payment/delivery?workload=${encodeURIComponent(
  WORKLOAD,
)}`;

const imageOf = async () =>
  (await clusterObject(DEPLOYMENT)).spec.template.spec.containers[0].image;

describe('shipping to the test environment', { timeout: 600_000 }, () => {
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser.close());

  const reason = `CHG-${Date.now()}`;

  it('refuses an image that is not in its registry, before anything is changed', async () => {
    const running = await imageOf();
    const { page, close } = await openPage(browser, PAGE, { as: 'lin' });
    await page
      .getByRole('button', { name: /^Deploy image/ })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog
      .getByRole('textbox', { name: /Image/ })
      .fill('registry.kepler.example/wealth/payment:9.9.9-missing');
    await dialog
      .getByText(/9\.9\.9-missing/)
      .last()
      .waitFor();
    await dialog
      .getByRole('alert')
      .getByText(/not|absent|no such/i)
      .first()
      .waitFor();
    assert.equal(await imageOf(), running);
    await close();
  });

  it('deploys a tag: diff, reason, progress, release', async () => {
    const { page, close, errors } = await openPage(browser, PAGE, {
      as: 'lin',
    });
    await page
      .getByText('registry.kepler.example/wealth/payment:2.0.1')
      .first()
      .waitFor();
    await page.screenshot({ path: join(PICTURES, 'workload-light.png') });
    assert.deepEqual(await seriousViolations(page), []);
    await page
      .getByRole('button', { name: /^Deploy image/ })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog
      .getByRole('textbox', { name: /Image/ })
      .fill('registry.kepler.example/wealth/payment:2.0.2');
    // The diff is the server's own dry run.
    await dialog
      .getByText(/image: .*payment:2\.0\.2/)
      .first()
      .waitFor();
    await dialog.getByRole('textbox', { name: /Reason/ }).fill(reason);
    await page.screenshot({ path: join(PICTURES, 'deploy-light.png') });
    await dialog
      .getByRole('button', { name: 'Deploy 2.0.2 to payment in wealth-test' })
      .click();
    await dialog.getByText('Done').first().waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    assert.match(await imageOf(), /payment:2\.0\.2$/);
    const releases = page.getByRole('table', { name: 'Releases' });
    const row = releases.getByRole('row').filter({ hasText: reason });
    await row.getByText(/lin/).first().waitFor();
    assert.deepEqual(errors, []);
    await close();
  });

  it('rolls back to an earlier release with its diff', async () => {
    const { page, close } = await openPage(browser, PAGE, { as: 'lin' });
    await page
      .getByRole('row')
      .filter({ hasText: 'wealth-test' })
      .getByRole('button', { name: /^Roll back to/ })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog
      .getByText(/image: .*payment:2\.0\.1/)
      .first()
      .waitFor();
    await dialog
      .getByRole('textbox', { name: /Reason/ })
      .fill(`Back, ${reason}`);
    await page.screenshot({ path: join(PICTURES, 'rollback-light.png') });
    await dialog.getByRole('button', { name: /^Roll / }).click();
    await dialog.getByText('Done').first().waitFor();
    await until('the old image', imageOf, image =>
      /payment:2\.0\.1$/.test(String(image)),
    );
    await close();
  });

  it('is not offered to a stranger, nor to a guest', async () => {
    for (const as of ['sofia', 'guest']) {
      const { page, close } = await openPage(browser, PAGE, { as });
      await page
        .getByText('registry.kepler.example/wealth/payment:2.0.1')
        .first()
        .waitFor();
      await page
        .getByText(/nothing that you may do here/i)
        .first()
        .waitFor();
      assert.equal(
        await page.getByRole('button', { name: /^Deploy image/ }).count(),
        0,
      );
      await close();
    }
  });
});
