import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { seriousViolations } from './axe';
import { openPage, startBrowser, until } from './browser';
import { canvasOf, fieldOf, panelOf, PICTURES } from './meshPage';

describe('find and hide in the mesh', { timeout: 180_000 }, () => {
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser.close());

  it('finds with completion and goes through what is found, by keyboard', async () => {
    const { page, errors, close } = await openPage(browser, '/mesh');
    await canvasOf(page);
    await page.keyboard.press('/');
    const find = fieldOf(page, 'Find');
    await until(
      'the field has the focus',
      () => find.evaluate(node => node === document.activeElement),
      has => has,
    );
    await page.keyboard.type('upstr');
    await page.getByRole('listbox', { name: 'Suggestions' }).waitFor();
    await page.keyboard.press('Tab');
    assert.match(await find.inputValue(), /^upstream\(/);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('to(failing and nodes)');
    await page.keyboard.press('Enter');
    const results = page.getByRole('status', { name: 'Found' });
    await until(
      'something found',
      () => results.textContent(),
      text => /\d+ edges?/.test(text ?? ''),
    );
    await page.keyboard.press('Enter');
    await panelOf(page)
      .getByRole('heading', { name: /order.*→.*payment v2/ })
      .waitFor();
    assert.match((await results.textContent()) ?? '', /1 of \d/);
    assert.match(decodeURIComponent(page.url()), /find=to\(failing/);
    assert.deepEqual(errors, []);
    await close();
  });

  it('hides by mouse, says how much, and shows it again', async () => {
    const { page, close } = await openPage(browser, '/mesh');
    await canvasOf(page);
    const whole = await page.getByRole('option').count();
    await page.getByRole('button', { name: 'Expressions to hide' }).click();
    await page.getByRole('menuitem', { name: 'Healthy nodes' }).click();
    await page.getByText(/\d+ nodes?, \d+ edges? hidden/).waitFor();
    const rest = await page.getByRole('option').count();
    assert.ok(rest > 0 && rest < whole, `${rest} of ${whole}`);
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByText(/shown though hidden/).waitFor();
    await until(
      'all of it',
      () => page.getByRole('option').count(),
      count => count >= whole,
    );
    await close();
  });

  it('points at a mistake, and keeps what was found before it', async () => {
    const { page, close } = await openPage(
      browser,
      `/mesh?find=${encodeURIComponent('payment')}`,
    );
    await canvasOf(page);
    const results = page.getByRole('status', { name: 'Found' });
    await until(
      'what is named so',
      () => results.textContent(),
      text => /\d+ nodes/.test(text ?? ''),
    );
    const found = await results.textContent();
    const find = fieldOf(page, 'Find');
    await find.fill('payment and (rt >');
    await page.keyboard.press('Escape');
    await page.getByText(/A value is missing here/).waitFor();
    await page.getByText(/\(character \d+\)/).waitFor();
    assert.equal(await find.getAttribute('aria-invalid'), 'true');
    assert.equal(await results.textContent(), found);
    assert.deepEqual(await seriousViolations(page), []);
    await close();
    // The same from a link that somebody cut off.
    const cut = await openPage(browser, '/mesh?find=rt+%3E&hide=%28');
    await canvasOf(cut.page);
    await cut.page.getByText(/A value is missing here/).waitFor();
    assert.deepEqual(cut.errors, []);
    await cut.close();
  });

  (['light', 'dark'] as const).forEach(theme =>
    it(`is legible and has no serious violation, ${theme}`, async () => {
      const query = new URLSearchParams({
        find: 'upstream(failing and nodes)',
        hide: 'ns = insight',
      });
      const { page, close } = await openPage(browser, `/mesh?${query}`, {
        theme,
      });
      await canvasOf(page);
      await page
        .getByText(/hidden$/)
        .first()
        .waitFor();
      await page.waitForTimeout(500);
      await page.screenshot({ path: join(PICTURES, `find-${theme}.png`) });
      assert.deepEqual(await seriousViolations(page), []);
      await close();
    }),
  );
});
