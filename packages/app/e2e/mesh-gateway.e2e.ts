import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { seriousViolations } from './axe';
import { openPage, sandboxUrl, startBrowser } from './browser';
import { canvasOf, panelOf, setIncident } from './meshPage';

const GATEWAY = 'kepler-sh/istio-system/Deployment/istio-ingressgateway';
const DEPLOYMENT =
  '/kubernetes/apis/apps/v1/namespaces/istio-system/deployments/istio-ingressgateway';

async function scale(replicas: number): Promise<void> {
  const answer = await fetch(`${sandboxUrl()}${DEPLOYMENT}`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/merge-patch+json' },
    body: JSON.stringify({ spec: { replicas } }),
  });
  assert.equal(answer.status, 200, await answer.text());
}

async function readReplicas(): Promise<number> {
  const answer = await fetch(`${sandboxUrl()}${DEPLOYMENT}`);
  const { spec } = (await answer.json()) as { spec: { replicas: number } };
  return spec.replicas;
}

describe('a gateway of the mesh', { timeout: 180_000 }, () => {
  let browser: Browser;
  let pods: number;
  before(async () => {
    browser = await startBrowser();
    pods = await readReplicas();
  });
  after(() => browser.close());

  it('is seen to be gone, with the hosts it served, and to come back', async () => {
    const { page, errors, close } = await openPage(
      browser,
      `/mesh?selected=${encodeURIComponent(GATEWAY)}`,
    );
    await canvasOf(page);
    const panel = panelOf(page);
    await panel
      .getByRole('heading', { name: 'istio-ingressgateway' })
      .waitFor();
    await scale(0);
    try {
      await panel.getByText('Scaled to 0 pods').first().waitFor();
      await panel.getByText('*.kepler.example').first().waitFor();
    } finally {
      await scale(pods);
    }
    await panel
      .getByText('Scaled to 0 pods')
      .first()
      .waitFor({ state: 'detached' });
    assert.deepEqual(errors, []);
    await close();
  });
});

describe('the control plane', { timeout: 120_000 }, () => {
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser.close());

  (['light', 'dark'] as const).forEach(theme =>
    it(`tells revisions and proxies in sync, ${theme}`, async () => {
      const { page, errors, close } = await openPage(
        browser,
        '/mesh?view=control-plane',
        { theme },
      );
      const plane = page.getByRole('region', { name: 'Control plane' });
      await plane.getByText('Proxies in sync').first().waitFor();
      await plane
        .getByText(/^\d+ of \d+$/)
        .first()
        .waitFor();
      assert.deepEqual(await seriousViolations(page), []);
      assert.deepEqual(errors, []);
      await close();
    }),
  );

  it('names the proxy that does not acknowledge', async () => {
    await setIncident('proxy-out-of-sync', 'start');
    try {
      const { page, close } = await openPage(
        browser,
        '/mesh?view=control-plane',
      );
      await page
        .getByRole('rowheader', { name: /^order-/ })
        .first()
        .waitFor();
      await close();
    } finally {
      await setIncident('proxy-out-of-sync', 'stop');
    }
  });
});
