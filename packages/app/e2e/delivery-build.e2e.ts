import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { seriousViolations } from './axe';
import { openPage, sandboxUrl, startBrowser, until } from './browser';
import { act, clusterObject } from './delivery';

const PICTURES = join(__dirname, '../../../docs/pictures');
const WORKLOAD = 'kepler-sh/wealth-test/Deployment/payment';
const DEPLOYMENT = '/apis/apps/v1/namespaces/wealth-test/deployments/payment';
const PAGE = `/catalog/default/component/payment/delivery?workload=${encodeURIComponent(
  WORKLOAD,
)}`;
const REPOSITORY = 'registry.kepler.example/wealth/payment';
const BEFORE = '2.0.1';
const TAG = '2.0.3';

const imageOf = async () =>
  (await clusterObject(DEPLOYMENT)).spec.template.spec.containers[0].image;

/** Tags the main branch, as a release would. */
async function tagSource(): Promise<void> {
  const response = await fetch(
    `${sandboxUrl()}/gitlab/api/v4/projects/wealth%2Fpayment/repository/tags?tag_name=${TAG}&ref=main`,
    { method: 'POST', headers: { 'PRIVATE-TOKEN': 'glpat-sandbox' } },
  );
  // One that is there from an earlier run does as well.
  assert.ok(
    response.ok || response.status === 400,
    `The tag was not made: ${response.status}`,
  );
}

const sectionOf = (page: Page) => page.getByRole('region', { name: 'Builds' });

/** Fills in the dialog and starts a build; answers the row of the build. */
async function startBuild(page: Page, tag: string, reason: string) {
  const builds = sectionOf(page);
  await builds.getByRole('button', { name: 'Build payment' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'TAG' }).fill(tag);
  await dialog.getByText(`TAG: ${tag}`).first().waitFor();
  await dialog.getByRole('textbox', { name: /Reason/ }).fill(reason);
  await dialog
    .getByRole('button', { name: 'Build payment with payment.wealth' })
    .click();
  await dialog
    .getByText(/^(Done|Running|Waiting)/)
    .first()
    .waitFor();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  const row = builds
    .getByRole('row')
    .filter({ hasText: /Running/ })
    .filter({ hasText: `TAG ${tag}` });
  await row.waitFor();
  return row;
}

describe('building a service', { timeout: 600_000 }, () => {
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
    await tagSource();
  });
  after(() => browser.close());

  it('builds a tag, shows stages and log to the end, and deploys the image', async () => {
    const { page, close, errors } = await openPage(browser, PAGE, {
      as: 'lin',
    });
    const builds = sectionOf(page);
    await startBuild(page, TAG, 'A release for the testers');
    // The one that runs is open by itself.
    const stages = builds.getByRole('region', { name: 'Stages' });
    await stages
      .getByRole('listitem')
      .filter({ hasText: 'Build' })
      .first()
      .waitFor();
    await builds.getByRole('progressbar').waitFor();
    const log = builds.getByRole('log');
    await log.getByText(/docker build/).waitFor();
    await builds.scrollIntoViewIfNeeded();
    await page.screenshot({ path: join(PICTURES, 'builds-light.png') });
    assert.deepEqual(await seriousViolations(page), []);
    // It stays open when the build is over.
    await log.getByText('Finished: SUCCESS').waitFor({ timeout: 240_000 });
    await builds.getByText(/this is all of its log/).waitFor();
    const newest = builds
      .getByRole('row')
      .filter({ hasText: `TAG ${TAG}` })
      .first();
    await newest.getByText('Succeeded').waitFor();

    const images = page.getByRole('table', { name: 'Images' });
    const row = images.getByRole('row').filter({ hasText: TAG }).first();
    await row.getByText('nowhere').waitFor();
    await row.getByText(/^build \d+$/).waitFor();
    await row.getByRole('button', { name: /^Changes from what runs/ }).click();
    const changes = page.getByRole('dialog');
    await changes
      .getByRole('list', { name: 'Commits' })
      .getByRole('listitem')
      .first()
      .waitFor();
    await page.screenshot({ path: join(PICTURES, 'changes-light.png') });
    await changes.getByRole('button', { name: 'Close' }).last().click();

    const deploy = `Deploy ${TAG} to payment in wealth-test`;
    await row.getByRole('button', { name: deploy }).click();
    const dialog = page.getByRole('dialog');
    await dialog
      .getByText(/image: .*payment:2\.0\.3/)
      .first()
      .waitFor();
    await dialog.getByRole('textbox', { name: /Reason/ }).fill('To be tested');
    await dialog.getByRole('button', { name: deploy }).click();
    await dialog.getByText('Done').first().waitFor({ timeout: 120_000 });
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await until('the new image', imageOf, image =>
      String(image).endsWith(`:${TAG}`),
    );
    await row.getByText('wealth-test / payment').waitFor({ timeout: 90_000 });
    assert.deepEqual(errors, []);
    await close();
  });

  it('says which commits an older version would lose', async () => {
    const { page, close } = await openPage(browser, PAGE, { as: 'lin' });
    await page
      .getByRole('button', { name: `Changes from what runs to ${BEFORE}` })
      .click();
    await page
      .getByRole('dialog')
      .getByText(
        /2\.0\.1 is older than 2\.0\.3: these \d+ commits would be lost/,
      )
      .waitFor();
    await close();
    await act(
      'lin',
      'deploy-image',
      { workload: WORKLOAD, image: `${REPOSITORY}:${BEFORE}` },
      'As it was',
    );
    await until('the old image', imageOf, image =>
      String(image).endsWith(`:${BEFORE}`),
    );
  });

  it('aborts the build that is meant', async () => {
    const { page, close } = await openPage(browser, PAGE, { as: 'lin' });
    const row = await startBuild(page, '2.1.0', 'By mistake');
    const name = await row
      .getByRole('button', { name: /^Abort build \d+$/ })
      .textContent();
    const number = /\d+/.exec(name ?? '')?.[0] ?? '';
    await row.getByRole('button', { name: `Abort build ${number}` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: /Reason/ }).fill('Wrong tag');
    await dialog
      .getByRole('button', {
        name: `Abort build ${number} of payment.wealth`,
      })
      .click();
    await dialog.getByText('Done').first().waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await sectionOf(page)
      .getByRole('row')
      .filter({ hasText: `#${number}` })
      .getByText('Aborted')
      .waitFor();
    await close();
  });

  it('is not offered to a guest, who sees the builds', async () => {
    const { page, close } = await openPage(browser, PAGE, { as: 'guest' });
    const builds = sectionOf(page);
    await builds.getByText(`TAG ${TAG}`).first().waitFor();
    await builds.getByText(/You may not build it/).waitFor();
    assert.equal(
      await builds.getByRole('button', { name: 'Build payment' }).count(),
      0,
    );
    await close();
  });
});
