import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { backendUrl, sandboxUrl, tokenFor, until } from './browser';

/** Whatever the backend or the cluster answers; tests look at what they need. */
type Json = Record<string, unknown> & { [field: string]: any };

async function askDelivery(
  person: string,
  path: string,
  body?: object,
): Promise<Json> {
  const response = await fetch(`${backendUrl()}/api/delivery${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      Authorization: `Bearer ${await tokenFor(person)}`,
      'Content-Type': 'application/json',
    },
    body: body && JSON.stringify(body),
  });
  const answer = (await response.json()) as Json;
  assert.ok(
    response.ok,
    `${path} answered ${response.status}: ${JSON.stringify(answer).slice(
      0,
      300,
    )}`,
  );
  return answer;
}

/** Previews an action and runs what was previewed, as the dialog does. */
export async function act(
  person: string,
  action: string,
  input: object,
  reason: string,
): Promise<Json> {
  const preview = await askDelivery(person, `/actions/${action}/preview`, {
    input,
  });
  return askDelivery(person, `/actions/${action}/run`, {
    input,
    reason,
    resourceVersion: preview.resourceVersion,
    idempotencyKey: `${action}-${Date.now()}-${Math.random()}`,
    ...(preview.typedConfirmation && {
      typedConfirmation: preview.typedConfirmation,
    }),
  });
}

/** The canary as the backend tells it, once it is as wanted. */
export async function untilCanary(
  ref: string,
  what: string,
  isWanted: (canary: Json) => boolean,
  timeoutMilliseconds = 180_000,
): Promise<Json> {
  return until(
    `${ref} ${what}`,
    async () => {
      const response = await fetch(
        `${backendUrl()}/api/delivery/canaries/${encodeURIComponent(ref)}`,
        { headers: { Authorization: `Bearer ${await tokenFor('mateo')}` } },
      );
      const answer = (await response.json()) as Json;
      return (answer.canary ?? { phase: 'none', answer }) as Json;
    },
    isWanted,
    timeoutMilliseconds,
  );
}

/** An object of the sandbox's cluster. */
export async function clusterObject(path: string): Promise<Json> {
  const response = await fetch(`${sandboxUrl()}/kubernetes${path}`);
  return (await response.json()) as Json;
}

/** Changes an object of the sandbox's cluster as someone with kubectl would. */
export async function patchObject(
  path: string,
  operations: object[],
): Promise<void> {
  const response = await fetch(`${sandboxUrl()}/kubernetes${path}`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json-patch+json' },
    body: JSON.stringify(operations),
  });
  assert.ok(response.ok, `${path}: ${response.status}`);
}

/** Presses a button that opens the dialog of an action, and does it. */
export async function confirm(
  page: Page,
  button: string | RegExp,
  reason: string,
): Promise<void> {
  await page.getByRole('button', { name: button }).first().click();
  const dialog = page.getByRole('dialog');
  const why = dialog.getByRole('textbox', { name: /Reason/ });
  await why.fill(reason);
  const typed = dialog.getByRole('textbox', { name: /to confirm/ });
  if (await typed.count()) {
    const label = (await typed.getAttribute('aria-label')) ?? '';
    const name =
      /Type (\S+) to confirm/.exec(
        label || ((await dialog.textContent()) ?? ''),
      )?.[1] ?? '';
    await typed.fill(name);
  }
  await dialog.getByRole('button', { name: button }).click();
  await dialog
    .getByText(/^(Done|Running|Waiting)/)
    .first()
    .waitFor();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
}
