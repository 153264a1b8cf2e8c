import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { seriousViolations } from './axe';
import { openPage, startBrowser } from './browser';
import {
  act,
  clusterObject,
  confirm,
  patchObject,
  untilCanary,
} from './delivery';

const PICTURES = join(__dirname, '../../../docs/pictures');
const REGISTRY = 'registry.kepler.example';
const QUOTE = 'kepler-sh/wealth/CanaryPlan/quote';
const APPLICATION = 'kepler-sh/loan/Rollout/application';
const QUOTE_PATH = '/apis/apps/v1/namespaces/wealth/deployments/quote';
const ROLLOUT_PATH =
  '/apis/argoproj.io/v1alpha1/namespaces/loan/rollouts/application';

const screenOf = (ref: string) => `/delivery?canary=${encodeURIComponent(ref)}`;

const plan = (tag: string, steps: object[], more: object = {}) => ({
  workload: 'kepler-sh/wealth/Deployment/quote',
  image: `${REGISTRY}/wealth/quote:${tag}`,
  steps,
  analysis: {
    intervalSeconds: 10,
    minimumRequests: 200,
    maximumErrorIncreasePoints: 2,
    maximumP95IncreasePercent: 50,
  },
  ...more,
});

const imageOf = async (path: string) =>
  (await clusterObject(path)).spec.template.spec.containers[0].image;

/** What a notification says of a canary, once it is there. */
async function untilNoticed(page: Page, title: string): Promise<void> {
  await page.getByRole('link', { name: title }).first().waitFor();
}

describe('canaries', { timeout: 900_000 }, () => {
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser.close());

  describe('on Istio', () => {
    it('walks a good one through its steps to an approved promotion', async () => {
      await act(
        'mateo',
        'start-canary',
        plan(
          '3.3.0',
          [
            { kind: 'weight', weight: 20 },
            { kind: 'pause', seconds: 20 },
            { kind: 'weight', weight: 50 },
            { kind: 'approval' },
          ],
          { onSuccess: 'promote' },
        ),
        'Faster quotes',
      );
      const { page, close, errors } = await openPage(browser, screenOf(QUOTE), {
        as: 'mateo',
      });
      await page
        .getByRole('heading', { name: /Canary 3\.3\.0 against/ })
        .waitFor();
      await page.getByText(/observed [\d.]+ % over 60 s/).waitFor();
      await untilCanary(
        QUOTE,
        'waits for an approval',
        ({ waitsFor, verdict }) =>
          waitsFor?.for === 'approval' && verdict?.state === 'go',
      );
      await page.getByText('Verdict: go on').waitFor();
      // Both versions side by side, with what differs.
      const figures = page.getByRole('table').first();
      await figures.getByRole('row', { name: /3\.3\.0/ }).waitFor();
      await figures.getByRole('row', { name: /3\.2\.0/ }).waitFor();
      await page.getByText(/INFO/).first().waitFor();
      await page.screenshot({ path: join(PICTURES, 'canary-light.png') });
      assert.deepEqual(await seriousViolations(page), []);
      // Amara's team owns quote; what she hears first gives way to what is next.
      const owner = await openPage(browser, '/notifications', { as: 'amara' });
      await untilNoticed(owner.page, 'quote 3.3.0 waits for an approval');
      await confirm(page, /^Approve: Promote 3\.3\.0/, 'All limits hold');
      await untilCanary(QUOTE, 'is done', ({ phase }) => phase === 'Done');
      await untilNoticed(owner.page, 'quote 3.3.0 has all traffic');
      assert.equal(
        await owner.page.getByText(/waits for an approval/).count(),
        0,
      );
      await owner.page.screenshot({
        path: join(PICTURES, 'canary-notification-light.png'),
      });
      await owner.page
        .getByRole('link', { name: 'quote 3.3.0 has all traffic' })
        .click();
      await owner.page
        .getByRole('heading', { name: /quote/ })
        .first()
        .waitFor();
      assert.equal(new URL(owner.page.url()).searchParams.get('canary'), QUOTE);
      await owner.close();
      await page.getByText('3.3.0 has all traffic').first().waitFor();
      assert.equal(await imageOf(QUOTE_PATH), `${REGISTRY}/wealth/quote:3.3.0`);
      const canary = await clusterObject(`${QUOTE_PATH}-canary`);
      assert.equal(canary.reason, 'NotFound');
      assert.deepEqual(errors, []);
      await close();
    });

    it('aborts a bad one by itself and says why', async () => {
      await act(
        'mateo',
        'start-canary',
        plan('3.4.0-broken', [
          { kind: 'weight', weight: 20 },
          { kind: 'pause', seconds: 120 },
        ]),
        'Risky',
      );
      const { page, close } = await openPage(browser, screenOf(QUOTE), {
        as: 'mateo',
        theme: 'dark',
      });
      await untilCanary(
        QUOTE,
        'aborts itself',
        ({ phase }) => phase === 'Aborted',
      );
      await page.getByText('Abort: all traffic back').first().waitFor();
      await page
        .getByText(/of the canary’s requests fail/)
        .first()
        .waitFor();
      await page.screenshot({
        path: join(PICTURES, 'canary-aborted-dark.png'),
      });
      assert.deepEqual(await seriousViolations(page), []);
      assert.equal(await imageOf(QUOTE_PATH), `${REGISTRY}/wealth/quote:3.3.0`);
      // Its owners hear of it, and nobody else does.
      const owner = await openPage(browser, '/notifications', { as: 'amara' });
      await untilNoticed(owner.page, 'quote 3.4.0-broken was aborted');
      await owner.close();
      const stranger = await openPage(browser, '/notifications', { as: 'lin' });
      await stranger.page
        .getByRole('heading', { name: /Notifications/ })
        .first()
        .waitFor();
      assert.equal(
        await stranger.page.getByText(/^quote 3\.4\.0-broken/).count(),
        0,
      );
      await stranger.close();
      await page.goto(page.url().replace(/\?.*/, ''));
      const section = page.getByRole('region', { name: /Failed or aborted/ });
      await section.getByText('quote').first().waitFor();
      await page.screenshot({ path: join(PICTURES, 'delivery-dark.png') });
      await close();
    });
  });

  describe('on Argo Rollouts', () => {
    const setImage = (tag: string) =>
      patchObject(ROLLOUT_PATH, [
        {
          op: 'replace',
          path: '/spec/template/spec/containers/0/image',
          value: `${REGISTRY}/loan/application:${tag}`,
        },
      ]);

    it('shows its steps and its analysis, and promotes', async () => {
      await setImage('6.1.0');
      const { page, close } = await openPage(browser, screenOf(APPLICATION), {
        as: 'mateo',
      });
      await untilCanary(
        APPLICATION,
        'waits for an approval',
        ({ waitsFor }) => waitsFor?.for === 'approval',
      );
      await page
        .getByText(/passing/)
        .first()
        .waitFor();
      await page.screenshot({ path: join(PICTURES, 'canary-argo-light.png') });
      await confirm(page, /^Send 50 % to 6\.1\.0/, 'The analysis passed');
      await untilCanary(
        APPLICATION,
        'is at 50 %',
        ({ weights }) => weights?.desired === 50,
      );
      await confirm(page, /^Send 100 % to 6\.1\.0 now/, 'Good enough');
      await untilCanary(
        APPLICATION,
        'is done',
        ({ phase, stableVersion }) =>
          phase === 'Done' && stableVersion === '6.1.0',
      );
      await close();
    });

    it('aborts a bad one by its analysis; a person gives it up', async () => {
      await setImage('6.2.0-broken');
      await untilCanary(
        APPLICATION,
        'aborts itself',
        ({ phase, canaryVersion }) =>
          phase === 'Aborted' && canaryVersion === '6.2.0-broken',
      );
      const { page, close } = await openPage(browser, screenOf(APPLICATION), {
        as: 'mateo',
      });
      await page.getByText('Aborted').first().waitFor();
      await confirm(page, /^Give up 6\.2\.0-broken/, 'It fails');
      await untilCanary(
        APPLICATION,
        'runs one version',
        ({ phase, canary }) => phase === 'Done' && canary === undefined,
      );
      await close();
    });
  });
});
