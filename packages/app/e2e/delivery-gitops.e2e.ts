import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { seriousViolations } from './axe';
import { openPage, sandboxUrl, startBrowser, until } from './browser';
import { clusterObject } from './delivery';

const PICTURES = join(__dirname, '../../../docs/pictures');
const WORKLOAD = 'kepler-sh/loan/Deployment/contract';
const DEPLOYMENT = '/apis/apps/v1/namespaces/loan/deployments/contract';
const PAGE = `/catalog/default/component/contract/delivery?workload=${encodeURIComponent(
  WORKLOAD,
)}`;
const REQUESTS = 'projects/loan%2Fcontract-manifests/merge_requests';

const replicasOf = async () => (await clusterObject(DEPLOYMENT)).spec.replicas;

/** Merges, as a reviewer in GitLab would. */
async function merge(number: string): Promise<void> {
  const response = await fetch(
    `${sandboxUrl()}/gitlab/api/v4/${REQUESTS}/${number}/merge`,
    {
      method: 'PUT',
      headers: {
        'PRIVATE-TOKEN': 'glpat-sandbox',
        'Content-Type': 'application/json',
      },
      body: '{}',
    },
  );
  assert.ok(response.ok, `!${number} was not merged: ${response.status}`);
}

describe('a service that Git keeps', { timeout: 300_000 }, () => {
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser.close());

  it('is changed by a merge request, which says who and why', async () => {
    const wasPods = await replicasOf();
    const { page, close, errors } = await openPage(browser, PAGE, {
      as: 'sofia',
    });
    const panel = page.getByRole('region', { name: 'In Git' });
    await panel
      .getByRole('link', {
        name: 'loan/contract-manifests: deploy/contract.yaml',
      })
      .waitFor();
    await page.getByRole('button', { name: 'Scale contract in loan' }).click();
    const dialog = page.getByRole('dialog');
    const pods = dialog.getByRole('textbox', { name: 'Number of pods' });
    await pods.fill(String(wasPods + 1));
    await pods.press('Tab');
    await dialog
      .getByRole('radio', { name: /^In Git: a merge request/ })
      .waitFor();
    await dialog
      .getByText(`replicas: ${wasPods + 1}`)
      .first()
      .waitFor();
    await dialog.getByRole('textbox', { name: /Reason/ }).fill('Month’s end');
    await page.screenshot({ path: join(PICTURES, 'merge-request-light.png') });
    assert.deepEqual(await seriousViolations(page), []);
    await dialog
      .getByRole('button', {
        name: /Scale contract in loan .* by merge request/,
      })
      .click();
    await dialog.getByText(/Merge request !\d+ is open/).waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    // Nothing has changed before somebody else says so.
    assert.equal(await replicasOf(), wasPods);
    const proposal = panel
      .getByRole('listitem')
      .filter({ hasText: 'waits to be merged' });
    const link = proposal.getByRole('link');
    const number = /^!(\d+)/.exec((await link.textContent()) ?? '')?.[1] ?? '';
    assert.match(
      (await link.getAttribute('href')) ?? '',
      /merge_requests\/\d+$/,
    );
    await merge(number);
    await until(
      'the cluster is as Git says',
      replicasOf,
      replicas => replicas === wasPods + 1,
      30_000,
    );
    await panel.getByText(/^merged/).waitFor();
    await page.screenshot({ path: join(PICTURES, 'in-git-light.png') });
    assert.deepEqual(errors, []);
    await close();
  });

  it('is changed by nobody who may not', async () => {
    const { page, close } = await openPage(browser, PAGE, { as: 'lin' });
    await page.getByRole('region', { name: 'In Git' }).waitFor();
    await page.getByText(/There is nothing that you may do here/).waitFor();
    assert.equal(
      await page.getByRole('button', { name: /^Withdraw/ }).count(),
      0,
    );
    await close();
  });
});
