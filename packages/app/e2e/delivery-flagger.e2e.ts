import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { seriousViolations } from './axe';
import { openPage, startBrowser } from './browser';
import { clusterObject, confirm, patchObject, untilCanary } from './delivery';

const PICTURES = join(__dirname, '../../../docs/pictures');
const ADVICE = 'kepler-sh/wealth/Canary/advice';
const DEPLOYMENT = '/apis/apps/v1/namespaces/wealth/deployments/advice';
const PAGE = `/delivery?canary=${encodeURIComponent(ADVICE)}`;

const setImage = (tag: string) =>
  patchObject(DEPLOYMENT, [
    {
      op: 'replace',
      path: '/spec/template/spec/containers/0/image',
      value: `registry.kepler.example/wealth/advice:${tag}`,
    },
  ]);

const primaryImage = async () =>
  (await clusterObject(`${DEPLOYMENT}-primary`)).spec.template.spec
    .containers[0].image;

describe('canaries on Flagger', { timeout: 900_000 }, () => {
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser.close());

  it('walk their weights, wait at the portal’s gate, and are promoted', async () => {
    await setImage('1.7.0');
    const { page, close, errors } = await openPage(browser, PAGE, {
      as: 'mateo',
    });
    await untilCanary(
      ADVICE,
      'waits at the gate',
      ({ waitsFor }) => waitsFor?.for === 'approval',
      240_000,
    );
    await page
      .getByText('Waits for an approval of the promotion')
      .first()
      .waitFor();
    await page.screenshot({ path: join(PICTURES, 'canary-flagger-light.png') });
    assert.deepEqual(await seriousViolations(page), []);
    await confirm(page, /^Approve: promote 1\.7\.0/, 'Checks passed');
    await untilCanary(ADVICE, 'is done', ({ phase }) => phase === 'Done');
    assert.match(await primaryImage(), /advice:1\.7\.0$/);
    assert.deepEqual(errors, []);
    await close();
  });

  it('go back by themselves when checks fail', async () => {
    await setImage('1.7.1-broken');
    await untilCanary(
      ADVICE,
      'goes back',
      ({ phase, canaryVersion }) =>
        phase === 'Aborted' && canaryVersion === '1.7.1-broken',
      240_000,
    );
    const { page, close } = await openPage(browser, PAGE, { as: 'mateo' });
    await page.getByText('Aborted').first().waitFor();
    assert.match(await primaryImage(), /advice:1\.7\.0$/);
    await close();
  });
});
