import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { seriousViolations } from './axe';
import { openPage, ORDER, PAYMENT_V2, startBrowser, until } from './browser';
import { canvasOf, panelOf, PICTURES } from './meshPage';

const PAYMENT = '/catalog/default/component/payment/telemetry';
const TRACES =
  '/traces?cluster=kepler-sh&namespace=wealth&app=order&from=now-15m&to=now';

const waterfallOf = (page: Page) =>
  page.getByRole('treegrid', { name: 'Spans over time' });

describe('telemetry', { timeout: 300_000 }, () => {
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
    await mkdir(PICTURES, { recursive: true });
  });
  after(() => browser.close());

  it('leads from the failing edge to a trace of it, and to its logs', async () => {
    const edge = encodeURIComponent(`${ORDER}>${PAYMENT_V2}`);
    const { page, errors, close } = await openPage(
      browser,
      `/mesh?from=now-15m&selected=${edge}`,
    );
    await canvasOf(page);
    await panelOf(page).getByRole('link', { name: 'Traces' }).click();
    const table = page.getByRole('table', { name: 'Traces' });
    await table.waitFor();
    const url = new URL(page.url());
    assert.equal(url.searchParams.get('remoteService'), 'payment.wealth');
    assert.equal(url.searchParams.get('from'), 'now-15m');
    await page.getByRole('img', { name: /Latency by time/ }).waitFor();
    await page.screenshot({ path: join(PICTURES, 'traces-light.png') });
    await table.getByRole('button', { name: /Failed spans/ }).click();
    await table.locator('tbody tr').first().getByRole('button').click();
    const waterfall = waterfallOf(page);
    await waterfall.waitFor();
    const failed = waterfall.getByRole('row').filter({
      has: page.getByLabel('failed'),
    });
    await failed.last().click();
    const details = page.getByRole('complementary', { name: 'Span' });
    await details.getByText('On the critical path').waitFor();
    await page.screenshot({ path: join(PICTURES, 'trace-light.png') });
    const logs = await details
      .getByRole('link', { name: 'Logs of this span' })
      .getAttribute('href');
    assert.match(logs ?? '', /^\/logs\?.*trace=[0-9a-f]{32}/);
    assert.deepEqual(errors, []);
    await close();
  });

  it('takes time along from page to page, and to the tabs of a service', async () => {
    const { page, errors, close } = await openPage(
      browser,
      '/mesh?namespaces=wealth&from=now-30m',
    );
    const shows = (pattern: RegExp) =>
      page.waitForURL(({ href }) => pattern.test(href));
    await canvasOf(page);
    const sidebar = page.getByRole('navigation').first();
    await sidebar.getByRole('link', { name: 'Logs' }).click();
    await shows(/\/logs\?namespaces=wealth&from=now-30m/);
    await sidebar.getByRole('link', { name: 'Traces' }).click();
    await shows(/\/traces\?.*from=now-30m/);
    await page.goto(`${new URL(page.url()).origin}${PAYMENT}?from=now-3h`);
    await page.getByRole('tab', { name: 'Traces' }).waitFor();
    await page.getByRole('button', { name: 'Observability' }).click();
    await page.getByRole('menuitemradio', { name: 'Logs' }).click();
    await shows(/\/payment\/logs\?from=now-3h$/);
    assert.deepEqual(errors, []);
    await close();
  });

  it('opens a trace by a traceparent, and says what is no id', async () => {
    const { page, close } = await openPage(browser, TRACES);
    const table = page.getByRole('table', { name: 'Traces' });
    await table.waitFor();
    await table.locator('tbody tr').first().getByRole('button').click();
    await waterfallOf(page).waitFor();
    const traceId = new URL(page.url()).searchParams.get('trace') ?? '';
    await page.getByRole('button', { name: /Back to the list/ }).click();
    const field = page.getByRole('textbox', { name: /Trace id/ });
    await field.fill('nonsense');
    await field.press('Enter');
    await page.getByText(/Expected 16 or 32 hexadecimal/).waitFor();
    await field.fill(`00-${traceId.padStart(32, '0')}-b7ad6b7169203331-01`);
    await field.press('Enter');
    await waterfallOf(page).waitFor();
    await close();
  });

  it('compares calls in traces with those that the mesh counted', async () => {
    const { page, close } = await openPage(
      browser,
      `${TRACES}&tab=dependencies`,
    );
    const table = page.getByRole('table', { name: 'Dependencies' });
    await table.getByText('both').first().waitFor();
    await close();
  });

  it('shows metrics beside the period before', async () => {
    const { page, errors, close } = await openPage(
      browser,
      `${PAYMENT}?from=now-1h&to=now&compare=previous`,
    );
    const requests = page.getByRole('region', { name: 'Requests by version' });
    await requests
      .getByRole('article', { name: 'Requests', exact: true })
      .locator('canvas')
      .waitFor();
    await requests.getByText(/Dashed: the period before/).waitFor();
    const saturation = page.getByRole('region', { name: 'Saturation by pod' });
    await saturation
      .getByRole('article', { name: 'CPU', exact: true })
      .locator('canvas')
      .waitFor();
    await page.screenshot({ path: join(PICTURES, 'metrics-light.png') });
    assert.deepEqual(errors, []);
    await close();
  });

  it('embeds panels, and draws those that may not be framed', async () => {
    const { page, close } = await openPage(
      browser,
      `${PAYMENT}?view=dashboards`,
    );
    await page
      .frameLocator('iframe >> nth=0')
      .getByText('Client Request Volume')
      .first()
      .waitFor();
    await page.screenshot({ path: join(PICTURES, 'dashboards-light.png') });
    await page.goto(
      `${
        new URL(page.url()).origin
      }${PAYMENT}?view=dashboards&dashboard=kepler/go-runtime`,
    );
    await page
      .getByText(/Grafana refuses frames/)
      .first()
      .waitFor();
    assert.equal(await page.locator('iframe').count(), 0);
    await close();
  });

  async function lookAt(theme: 'light' | 'dark') {
    const { page, close } = await openPage(browser, TRACES, { theme });
    await page.getByRole('table', { name: 'Traces' }).waitFor();
    assert.deepEqual(await seriousViolations(page), []);
    await page
      .getByRole('table', { name: 'Traces' })
      .locator('tbody tr')
      .first()
      .getByRole('button')
      .click();
    await waterfallOf(page).getByRole('row').first().click();
    assert.deepEqual(await seriousViolations(page), []);
    if (theme === 'dark') {
      await page.screenshot({ path: join(PICTURES, 'trace-dark.png') });
    }
    await page.goto(`${new URL(page.url()).origin}${PAYMENT}`);
    await page
      .getByRole('article', { name: 'Requests', exact: true })
      .waitFor();
    await until(
      'no violations',
      () => seriousViolations(page),
      list => list.length === 0,
    );
    await close();
  }

  for (const theme of ['light', 'dark'] as const) {
    it(`has no serious accessibility violations, ${theme}`, () =>
      lookAt(theme));
  }
});
