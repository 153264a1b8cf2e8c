import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { seriousViolations } from './axe';
import { openPage, PAYMENT_V2, startBrowser, until } from './browser';
import {
  canvasOf,
  panelOf,
  PICTURES,
  readGraph,
  setIncident,
} from './meshPage';

const TROUBLE = 'payment-v2-errors';

/** The moment of the URL, in milliseconds; undefined means now. */
function momentOf(page: Page): number | undefined {
  const to = new URL(page.url()).searchParams.get('to');
  return to === null || to === 'now' ? undefined : Date.parse(to);
}

const isPast = (page: Page) => page.getByText(/^Past: /).waitFor();

describe('the mesh in time', { timeout: 240_000 }, () => {
  let browser: Browser;
  let calmAt: string;
  before(async () => {
    browser = await startBrowser();
    calmAt = (await readGraph()).at;
    // It takes a minute until the whole window is of the trouble.
    await setIncident(TROUBLE, 'start');
  });
  after(async () => {
    await setIncident(TROUBLE, 'stop');
    await browser.close();
  });

  it('travels by mouse and comes back', async () => {
    const { page, errors, close } = await openPage(browser, '/mesh');
    await canvasOf(page);
    await page.getByRole('button', { name: 'One step back' }).click();
    await until(
      'a past moment',
      async () => momentOf(page),
      moment => moment !== undefined,
    );
    await isPast(page);
    await page
      .getByRole('option', { name: /payment/ })
      .first()
      .waitFor();
    const strip = page.getByRole('slider', { name: 'Moment in view' });
    const now = Number(await strip.getAttribute('aria-valuenow'));
    const handle = await strip.boundingBox();
    assert.ok(handle);
    const y = handle.y + handle.height / 2;
    await page.mouse.move(handle.x + handle.width / 2, y);
    await page.mouse.down();
    await page.mouse.move(handle.x - 200, y, { steps: 5 });
    await page.mouse.up();
    await until(
      'an earlier moment',
      async () => momentOf(page) ?? Infinity,
      moment => moment < now - 60_000,
    );
    await page.getByRole('button', { name: 'Back to live' }).click();
    await page.getByText(/^Live, updated/).waitFor();
    assert.equal(momentOf(page), undefined);
    assert.deepEqual(errors, []);
    await close();
  });

  it('travels by keyboard alone', async () => {
    const { page, close } = await openPage(browser, '/mesh');
    await canvasOf(page);
    const handle = page.getByRole('slider', { name: 'Moment in view' });
    await handle.focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await isPast(page);
    const past = momentOf(page);
    assert.ok(past !== undefined && past < Date.now() - 20_000);
    assert.match((await handle.getAttribute('aria-valuetext')) ?? '', /\d/);
    await close();
  });

  it('plays what happened until it is paused', async () => {
    const { page, close } = await openPage(browser, '/mesh');
    await canvasOf(page);
    await page.getByRole('button', { name: 'Play' }).click();
    const first = await until(
      'the first moment',
      async () => momentOf(page),
      moment => moment !== undefined,
    );
    await until(
      'two moments later',
      async () => momentOf(page) ?? 0,
      moment => moment > (first ?? 0) + 45_000,
    );
    await page.getByRole('button', { name: 'Pause' }).click();
    const paused = momentOf(page);
    await page.waitForTimeout(2_000);
    assert.equal(momentOf(page), paused);
    await close();
  });

  it('says why a moment before retention is not shown, and stays', async () => {
    const { page, errors, close } = await openPage(
      browser,
      '/mesh?from=2020-01-01T00:00:00Z&to=2020-01-01T00:01:00Z',
    );
    const alert = page.getByRole('alert');
    await alert.getByText(/at: expected a moment within the last/).waitFor();
    await page.getByRole('heading', { name: 'Mesh' }).waitFor();
    assert.deepEqual(await seriousViolations(page), []);
    assert.deepEqual(errors, []);
    await close();
  });

  it('names a moment to compare with that is none', async () => {
    const { page, close } = await openPage(browser, '/mesh?compare=yesterday');
    await page.getByText(/compare with, yesterday, is no instant/).waitFor();
    await canvasOf(page);
    await close();
  });

  it('compares with the moment before the trouble', async () => {
    await until(
      'more errors of payment v2',
      async () =>
        (await readGraph()).nodes.find(({ id }) => id === PAYMENT_V2)?.inbound
          .errorShare ?? 0,
      share => share > 0.35,
      100_000,
    );
    const path = `/mesh?compare=${encodeURIComponent(calmAt)}`;
    for (const theme of ['light', 'dark'] as const) {
      const { page, errors, close } = await openPage(browser, path, { theme });
      await canvasOf(page);
      const panel = page.getByRole('complementary', { name: 'What changed' });
      const change = panel
        .getByRole('button', { name: /order.*→.*payment v2.*more errors/ })
        .first();
      await change.waitFor();
      assert.match(
        (await change.textContent()) ?? '',
        /more errors 1\d.* % → [3-5]\d.* %/,
      );
      await panel.getByRole('button', { name: /^more errors \d+$/ }).click();
      await page.waitForTimeout(500);
      await page.screenshot({
        path: join(PICTURES, `comparison-${theme}.png`),
      });
      assert.deepEqual(await seriousViolations(page), []);
      await change.click();
      await panelOf(page)
        .getByRole('heading', { name: /order.*→.*payment v2/ })
        .waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('switch', { name: 'Compare' }).press('Space');
      await panel.waitFor({ state: 'detached' });
      assert.deepEqual(errors, []);
      await close();
    }
  });
});
