import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { seriousViolations } from './axe';
import { openPage, portalUrl, startBrowser } from './browser';

const PICTURES = join(__dirname, '../../../docs/pictures');
const QUOTE = 'kepler-sh/wealth/Deployment/quote';
const MESH = `/mesh?selected=${encodeURIComponent(QUOTE)}`;
const RESTART = 'Restart quote';

/** Walks the sign-in page and the provider's, as someone does the first time. */
async function signInAs(page: Page, person: RegExp): Promise<void> {
  const popup = page.waitForEvent('popup');
  await page
    .getByRole('button', { name: 'Sign in as one of the company’s people' })
    .click();
  const provider = await popup;
  await provider.getByRole('button', { name: person }).click();
  await page.getByRole('heading', { name: 'Activity' }).waitFor();
}

describe('a second person', { timeout: 300_000 }, () => {
  const reason = `It leaks ${Date.now()}`;
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser.close());

  (['light', 'dark'] as const).forEach(theme =>
    it(`is told from the first by a sign-in page for everybody, ${theme}`, async () => {
      const { page, close, errors } = await openPage(browser, '/', {
        as: 'nobody',
        theme,
      });
      await page.getByRole('heading', { name: 'Sign in to Orrery' }).waitFor();
      assert.deepEqual(await seriousViolations(page), []);
      await page
        .getByRole('button', { name: 'Look around as a guest' })
        .waitFor();
      assert.deepEqual(errors, []);
      await close();
    }),
  );

  it('is asked for by the owner, and nothing is changed until then', async () => {
    const { page, close } = await openPage(browser, '/', { as: 'nobody' });
    await signInAs(page, /Amara Okafor.*quote/);
    await page.goto(`${portalUrl()}${MESH}`);
    await page.getByRole('button', { name: RESTART }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Needs a second person').waitFor();
    await dialog.getByRole('textbox', { name: /Reason/ }).fill(reason);
    const typed = dialog.getByRole('textbox', { name: /to confirm/ });
    if (await typed.count()) {
      await typed.fill('quote');
    }
    await dialog
      .getByRole('button', { name: `Ask for approval: ${RESTART}` })
      .click();
    await dialog
      .getByText('Waits for a second person', { exact: true })
      .waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await page.goto(portalUrl());
    const waiting = page
      .getByRole('listitem')
      .filter({ hasText: `“${reason}”` });
    await waiting.getByRole('button', { name: /^Withdraw: / }).waitFor();
    await waiting.getByText('Waits for approval').waitFor();
    assert.equal(
      await waiting.getByRole('button', { name: /^Approve: / }).count(),
      0,
      'nobody approves what they asked for',
    );
    await close();
  });

  ['sofia', 'guest'].forEach(as =>
    it(`is not ${as}, who is offered neither the action nor the approval`, async () => {
      const { page, close } = await openPage(browser, MESH, { as });
      await page
        .getByText('delivery.workload.restart is not granted')
        .waitFor();
      assert.equal(
        await page.getByRole('button', { name: RESTART }).count(),
        0,
      );
      await page.goto(portalUrl());
      await page.getByText(/Nothing waits for your approval/).waitFor();
      // Reading is for everybody.
      await page.getByText(`“${reason}”`).waitFor();
      await close();
    }),
  );

  it('sees what would change and approves; both names stay', async () => {
    const { page, close, errors } = await openPage(browser, '/', {
      as: 'mateo',
    });
    const waiting = page
      .getByRole('listitem')
      .filter({ hasText: `asks: “${reason}”` });
    const approve = waiting.getByRole('button', { name: /^Approve: / });
    await approve.waitFor();
    assert.deepEqual(await seriousViolations(page), []);
    await approve.click();
    const dialog = page.getByRole('dialog');
    await dialog
      .getByText(/restartedAt/)
      .last()
      .waitFor();
    await dialog
      .getByRole('textbox', { name: /Reason/ })
      .fill('Seen in the graphs');
    await page.screenshot({ path: join(PICTURES, 'approval-light.png') });
    assert.deepEqual(await seriousViolations(page), []);
    await dialog.getByRole('button', { name: 'Approve' }).click();
    const done = page
      .getByRole('listitem')
      .filter({ hasText: `“${reason}”` })
      .filter({ hasText: 'approved by user:default/mateo' });
    await done.getByText('Done').waitFor();
    await done.getByText(/user:default\/amara/).waitFor();
    assert.deepEqual(errors, []);
    await close();
  });
});
