import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { backendUrl, guestToken, sandboxUrl } from './browser';

/** Where pictures for the docs are kept. */
export const PICTURES = join(__dirname, '../../../docs/pictures');

/** The picture, once everything in it has its place. */
export async function canvasOf(page: Page): Promise<Locator> {
  const canvas = page.getByRole('img', { name: /^Graph of/ });
  await canvas.waitFor();
  await page.locator('[data-layout-revision]').waitFor();
  return canvas;
}

/** What is told of the selection. */
export const panelOf = (page: Page) =>
  page.getByRole('complementary', { name: 'Selection' });

/** The field of an expression. */
export const fieldOf = (page: Page, name: 'Find' | 'Hide') =>
  page.getByRole('combobox', { name, exact: true });

/** Goes on with Tab until an element has the focus. */
export async function tabTo(
  page: Page,
  wanted: Locator,
  mostPresses: number,
): Promise<void> {
  for (let press = 0; press < mostPresses; press++) {
    await page.keyboard.press('Tab');
    if (await wanted.evaluate(node => node === document.activeElement)) {
      return;
    }
  }
  throw new Error(`Not reached with Tab: ${wanted}`);
}

type Graph = {
  at: string;
  nodes: {
    id: string;
    name: string;
    health: { state: string; reasons: string[] };
    inbound: { errorShare?: number };
    outbound: { requestsPerSecond?: number };
  }[];
};

/** The graph as the backend has it, now or at a moment. */
export async function readGraph(at?: string): Promise<Graph> {
  const query = at === undefined ? '' : `?at=${encodeURIComponent(at)}`;
  const response = await fetch(`${backendUrl()}/api/mesh/graph${query}`, {
    headers: { Authorization: `Bearer ${await guestToken()}` },
  });
  return response.json() as Promise<Graph>;
}

/** Starts or stops trouble in the sandbox. */
export async function setIncident(
  name: string,
  change: 'start' | 'stop',
): Promise<void> {
  const response = await fetch(`${sandboxUrl()}/incidents/${name}/${change}`, {
    method: 'POST',
  });
  if (!response.ok) {
    throw new Error(`${change} of ${name}: ${await response.text()}`);
  }
}
