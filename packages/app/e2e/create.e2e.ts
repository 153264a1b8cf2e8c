import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { seriousViolations } from './axe';
import {
  backendUrl,
  openPage,
  sandboxUrl,
  startBrowser,
  tokenFor,
  until,
} from './browser';
import { clusterObject } from './delivery';

const PICTURES = join(__dirname, '../../../docs/pictures');
const NAMESPACE = 'wealth-test';
const NAME = 'coupon';
const HOST = `${NAME}.${NAMESPACE}.kepler.example`;

/** A person of the team that owns the system may make services in it. */
const MAKER = 'chen';

async function next(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Next' }).click();
}

async function choose(page: Page, field: RegExp, option: RegExp) {
  await page.getByRole('button', { name: field }).click();
  await page.getByRole('option', { name: option }).first().click();
  await page.getByRole('listbox').waitFor({ state: 'hidden' });
}

/** Fills in what the service is. */
async function sayWhat(page: Page, name: string): Promise<void> {
  await page.getByRole('textbox', { name: /^Name/ }).fill(name);
  await page
    .getByRole('textbox', { name: /^Description/ })
    .fill('Coupons for new customers');
  await page.getByLabel(/^Owner/).fill('Customer');
  await page.getByRole('option', { name: 'Customer' }).first().click();
  await choose(page, /GitLab group/, /^wealth/);
}

/** Looks at what would be made, of which nothing is made yet. */
async function seePreview(page: Page): Promise<void> {
  await page.getByText('Deploy it, and wait until it is healthy').waitFor();
  await page.getByText('Apply 7 objects of coupon in wealth-test').waitFor();
  assert.deepEqual(await violations(page), []);
  await page.screenshot({ path: join(PICTURES, 'create-preview-light.png') });
  await page.getByRole('tab', { name: /^Objects/ }).click();
  await page.locator('summary', { hasText: 'Deployment' }).click();
  await page
    .getByRole('group', { name: `Deployment ${NAME}` })
    .getByText('runAsNonRoot: true')
    .first()
    .waitFor();
  await page.getByRole('tab', { name: /^Files/ }).click();
  await page.locator('summary', { hasText: 'catalog-info.yaml' }).click();
  await page
    .getByRole('group', { name: 'Content of catalog-info.yaml' })
    .getByText('kind: Component')
    .waitFor();
  const made = await fetch(
    `${sandboxUrl()}/kubernetes/apis/apps/v1/namespaces/${NAMESPACE}/deployments/${NAME}`,
  );
  assert.equal(made.status, 404);
}

/** The tabs above the form are upstream's. */
async function violations(page: Page): Promise<string[]> {
  const found = await seriousViolations(page);
  return found.filter(text => !text.includes('bui-Tab'));
}

/** Asks the backend as a person. */
async function ask(path: string): Promise<unknown> {
  const response = await fetch(`${backendUrl()}${path}`, {
    headers: { Authorization: `Bearer ${await tokenFor(MAKER)}` },
  });
  return response.ok ? response.json() : undefined;
}

async function rateOf(app: string): Promise<number> {
  const query = `sum(rate(istio_requests_total{destination_workload="${app}",response_code="200"}[1m]))`;
  const response = await fetch(
    `${sandboxUrl()}/prometheus/api/v1/query?${new URLSearchParams({ query })}`,
  );
  const { data } = (await response.json()) as {
    data: { result: { value: [number, string] }[] };
  };
  return Number(data.result.at(0)?.value[1] ?? 0);
}

describe('creating a service', { timeout: 600_000 }, () => {
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser.close());

  it('goes from one form to a service that answers in the mesh', async () => {
    const { page, close, errors } = await openPage(
      browser,
      '/create/templates/default/new-node-service',
      { as: MAKER },
    );
    await sayWhat(page, NAME);
    assert.deepEqual(await violations(page), []);
    await page.screenshot({ path: join(PICTURES, 'create-what-light.png') });
    await next(page);

    await choose(page, /Namespace/, /^wealth-test$/);
    const names = page.getByRole('table', { name: 'What it will be called' });
    await names.getByText('wealth-test.coupon/').waitFor();
    assert.equal(await names.getByText('Taken').count(), 0);
    await page.getByRole('button', { name: `Use ${HOST}` }).click();
    await page.screenshot({ path: join(PICTURES, 'create-where-light.png') });
    await next(page);

    await page.getByText(/^Careful: /).click();
    await page.screenshot({ path: join(PICTURES, 'create-how-light.png') });
    await next(page);
    await seePreview(page);
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('button', { name: 'Create' }).click();

    await page.waitForURL(/\/create\/tasks\//);
    await page
      .getByRole('link', { name: 'The running service' })
      .waitFor({ timeout: 240_000 });
    await page.screenshot({ path: join(PICTURES, 'create-done-light.png') });

    const deployment = await clusterObject(
      `/apis/apps/v1/namespaces/${NAMESPACE}/deployments/${NAME}`,
    );
    assert.match(
      deployment.spec.template.spec.containers[0].image,
      /^registry\.kepler\.example\/wealth\/coupon:[0-9a-f]{12}$/,
    );
    await until(
      'traffic of the new service',
      () => rateOf(NAME),
      rate => rate > 0,
      120_000,
    );
    await until(
      'its catalog entry',
      () => ask(`/api/catalog/entities/by-name/component/default/${NAME}`),
      entity => entity !== undefined,
      120_000,
    );
    await page.goto(
      `${new URL(page.url()).origin}/catalog/default/component/${NAME}`,
    );
    await page.getByRole('heading', { name: NAME }).first().waitFor();
    await page
      .getByText(/Healthy/)
      .first()
      .waitFor({ timeout: 120_000 });
    await page.screenshot({ path: join(PICTURES, 'create-service-light.png') });
    assert.deepEqual(errors, []);
    await close();
  });

  it('says before anything is made that a name is taken', async () => {
    const { page, close } = await openPage(
      browser,
      '/create/templates/default/new-go-service',
      { as: MAKER },
    );
    await sayWhat(page, 'account');
    await next(page);
    await choose(page, /Namespace/, /^wealth-test$/);
    await page
      .getByRole('table', { name: 'What it will be called' })
      .getByText(/Taken/)
      .first()
      .waitFor();
    await page.screenshot({ path: join(PICTURES, 'create-taken-light.png') });
    await next(page);
    await page
      .getByText(/GitLab project wealth\/account is taken/)
      .first()
      .waitFor();
    await close();
  });

  it('offers no place to somebody who may make nothing', async () => {
    const { page, close } = await openPage(
      browser,
      '/create/templates/default/new-node-service',
      { as: 'lin' },
    );
    await sayWhat(page, 'voucher');
    await next(page);
    await page
      .getByText(
        'There is no namespace where you may make a service of this name',
      )
      .waitFor();
    await close();
  });
});
