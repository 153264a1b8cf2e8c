import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { openPage, startBrowser, until } from './browser';
import { act, clusterObject, confirm, untilCanary } from './delivery';

const PICTURES = join(__dirname, '../../../docs/pictures');
const PAYMENT = 'kepler-sh/wealth-test/CanaryPlan/payment';
const ROUTE_PATH =
  '/apis/gateway.networking.k8s.io/v1/namespaces/wealth-test/httproutes/payment';
const SERVICE_PATH = '/api/v1/namespaces/wealth-test/services';
const DEPLOYMENT_PATH =
  '/apis/apps/v1/namespaces/wealth-test/deployments/payment';

const plan = (tag: string) => ({
  workload: 'kepler-sh/wealth-test/Deployment/payment',
  image: `registry.kepler.example/wealth/payment:${tag}`,
  steps: [
    { kind: 'weight', weight: 30 },
    { kind: 'pause', seconds: 15 },
    { kind: 'weight', weight: 60 },
    { kind: 'approval' },
  ],
  analysis: {
    intervalSeconds: 10,
    minimumRequests: 50,
    maximumErrorIncreasePoints: 5,
    maximumP95IncreasePercent: 200,
  },
  onSuccess: 'promote',
});

type RouteSpec = {
  rules: { backendRefs: { name: string; weight: number }[] }[];
};
type Named = { metadata: { name: string } };

const routeSpec = async () =>
  (await clusterObject<{ spec: RouteSpec }>(ROUTE_PATH)).spec;
const serviceNames = async (): Promise<string[]> =>
  (await clusterObject<{ items: Named[] }>(SERVICE_PATH)).items.map(
    service => service.metadata.name,
  );
const weights = async (): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await routeSpec()).rules[0].backendRefs.map(({ name, weight }) => [
      name,
      weight,
    ]),
  );

describe('canaries on an HTTPRoute', { timeout: 600_000 }, () => {
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser.close());

  it('shares out the route by a Service for each version, and puts it back', async () => {
    const original = await routeSpec();
    const services = await serviceNames();
    await act('mateo', 'start-canary', plan('2.0.2'), 'Try the Gateway API');
    await until('30 % go to the canary', weights, shared => {
      return shared['payment-canary'] === 30;
    });
    const { page, close, errors } = await openPage(
      browser,
      `/delivery?canary=${encodeURIComponent(PAYMENT)}`,
      { as: 'mateo' },
    );
    await page
      .getByRole('heading', { name: /Canary 2\.0\.2 against/ })
      .waitFor();
    await page
      .getByText(
        'HTTPRoute payment, between Services payment-stable and payment-canary',
      )
      .waitFor();
    await page.getByText(/observed [\d.]+ % over 60 s/).waitFor();
    await untilCanary(
      PAYMENT,
      'waits for an approval',
      ({ waitsFor, verdict }) =>
        waitsFor?.for === 'approval' && verdict?.state === 'go',
    );
    assert.deepEqual(await weights(), {
      'payment-stable': 40,
      'payment-canary': 60,
    });
    await page.getByText('Verdict: go on').waitFor();
    await page.screenshot({
      path: join(PICTURES, 'canary-httproute-light.png'),
    });
    await confirm(page, /^Approve: Promote 2\.0\.2/, 'Looks right');
    await untilCanary(PAYMENT, 'is done', ({ phase }) => phase === 'Done');
    assert.deepEqual(await routeSpec(), original);
    assert.deepEqual(await serviceNames(), services);
    const deployment = await clusterObject(DEPLOYMENT_PATH);
    assert.match(
      deployment.spec.template.spec.containers[0].image,
      /:2\.0\.2$/,
    );
    assert.deepEqual(errors, []);
    await close();
  });

  it('takes a bad one back by itself', async () => {
    const original = await routeSpec();
    await act('mateo', 'start-canary', plan('2.1.1-broken'), 'A bad one');
    const canary = await untilCanary(
      PAYMENT,
      'is aborted',
      ({ phase }) => phase === 'Aborted',
    );
    assert.match(JSON.stringify(canary), /error/i);
    await until(
      'the route is as it was',
      routeSpec,
      spec => JSON.stringify(spec) === JSON.stringify(original),
    );
    assert.ok(!(await serviceNames()).includes('payment-canary'));
  });
});
