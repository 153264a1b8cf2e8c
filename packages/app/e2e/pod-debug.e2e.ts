import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { seriousViolations } from './axe';
import { openPage, startBrowser } from './browser';
import { confirm } from './delivery';
import { setIncident } from './meshPage';

const PICTURES = join(__dirname, '../../../docs/pictures');
const WORKLOAD = 'kepler-sh/loan/Deployment/scoring-v2';
const SERVICE = '/catalog/default/component/scoring';
const PAGE = `${SERVICE}/delivery?workload=${encodeURIComponent(WORKLOAD)}`;

describe('a pod that crashes', { timeout: 600_000 }, () => {
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
    await setIncident('loan-scoring-crashloop', 'start');
  });
  after(async () => {
    await setIncident('loan-scoring-crashloop', 'stop');
    await browser.close();
  });

  it('says what is wrong, in words and in its events', async () => {
    const { page, close } = await openPage(browser, PAGE, { as: 'mateo' });
    const pods = page.getByRole('table', { name: 'Pods' });
    await pods
      .getByText(/crash|restart|exit/i)
      .first()
      .waitFor();
    await page.getByRole('heading', { name: 'Events' }).waitFor();
    await page
      .getByText(/Back-off restarting/)
      .first()
      .waitFor();
    assert.deepEqual(await seriousViolations(page), []);
    await close();
  });

  it('tells in its previous log why it ended', async () => {
    const { page, close } = await openPage(browser, PAGE, { as: 'mateo' });
    await page
      .getByRole('button', { name: /^Previous log of scoring-v2/ })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/checksum does not match/).waitFor();
    await dialog.getByText('Log before the last restart').waitFor();
    await page.screenshot({ path: join(PICTURES, 'pod-previous-log.png') });
    await close();
  });

  it('is followed live beside the others of its service', async () => {
    const { page, close, errors } = await openPage(
      browser,
      `${SERVICE}/logs?mode=pods&from=now-15m`,
      { as: 'mateo' },
    );
    const tail = page.getByRole('region', { name: 'Lines as they come' });
    await tail.locator('button[data-level]').first().waitFor();
    await page.getByText(/\d+ containers are followed/).waitFor();
    assert.deepEqual(errors, []);
    await close();
  });

  it('is restarted with a reason, and well again', async () => {
    await setIncident('loan-scoring-crashloop', 'stop');
    const { page, close } = await openPage(browser, PAGE, { as: 'mateo' });
    await confirm(page, /^Restart/, 'The model is back');
    await page
      .getByText(/Healthy/)
      .first()
      .waitFor();
    await close();
  });
});
