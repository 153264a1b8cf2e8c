import {
  mockApis,
  registerMswTestHooks,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import type { WorkloadGit } from '@orrery/backstage-plugin-delivery-common';
import type { PermittedQuestion } from '@orrery/backstage-plugin-orrery-common';
import {
  OrreryClient,
  orreryApiRef,
} from '@orrery/backstage-plugin-orrery-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { CHANGES } from '../../__testUtils__/builds';
import {
  DETAILS,
  IMAGES,
  IN_GIT,
  LIST,
  NOT_IN_GIT,
  ORDER,
} from '../../__testUtils__/workload';
import {
  buildsApiRef,
  BuildsClient,
  WorkloadsClient,
  workloadsApiRef,
} from '../../api';
import { WorkloadsSection } from './WorkloadsSection';

const BASE = 'http://example.com/api/delivery';

describe('WorkloadsSection', () => {
  const server = setupServer();
  registerMswTestHooks(server);

  let git: WorkloadGit;
  let allowed: (action: string) => boolean;
  const previews: unknown[] = [];

  beforeEach(() => {
    allowed = () => true;
    git = NOT_IN_GIT;
    previews.length = 0;
    server.use(
      http.get(`${BASE}/workloads`, () => HttpResponse.json(LIST)),
      http.get(`${BASE}/workloads/:ref`, () => HttpResponse.json(DETAILS)),
      http.get(`${BASE}/workloads/:ref/git`, () => HttpResponse.json(git)),
      http.get(`${BASE}/source/changes`, () => HttpResponse.json(CHANGES)),
      http.get(`${BASE}/images`, () => HttpResponse.json(IMAGES)),
      http.post(`${BASE}/actions/permitted`, async ({ request }) => {
        const { questions } = (await request.json()) as {
          questions: PermittedQuestion[];
        };
        return HttpResponse.json({
          answers: questions.map(({ action }) => ({
            allowed: allowed(action),
            needsApproval: action === 'deploy-image',
          })),
        });
      }),
      http.post(
        `${BASE}/actions/:action/preview`,
        async ({ request, params }) => {
          const { input } = (await request.json()) as { input: object };
          previews.push({ action: params.action, input });
          return HttpResponse.json({
            action: params.action,
            target: ORDER.ref,
            summary: 'What it would do',
            before: 'a: 1\n',
            after: 'a: 2\n',
            blastRadius: { pods: 2, sentences: ['Both pods are replaced.'] },
            resourceVersion: '7',
            warnings: [],
          });
        },
      ),
    );
  });

  function open(path = '/') {
    const options = {
      discoveryApi: mockApis.discovery(),
      fetchApi: {
        fetch: (...request: Parameters<typeof fetch>) => fetch(...request),
      },
    };
    renderInTestApp(
      <WorkloadsSection
        binding={{ namespace: 'wealth', selector: 'app=order', app: 'order' }}
      />,
      {
        initialRouteEntries: [path],
        apis: [
          [buildsApiRef, new BuildsClient(options)],
          [workloadsApiRef, new WorkloadsClient(options)],
          [orreryApiRef, new OrreryClient(options)],
        ],
      },
    );
  }

  const opened = `/?workload=${encodeURIComponent(ORDER.ref)}`;
  const button = (name: string) => screen.findByRole('button', { name });

  it('lists what runs the app, in words, and opens one', async () => {
    open();
    const row = await screen.findByRole('button', { name: /order/ });
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
    expect(screen.getByText('Degraded')).toBeInTheDocument();
    expect(screen.getByText('1 of 2 ready')).toBeInTheDocument();
    expect(screen.getByText(ORDER.managedBy.sentence)).toBeInTheDocument();
    expect(row).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(row);
    const pods = await screen.findByRole('table', { name: 'Pods' });
    expect(within(pods).getByText('Restarts again and again')).toBeVisible();
    expect(within(pods).getByText('on no node yet')).toBeVisible();
    expect(
      within(pods).getByRole('button', { name: 'Previous log of order-2' }),
    ).toBeVisible();
    expect(screen.queryByText('••••••')).toBeInTheDocument();
  });

  it('says who answers nothing', async () => {
    server.use(
      http.get(`${BASE}/workloads`, () =>
        HttpResponse.json(
          {
            error: {
              name: 'ServiceUnavailableError',
              message: 'kepler is silent',
            },
          },
          { status: 503 },
        ),
      ),
    );
    open();
    expect(await screen.findByText(/kepler is silent/)).toBeInTheDocument();
  });

  it('says when nothing runs the app', async () => {
    server.use(
      http.get(`${BASE}/workloads`, () =>
        HttpResponse.json({ ...LIST, items: [] }),
      ),
    );
    open();
    expect(
      await screen.findByText(/Nothing runs order in wealth/),
    ).toBeInTheDocument();
  });

  it('deploys a tag of the registry', async () => {
    open(opened);
    await userEvent.click(await button('Deploy 5.2.0 to order in wealth-test'));
    expect(await screen.findByText('What it would do')).toBeInTheDocument();
    expect(screen.getByText('Both pods are replaced.')).toBeInTheDocument();
    expect(previews).toEqual([
      {
        action: 'deploy-image',
        input: {
          workload: ORDER.ref,
          container: 'order',
          image: 'registry.example/order:5.2.0',
          pinDigest: false,
        },
      },
    ]);
  });

  it('tells what scanners found, or why that is not known, and scans', async () => {
    open(opened);
    const table = await screen.findByRole('table', { name: 'Images' });
    const [, scanned, unknown] = within(table).getAllByRole('row');
    expect(scanned).toHaveTextContent('release');
    expect(scanned).toHaveTextContent(
      /! 1 critical, 3 high, 9 lowscanned .* · 6 can be mended Scan/,
    );
    expect(unknown).toHaveTextContent('? unknownIt was not scanned yet');
    await userEvent.click(
      within(scanned).getByRole('button', { name: 'Scan 5.2.0' }),
    );
    await waitFor(() =>
      expect(previews).toEqual([
        {
          action: 'scan-image',
          input: {
            workload: ORDER.ref,
            image: 'registry.example/order:5.2.0',
          },
        },
      ]),
    );
  });

  describe('of a workload that Git says', () => {
    const previewed = (action: string, input: object) =>
      waitFor(() => expect(previews.at(-1)).toEqual({ action, input }));
    const deployed = {
      container: 'order',
      image: 'registry.example/order:5.2.0',
      pinDigest: false,
    };

    beforeEach(() => {
      git = IN_GIT;
    });

    it('proposes a merge request first, and can go to the cluster', async () => {
      open(opened);
      await userEvent.click(
        await button('Deploy 5.2.0 to order in wealth-test'),
      );
      await previewed('propose-change', {
        workload: ORDER.ref,
        action: 'deploy-image',
        input: deployed,
      });
      expect(
        screen.getByRole('heading', {
          name: 'Deploy 5.2.0 to order in wealth-test by merge request',
        }),
      ).toBeVisible();
      await userEvent.click(
        screen.getByRole('radio', { name: 'In the cluster, at once' }),
      );
      await previewed('deploy-image', { workload: ORDER.ref, ...deployed });
    });

    it('offers the cluster alone to who may propose nothing', async () => {
      allowed = action => action !== 'propose-change';
      open(opened);
      await userEvent.click(
        await button('Deploy 5.2.0 to order in wealth-test'),
      );
      await previewed('deploy-image', { workload: ORDER.ref, ...deployed });
      expect(screen.queryByRole('radio')).toBeNull();
    });

    it('shows the file and the merge requests, and withdraws one', async () => {
      open(opened);
      const panel = await screen.findByRole('region', { name: 'In Git' });
      expect(
        within(panel).getByRole('link', {
          name: 'platform/manifests: wealth-test/order.yaml',
        }),
      ).toHaveAttribute('href', IN_GIT.place?.url);
      expect(panel).toHaveTextContent('kept by Argo CD (wealth)');
      expect(
        within(panel).getByRole('link', { name: '!3 Deploy order:5.2.0' }),
      ).toHaveAttribute('href', IN_GIT.proposals[0].url);
      expect(panel).toHaveTextContent('waits to be merged');
      await userEvent.click(await button('Withdraw merge request !3'));
      await previewed('withdraw-proposal', {
        workload: ORDER.ref,
        mergeRequest: 3,
      });
    });
  });

  it('asks nothing until something is changed', async () => {
    open(opened);
    await userEvent.click(await button('Scale order in wealth-test'));
    const field = await screen.findByRole('textbox', {
      name: 'Number of pods',
    });
    expect(previews).toEqual([]);
    await userEvent.clear(field);
    await userEvent.type(field, '3{Tab}');
    await waitFor(() =>
      expect(previews).toEqual([
        {
          action: 'scale-workload',
          input: { workload: ORDER.ref, replicas: 3 },
        },
      ]),
    );
  });

  it('sets and removes variables, and keeps what is hidden', async () => {
    open(opened);
    await userEvent.click(
      await button('Environment of order in wealth-test: set'),
    );
    const mode = await screen.findByRole('textbox', { name: 'MODE' });
    expect(screen.getByRole('textbox', { name: 'PASSWORD' })).toHaveValue('');
    await userEvent.clear(mode);
    await userEvent.type(mode, 'slow');
    await waitFor(() =>
      expect(previews.at(-1)).toEqual({
        action: 'set-environment',
        input: {
          workload: ORDER.ref,
          container: 'order',
          set: [{ name: 'MODE', value: 'slow' }],
          remove: [],
        },
      }),
    );
  });

  it('does not offer what is forbidden, and says what needs a second person', async () => {
    allowed = action =>
      action === 'deploy-image' || action === 'restart-workload';
    open(opened);
    expect(await button('Restart order in wealth-test')).toBeInTheDocument();
    expect(
      screen.getByText('A second person must approve: Deploy image'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /^Scale/ })).toBeNull();
    expect(screen.queryByRole('button', { name: /^Delete pod/ })).toBeNull();
  });

  it('names the autoscaler that rules the number of pods', async () => {
    const scaler = {
      kind: 'HorizontalPodAutoscaler' as const,
      name: 'order-hpa',
      sentence: '2 to 4 pods',
    };
    server.use(
      http.get(`${BASE}/workloads/:ref`, () =>
        HttpResponse.json({ ...DETAILS, summary: { ...ORDER, scaler } }),
      ),
    );
    open(opened);
    expect(
      await screen.findByText(/HorizontalPodAutoscaler order-hpa rules/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /^Scale/ })).toBeNull();
  });

  it('follows the log of a pod, and filters it', async () => {
    const asked: string[] = [];
    server.use(
      http.get(`${BASE}/pods/:ref/log/stream`, ({ request, params }) => {
        asked.push(`${params.ref} ${new URL(request.url).searchParams}`);
        const lines = [
          { at: '2026-11-26T12:00:01.5Z', level: 'unknown', text: 'started' },
          { at: '2026-11-26T12:00:02.5Z', level: 'error', text: 'lost it' },
        ];
        const data = JSON.stringify({ lines, skipped: 0, end: 'container' });
        return new HttpResponse(`event: delta\ndata: ${data}\n\n`, {
          headers: { 'Content-Type': 'text/event-stream' },
        });
      }),
    );
    open(opened);
    await userEvent.click(await button('Log of order-1'));
    const log = await screen.findByRole('log', { name: 'Log of order-1' });
    expect(await within(log).findByText('ERROR')).toBeInTheDocument();
    expect(log).toHaveTextContent('started');
    expect(await screen.findByText('The container has ended')).toBeVisible();
    expect(asked).toEqual([
      'kepler/wealth-test/Pod/order-1 container=order&tailLines=500',
    ]);
    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Show lines with' }),
      'LOST',
    );
    await waitFor(() =>
      expect(
        screen.getByRole('log', { name: 'Log of order-1' }),
      ).not.toHaveTextContent('started'),
    );
    expect(screen.getByText('1 of 2 lines')).toBeInTheDocument();
  });
});
