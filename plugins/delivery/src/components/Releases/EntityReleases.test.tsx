import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import type { Release } from '@orrery/backstage-plugin-delivery-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { CHANGES } from '../../__testUtils__/builds';
import {
  releaseSample,
  workloadSample,
} from '../../__testUtils__/deliverySamples';
import {
  DELIVERY,
  permit,
  refusal,
  renderDelivery,
} from '../../__testUtils__/renderDelivery';
import { NOT_IN_GIT } from '../../__testUtils__/workload';
import { EntityReleases } from './EntityReleases';

const BINDING = {
  cluster: undefined,
  namespace: 'wealth',
  app: 'payment',
  selector: 'app=payment',
};
const FIGURES = { until: '2026-01-01T10:00:00Z', windowSeconds: 300 };

describe('EntityReleases', () => {
  const server = setupServer();
  registerMswTestHooks(server);

  function open(items: Release[]) {
    server.use(
      http.get(`${DELIVERY}/releases`, () =>
        HttpResponse.json({
          items,
          provenance: { sources: [], warnings: [] },
        }),
      ),
      http.get(`${DELIVERY}/workloads`, () =>
        HttpResponse.json({
          items: [
            workloadSample({
              managedBy: { by: 'argocd', sentence: 'Argo CD takes it back' },
            }),
          ],
          provenance: { sources: [], warnings: [] },
        }),
      ),
    );
    renderDelivery(<EntityReleases binding={BINDING} />);
  }

  const older = releaseSample({
    id: 'release-1',
    revision: 1,
    version: '1.8.1',
    images: [{ container: 'payment', image: 'registry.example/payment:1.8.1' }],
    startedAt: '2025-12-30T10:00:00Z',
    state: 'failed',
    outcome: '1 of 3 pods crashes',
    before: { ...FIGURES, errorShare: 0.0012 },
    after: { ...FIGURES, errorShare: 0.068 },
  });
  const newer = releaseSample({
    before: { ...FIGURES, errorShare: 0.001 },
    after: { ...FIGURES, reason: 'the mesh has no telemetry of it' },
  });

  const rowOf = async (text: string) => {
    const cell = await screen.findByText(text);
    return cell.closest('tr') as HTMLElement;
  };

  it('tells what, who, why and how it went, and what is not known', async () => {
    server.use(permit());
    open([newer, older, releaseSample({ id: 'other', namespace: 'loan' })]);
    const row = await rowOf('1.8.2');
    expect(screen.getAllByRole('row')).toHaveLength(3);
    expect(row).toHaveTextContent('runs now');
    expect(row).toHaveTextContent('lin');
    expect(row).toHaveTextContent('“Fix rounding of fees”');
    expect(row).toHaveTextContent('payment 1.8.2');
    expect(row).toHaveTextContent(/0.1 % → unknown/);
    expect(within(row).getByText('unknown')).toHaveAttribute(
      'title',
      'the mesh has no telemetry of it',
    );
    const failed = await rowOf('1.8.1');
    expect(failed).toHaveTextContent(/Failed/);
    expect(failed).toHaveTextContent(/0.1 % → 6.8 %/);
  });

  it('sorts by any column', async () => {
    server.use(permit());
    open([newer, older]);
    await rowOf('1.8.2');
    const versions = () =>
      screen
        .getAllByRole('row')
        .slice(1)
        .map(row => row.querySelector('strong')?.textContent);
    expect(versions()).toEqual(['1.8.2', '1.8.1']);
    await userEvent.click(screen.getByRole('button', { name: 'Version' }));
    expect(versions()).toEqual(['1.8.1', '1.8.2']);
    expect(
      screen.getByRole('columnheader', { name: 'Version' }),
    ).toHaveAttribute('aria-sort', 'ascending');
  });

  it('shows the diff', async () => {
    server.use(
      permit(),
      http.get(`${DELIVERY}/releases/release-2`, () =>
        HttpResponse.json({
          release: { ...newer, range: { reason: 'its image names no commit' } },
          template: 'image: two\n',
          templateBefore: 'image: one\n',
        }),
      ),
    );
    open([newer, older]);
    const row = await rowOf('1.8.2');
    await userEvent.click(within(row).getByRole('button', { name: /Diff/ }));
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findByText(/image: two/)).toBeVisible();
    expect(within(dialog).getByText(/image: one/)).toBeVisible();
    expect(
      within(dialog).getByText(
        'Which commits it brought is not known: its image names no commit',
      ),
    ).toBeVisible();
  });

  it('tells the commits that it brought, and the canary that it came by', async () => {
    const range = { from: 'a'.repeat(40), to: 'b'.repeat(40), commits: 2 };
    const walked = releaseSample({
      commit: range.to,
      range,
      canary: 'kepler/wealth/CanaryPlan/payment',
    });
    server.use(
      permit(),
      http.get(`${DELIVERY}/releases/release-2`, () =>
        HttpResponse.json({
          release: walked,
          previous: older,
          template: '',
          templateBefore: '',
        }),
      ),
      http.get(`${DELIVERY}/source/changes`, ({ request }) => {
        const { searchParams } = new URL(request.url);
        return searchParams.get('from') === range.from &&
          searchParams.get('to') === range.to
          ? HttpResponse.json(CHANGES)
          : refusal(404, 'no such commits');
      }),
    );
    open([walked, older]);
    const row = await rowOf('1.8.2');
    expect(row).toHaveTextContent('commit bbbbbbb · 2 new commits');
    expect(
      within(row).getByRole('link', { name: 'by a canary' }),
    ).toHaveAttribute(
      'href',
      '/delivery?canary=kepler%2Fwealth%2FCanaryPlan%2Fpayment',
    );
    await userEvent.click(within(row).getByRole('button', { name: /Diff/ }));
    const dialog = await screen.findByRole('dialog');
    const commits = await within(dialog).findByRole('list', {
      name: 'Commits',
    });
    expect(within(commits).getAllByRole('listitem')).toHaveLength(
      CHANGES.commits.length,
    );
  });

  it('rolls back to the revision of a row, with a word about Git', async () => {
    const previews: unknown[] = [];
    server.use(
      permit(),
      http.get(`${DELIVERY}/workloads/:ref/git`, () =>
        HttpResponse.json(NOT_IN_GIT),
      ),
      http.post(
        `${DELIVERY}/actions/roll-back/preview`,
        async ({ request }) => {
          previews.push(await request.json());
          return HttpResponse.json({
            action: 'roll-back',
            target: older.workload,
            summary: 'Roll back to revision 1',
            before: '',
            after: '',
            blastRadius: { pods: 3, sentences: [] },
            resourceVersion: '5',
            warnings: [],
          });
        },
      ),
    );
    open([newer, older]);
    const current = await rowOf('1.8.2');
    expect(
      within(current).queryByRole('button', { name: /Roll back to/ }),
    ).not.toBeInTheDocument();
    const button = within(await rowOf('1.8.1')).getByRole('button', {
      name: /Roll back to/,
    });
    await waitFor(() =>
      expect(button).toHaveAttribute('aria-disabled', 'false'),
    );
    await userEvent.click(button);
    expect(await screen.findByText('Roll back to revision 1')).toBeVisible();
    expect(screen.getByText('Argo CD takes it back')).toBeVisible();
    expect(
      screen.getByText(/A merge request cannot be made from here: Neither/),
    ).toBeVisible();
    expect(previews).toEqual([
      { input: { workload: older.workload, revision: 1 } },
    ]);
  });

  it('does not roll back for whom may not', async () => {
    server.use(
      permit({
        'roll-back': {
          allowed: false,
          needsApproval: false,
          reason: 'only its owners may',
        },
      }),
    );
    open([newer, older]);
    const button = within(await rowOf('1.8.1')).getByRole('button', {
      name: /Roll back to/,
    });
    await waitFor(() =>
      expect(button).toHaveAttribute('title', 'only its owners may'),
    );
    await userEvent.click(button);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('says that there is none, or why they cannot be read', async () => {
    server.use(permit());
    open([]);
    expect(
      await screen.findByText(/No release has been seen yet/),
    ).toBeVisible();
  });

  it('says why they cannot be read', async () => {
    server.use(permit());
    open([]);
    server.use(
      http.get(`${DELIVERY}/releases`, () => refusal(503, 'database is away')),
    );
    renderDelivery(<EntityReleases binding={BINDING} />);
    // The view that was open before hears of it at its next look.
    const [first] = await screen.findAllByText(/database is away/);
    expect(first).toBeVisible();
  });
});
