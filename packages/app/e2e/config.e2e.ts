import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { seriousViolations } from './axe';
import { openPage, sandboxUrl, startBrowser, until } from './browser';

const PICTURES = join(__dirname, '../../../docs/pictures');
const SERVICE = 'kepler-sh/wealth-test/service/payment';
const PREFIX = 'wealth-test.payment/';
const KEY = 'timeouts/upstream';

const pageOf = (key: string, more = '') =>
  `/config?service=${encodeURIComponent(SERVICE)}&key=${encodeURIComponent(
    key,
  )}${more}`;

/** Asks Consul itself, as another client of it would. */
async function consul(
  key: string,
  method = 'GET',
  body?: string,
): Promise<string> {
  const response = await fetch(
    `${sandboxUrl()}/consul/v1/kv/${PREFIX}${key}${
      method === 'GET' ? '?raw' : ''
    }`,
    { method, body, headers: { 'X-Consul-Token': 'sandbox-consul' } },
  );
  return response.ok ? response.text() : `status ${response.status}`;
}

const editor = (page: Page, key: string) =>
  page.getByRole('textbox', { name: `Value of ${key}` });

/** Puts a text into the editor, as one who selects all and types. */
async function write(page: Page, key: string, text: string): Promise<void> {
  await editor(page, key).click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
}

/** Gives a reason, does it, and waits for the end. */
async function confirm(
  page: Page,
  button: string,
  reason: string,
): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /Reason/ }).fill(reason);
  await dialog.getByRole('button', { name: button }).click();
  await dialog.getByText('Done').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await dialog.waitFor({ state: 'hidden' });
}

describe('configuration', { timeout: 600_000 }, () => {
  const stamp = Date.now();
  const reason = `The bank is slow ${stamp}`;
  const slow = `${stamp % 100_000}ms`;
  let browser: Browser;
  let first = '';
  before(async () => {
    browser = await startBrowser();
    first = await consul(KEY);
  });
  after(() => browser.close());

  it('is changed by its owner, with a look at the difference first', async () => {
    const { page, close, errors } = await openPage(browser, pageOf(KEY), {
      as: 'lin',
    });
    await editor(page, KEY).waitFor();
    await write(page, KEY, slow);
    await page.getByRole('button', { name: 'Review the change' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(`Change ${KEY} of payment in wealth-test`).waitFor();
    const difference = dialog.getByRole('group', { name: 'What changes' });
    assert.ok((await difference.innerText()).includes(slow));
    await page.screenshot({ path: join(PICTURES, 'config-review.png') });
    assert.equal(await consul(KEY), first);
    await confirm(page, `Write ${KEY}`, reason);
    assert.equal(await consul(KEY), slow);
    await page
      .getByRole('region', { name: `History of ${KEY}` })
      .getByText(reason)
      .waitFor();
    await page.screenshot({ path: join(PICTURES, 'config-key.png') });
    assert.deepEqual(errors, []);
    await close();
  });

  it('shows what another writer did in between, and lets one merge', async () => {
    const key = 'features.json';
    const { page, close, errors } = await openPage(browser, pageOf(key), {
      as: 'lin',
    });
    await editor(page, key).waitFor();
    await until(
      'the value',
      () => editor(page, key).innerText(),
      text => text.includes('auditTrail'),
    );
    await write(page, key, '{"auditTrail": true, "mine": 1}');
    await consul(
      key,
      'PUT',
      `{\n  "auditTrail": true,\n  "theirs": ${stamp}\n}\n`,
    );
    const conflict = page.getByRole('region', { name: key, exact: true });
    await conflict
      .getByText(`Somebody else has changed ${key} while you were editing`)
      .waitFor();
    await page.screenshot({ path: join(PICTURES, 'config-conflict.png') });
    assert.deepEqual(await seriousViolations(page), []);
    const mine = conflict.getByRole('textbox', { name: 'Mine' });
    await mine.click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(
      `{"auditTrail": true, "mine": 1, "theirs": ${stamp}}`,
    );
    await conflict.getByRole('button', { name: 'Go on with mine' }).click();
    await page.getByRole('button', { name: 'Review the change' }).click();
    await confirm(page, `Write ${key}`, reason);
    assert.deepEqual(JSON.parse(await consul(key)), {
      auditTrail: true,
      mine: 1,
      theirs: stamp,
    });
    // What the other one did is in the history, though nobody said who it was.
    await page
      .getByRole('region', { name: `History of ${key}` })
      .getByText('outside Orrery')
      .first()
      .waitFor();
    assert.deepEqual(errors, []);
    await close();
  });

  it('is refused before it is written when it cannot be read', async () => {
    const key = 'settlement/window-minutes';
    const { page, close } = await openPage(browser, pageOf(key), {
      as: 'lin',
    });
    await editor(page, key).waitFor();
    await write(page, key, '999');
    await page.getByText('Schema: must be <= 240').waitFor();
    assert.ok(
      await page
        .getByRole('button', { name: 'Review the change' })
        .isDisabled(),
    );
    await page.getByRole('button', { name: 'Discard' }).click();
    await close();
  });

  it('comes back from the history', async () => {
    const { page, close, errors } = await openPage(browser, pageOf(KEY), {
      as: 'lin',
    });
    const history = page.getByRole('region', { name: `History of ${KEY}` });
    await history.getByText(reason).waitFor();
    await history
      .getByRole('button', { name: new RegExp(`^Restore ${KEY} as of`) })
      .last()
      .click();
    await confirm(page, `Restore ${KEY}`, 'The bank is fast again');
    assert.equal(await consul(KEY), first);
    await history.getByText('The bank is fast again').waitFor();
    assert.deepEqual(errors, []);
    await close();
  });

  it('masks secrets until their owner asks, and never shows them to guests', async () => {
    const key = 'database/password';
    const secret = await consul(key);
    const own = await openPage(browser, pageOf(key), { as: 'lin' });
    await until(
      'the mask',
      () => editor(own.page, key).innerText(),
      text => text.includes('••••'),
    );
    assert.ok(!(await own.page.content()).includes(secret));
    await own.page.screenshot({ path: join(PICTURES, 'config-secret.png') });
    await own.page.getByRole('button', { name: 'Show secrets' }).click();
    await until(
      'the secret',
      () => editor(own.page, key).innerText(),
      text => text.includes(secret),
    );
    await own.page.getByRole('button', { name: 'Hide secrets' }).click();
    await own.close();

    const guest = await openPage(browser, pageOf(key));
    await guest.page.getByText(/^Read only: You may not do this/).waitFor();
    assert.equal(
      await guest.page
        .getByRole('button', { name: 'Review the change' })
        .count(),
      0,
    );
    await guest.page.getByRole('button', { name: 'Show secrets' }).click();
    await guest.page.getByText(/Not shown: .*config\.secret\.read/).waitFor();
    assert.ok(!(await guest.page.content()).includes(secret));
    await guest.close();
  });

  it('takes a new secret without showing it or the old one', async () => {
    const key = 'bank/api-key';
    const { page, close, errors } = await openPage(browser, pageOf(key), {
      as: 'lin',
    });
    await page.getByRole('button', { name: 'Write a new value' }).click();
    await write(page, key, `secret-${stamp}`);
    await page.getByRole('button', { name: 'Review the change' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('•••••••• (changed)').waitFor();
    assert.ok(!(await dialog.innerText()).includes(String(stamp)));
    await confirm(page, `Write ${key}`, 'The old one leaked');
    assert.equal(await consul(key), `secret-${stamp}`);
    // The draft is gone, and with it what could be read over one's shoulder.
    await page
      .getByRole('button', { name: 'Discard' })
      .waitFor({ state: 'hidden' });
    await until(
      'the mask',
      () => editor(page, key).innerText(),
      text => text.includes('••••'),
    );
    assert.deepEqual(errors, []);
    await close();
  });

  it('loses nothing when somebody writes between the look and the write', async () => {
    const key = 'settlement/window-minutes';
    const incident = (verb: string) =>
      fetch(`${sandboxUrl()}/incidents/consul-conflict/${verb}`, {
        method: 'POST',
      });
    const { page, close } = await openPage(browser, pageOf(key), {
      as: 'lin',
    });
    await editor(page, key).waitFor();
    await write(page, key, '77');
    await page.getByRole('button', { name: 'Review the change' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: /Reason/ }).fill(reason);
    await incident('start');
    try {
      await dialog.getByRole('button', { name: `Write ${key}` }).click();
      await dialog
        .getByText(/^Consul wrote nothing: .*index is stale/)
        .waitFor();
    } finally {
      await incident('stop');
    }
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('textbox', { name: 'Mine' }).waitFor();
    await page.getByRole('button', { name: 'Take theirs' }).click();
    await editor(page, key).waitFor();
    await close();
  });

  it('is compared with production, key by key', async () => {
    const other = encodeURIComponent('kepler-sh/wealth/service/payment');
    const { page, close, errors } = await openPage(
      browser,
      pageOf(KEY, `&view=compare&with=${other}`),
      { as: 'lin' },
    );
    const table = page.getByRole('table', { name: 'Keys of both' });
    await table.getByText('has secrets: not compared').first().waitFor();
    await table
      .getByRole('checkbox', { name: /^Copy / })
      .first()
      .press('Space');
    await page.screenshot({ path: join(PICTURES, 'config-compare.png') });
    assert.deepEqual(await seriousViolations(page), []);
    await page.getByRole('button', { name: 'Copy 1 key' }).click();
    await page
      .getByRole('dialog')
      .getByText(/^Copy .* of payment in wealth to payment in wealth-test$/)
      .waitFor();
    assert.deepEqual(errors, []);
    await close();
  });

  (['light', 'dark'] as const).forEach(theme =>
    it(`is walked by keyboard, in Chinese, ${theme}`, async () => {
      const { page, close, errors } = await openPage(
        browser,
        '/catalog/default/component/payment/config',
        { as: 'lin', theme, language: 'zh' },
      );
      const tree = page.getByRole('tree', { name: 'wealth.payment/ 的配置项' });
      await tree.getByRole('treeitem').first().focus();
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      await page.waitForURL(/key=/);
      await page
        .getByRole('heading', { name: 'limits.yaml', exact: true })
        .waitFor();
      await page.getByText('此处的变更需要第二人批准。').waitFor();
      assert.deepEqual(await seriousViolations(page), []);
      await page.screenshot({
        path: join(PICTURES, `config-tab-${theme}.png`),
      });
      assert.deepEqual(errors, []);
      await close();
    }),
  );

  it('says that Consul is away', async () => {
    const incident = (verb: string) =>
      fetch(`${sandboxUrl()}/incidents/consul-down/${verb}`, {
        method: 'POST',
      });
    const { page, close } = await openPage(browser, pageOf(KEY));
    await editor(page, KEY).waitFor();
    await incident('start');
    try {
      await page
        .getByText(/Consul has no answer: Consul refused: No cluster leader/)
        .waitFor();
      await page.screenshot({ path: join(PICTURES, 'config-away.png') });
    } finally {
      await incident('stop');
    }
    await page.getByText(/^Live, updated/).waitFor();
    await close();
  });
});
