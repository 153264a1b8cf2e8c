import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { backendUrl, sandboxUrl, tokenFor, until } from './browser';

/** As much of a canary as tests look at. */
export type SeenCanary = {
  phase: string;
  waitsFor?: { for: string };
  verdict?: { state: string };
  weights?: { desired?: number };
  stableVersion?: string;
  canaryVersion?: string;
  canary?: object;
};

/** As much of a workload in the cluster as tests look at; `reason` where there is none. */
export type SeenWorkload = {
  reason?: string;
  spec: {
    replicas: number;
    template: { spec: { containers: { image: string }[] } };
  };
  status: { readyReplicas: number };
};

async function askDelivery<T>(
  person: string,
  path: string,
  body?: object,
): Promise<T> {
  const response = await fetch(`${backendUrl()}/api/delivery${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      Authorization: `Bearer ${await tokenFor(person)}`,
      'Content-Type': 'application/json',
    },
    body: body && JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  assert.ok(
    response.ok,
    `${path} answered ${response.status}: ${JSON.stringify(answer).slice(
      0,
      300,
    )}`,
  );
  return answer as T;
}

/** Previews an action and runs what was previewed, as the dialog does. */
export async function act(
  person: string,
  action: string,
  input: object,
  reason: string,
): Promise<{ id: string; state: string }> {
  const preview = await askDelivery<{
    resourceVersion: string;
    typedConfirmation?: string;
  }>(person, `/actions/${action}/preview`, { input });
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
  isWanted: (canary: SeenCanary) => boolean,
  timeoutMilliseconds = 180_000,
): Promise<SeenCanary> {
  return until(
    `${ref} ${what}`,
    async () => {
      const response = await fetch(
        `${backendUrl()}/api/delivery/canaries/${encodeURIComponent(ref)}`,
        { headers: { Authorization: `Bearer ${await tokenFor('mateo')}` } },
      );
      const answer = (await response.json()) as { canary?: SeenCanary };
      return answer.canary ?? { ...answer, phase: 'none' };
    },
    isWanted,
    timeoutMilliseconds,
  );
}

/** An object of the sandbox's cluster. */
export async function clusterObject<T = SeenWorkload>(
  path: string,
): Promise<T> {
  const response = await fetch(`${sandboxUrl()}/kubernetes${path}`);
  return (await response.json()) as T;
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
