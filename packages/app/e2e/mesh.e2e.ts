import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import {
  guestToken,
  backendUrl,
  openPage,
  ORDER,
  PAYMENT_V2,
  sandboxUrl,
  startBrowser,
  until,
} from './browser';
import { canvasOf, PICTURES } from './meshPage';

/** The name of the mark that the keyboard is on, or would get. */
const mark = (page: Page, name: RegExp) => page.getByRole('button', { name });

describe('the mesh page', { timeout: 300_000 }, () => {
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
    await mkdir(PICTURES, { recursive: true });
  });
  after(() => browser.close());

  it('leads to the failing edge by mouse', async () => {
    const { page, errors, close } = await openPage(browser, '/mesh');
    await canvasOf(page);
    await page
      .getByRole('option', { name: /payment/ })
      .filter({ hasText: 'v2' })
      .click();
    const panel = page.getByRole('complementary', { name: 'Selection' });
    await panel.getByRole('heading', { name: 'payment v2' }).waitFor();
    await panel.getByText(/of requests answer 5xx/).waitFor();
    await panel.getByRole('button', { name: /^order/ }).click();
    await panel
      .getByRole('heading', { name: /order.*→.*payment v2/ })
      .waitFor();
    assert.match(
      decodeURIComponent(page.url()),
      new RegExp(`selected=${ORDER}>${PAYMENT_V2}`),
    );
    await panel.getByText('Versions of payment').waitFor();
    await panel.getByRole('rowheader', { name: '503' }).waitFor();
    await page.screenshot({ path: join(PICTURES, 'mesh-light.png') });
    assert.deepEqual(errors, []);
    await close();
  });

  it('selects what is clicked on the canvas', async () => {
    const { page, close } = await openPage(
      browser,
      `/mesh?selected=${encodeURIComponent(PAYMENT_V2)}`,
    );
    const canvas = await canvasOf(page);
    await page.getByRole('button', { name: 'Close selection' }).click();
    await page
      .getByRole('complementary', { name: 'Selection' })
      .waitFor({ state: 'detached' });
    // The canvas has grown, and shows everything in its new size.
    await page.waitForTimeout(500);
    const box = await mark(page, /^payment v2, wealth/).boundingBox();
    assert.ok(box, 'the worst mark has an element of its own');
    const frame = await canvas.boundingBox();
    assert.ok(frame);
    await canvas.click({
      position: {
        x: box.x + box.width / 2 - frame.x,
        y: box.y + box.height / 2 - frame.y,
      },
    });
    await page.getByRole('heading', { name: 'payment v2' }).waitFor();
    await close();
  });

  it('leads to the failing edge by keyboard alone', async () => {
    const { page, close } = await openPage(browser, '/mesh');
    await canvasOf(page);
    await page.getByRole('listbox', { name: /Outline/ }).focus();
    // The worst is first, so one key is enough.
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    const panel = page.getByRole('complementary', { name: 'Selection' });
    await panel.getByRole('heading', { name: 'payment v2' }).waitFor();
    await panel.focus();
    const caller = panel.getByRole('button', { name: /^order/ });
    for (let press = 0; press < 12; press++) {
      await page.keyboard.press('Tab');
      if (await caller.evaluate(node => node === document.activeElement)) {
        break;
      }
    }
    await page.keyboard.press('Enter');
    await panel
      .getByRole('heading', { name: /order.*→.*payment v2/ })
      .waitFor();
    await close();
  });

  it('walks along edges with the arrow keys', async () => {
    const { page, close } = await openPage(browser, '/mesh');
    await canvasOf(page);
    const worst = mark(page, /^payment v2, wealth, Failing/);
    await worst.focus();
    await page.keyboard.press('ArrowLeft');
    await until(
      'the caller has the focus',
      () =>
        page.evaluate(
          () => document.activeElement?.getAttribute('aria-label') ?? '',
        ),
      label => label.startsWith('order'),
    );
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^order/ }).waitFor();
    await page.keyboard.press('Escape');
    await page
      .getByRole('complementary', { name: 'Selection' })
      .waitFor({ state: 'detached' });
    await close();
  });

  it('updates live without moving anything', async () => {
    const { page, close } = await openPage(
      browser,
      `/mesh?selected=${encodeURIComponent(PAYMENT_V2)}`,
    );
    await canvasOf(page);
    const host = page.locator('[data-layout-revision]');
    const selected = mark(page, /^payment v2, wealth/);
    const revision = await host.getAttribute('data-layout-revision');
    const place = await selected.boundingBox();
    const name = await selected.getAttribute('aria-label');
    await until(
      'a live update',
      () => selected.getAttribute('aria-label'),
      label => label !== name,
    );
    assert.equal(await host.getAttribute('data-layout-revision'), revision);
    assert.deepEqual(await selected.boundingBox(), place);
    await page.getByText(/^Live, updated/).waitFor();
    await close();
  });

  it('shows a weight that was changed in the cluster', async () => {
    const token = await guestToken();
    const path = `${sandboxUrl()}/kubernetes/apis/networking.istio.io/v1/namespaces/wealth/virtualservices/payment`;
    const original = await (await fetch(path)).text();
    const share = async () => {
      const response = await fetch(`${backendUrl()}/api/mesh/graph`, {
        headers: { Authorization: `Bearer ${token}` },
      });
      const { edges } = (await response.json()) as {
        edges: { id: string; traffic: { requestsPerSecond?: number } }[];
      };
      const rate = (version: string) =>
        edges.find(
          edge =>
            edge.id ===
            `${ORDER}>${ORDER.replace(/order$/, '')}payment-${version}`,
        )?.traffic.requestsPerSecond ?? 0;
      return rate('v2') / (rate('v1') + rate('v2'));
    };
    const shareBefore = await share();
    const changed = JSON.parse(original);
    const route = changed.spec.http.at(-1).route;
    for (const part of route) {
      part.weight = part.destination.subset === 'v2' ? 60 : 40;
    }
    const put = (body: object) =>
      fetch(path, {
        method: 'PATCH',
        headers: { 'Content-Type': 'application/merge-patch+json' },
        body: JSON.stringify(body),
      });
    const answer = await put({ spec: changed.spec });
    assert.equal(answer.status, 200, await answer.text());
    try {
      const shareAfter = await until(
        'the observed share of v2',
        share,
        value => value > 0.5,
        75_000,
      );
      assert.ok(
        shareBefore < 0.4 && shareAfter < 0.7,
        `${shareBefore} -> ${shareAfter}`,
      );
    } finally {
      await put({ spec: JSON.parse(original).spec });
    }
  });

  it('says the same in tables, and in Chinese', async () => {
    const { page, close } = await openPage(browser, '/mesh?view=table');
    const table = page.getByRole('table', { name: 'Edges' });
    await table.getByRole('row').nth(1).waitFor();
    const worst = table.getByRole('row').nth(1);
    await worst.getByText('Failing').waitFor();
    await worst.getByText('payment v2').waitFor();
    await table.getByRole('button', { name: 'Rate' }).click();
    assert.equal(
      await table
        .getByRole('columnheader', { name: /Rate/ })
        .getAttribute('aria-sort'),
      'descending',
    );
    await close();
    const chinese = await openPage(browser, '/mesh', { language: 'zh' });
    await chinese.page
      .getByRole('heading', { name: '大纲，最差在前' })
      .waitFor();
    await chinese.close();
  });

  it('names what is wrong with a bad link', async () => {
    const gone = await openPage(
      browser,
      '/mesh?selected=kepler-sh/wealth/Deployment/old',
    );
    await gone.page
      .getByRole('heading', { name: 'What was selected is not in this graph' })
      .waitFor();
    await gone.close();
    const wrong = await openPage(browser, '/mesh?cluster=nowhere');
    await wrong.page
      .getByRole('alert')
      .getByText(/cluster: expected one of kepler-sh/)
      .waitFor();
    await wrong.close();
  });
});
