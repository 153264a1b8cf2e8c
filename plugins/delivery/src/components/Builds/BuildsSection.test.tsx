import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import type { BuildsResponse } from '@orrery/backstage-plugin-delivery-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { BUILDS, buildSample, SOURCE } from '../../__testUtils__/builds';
import {
  DELIVERY,
  permit,
  renderDelivery,
} from '../../__testUtils__/renderDelivery';
import { useBranchBuilds } from '../../hooks/useBranchBuilds';
import { BuildsSection } from './BuildsSection';

const PLACE = { cluster: 'kepler', namespace: 'wealth', app: 'order' };

function Builds() {
  const { shown, choose } = useBranchBuilds(PLACE);
  return <BuildsSection place={PLACE} builds={shown} onBranch={choose} />;
}

const event = (id: number, text: string, isEnd = false) =>
  `event: delta\nid: ${id}\ndata: ${JSON.stringify({ text, isEnd })}\n\n`;

const stream = (text: string) =>
  new HttpResponse(text, { headers: { 'Content-Type': 'text/event-stream' } });

describe('BuildsSection', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  const previews: unknown[] = [];

  beforeEach(() => {
    previews.length = 0;
    // Nothing has a height here, and of a list without one no line is in sight.
    jest
      .spyOn(HTMLElement.prototype, 'offsetHeight', 'get')
      .mockReturnValue(360);
    server.use(
      permit(),
      http.get(`${DELIVERY}/source`, () => HttpResponse.json(SOURCE)),
      http.get(`${DELIVERY}/builds/:number`, ({ params }) =>
        HttpResponse.json({
          build: buildSample({ number: Number(params.number) }),
          stages: [
            { name: 'Compile', state: 'succeeded', durationMilliseconds: 2000 },
            { name: 'Push', state: 'running', durationMilliseconds: 500 },
          ],
        }),
      ),
      http.get(`${DELIVERY}/builds/:number/log/stream`, () =>
        stream(event(6, 'Begun\n', true)),
      ),
      http.post(
        `${DELIVERY}/actions/:action/preview`,
        async ({ request, params }) => {
          const { input } = (await request.json()) as { input: object };
          previews.push({ action: params.action, input });
          return HttpResponse.json({
            action: params.action,
            target: 'kepler/wealth/service/order',
            summary: 'What it would do',
            before: '',
            after: 'job: order.wealth\n',
            blastRadius: { sentences: [] },
            resourceVersion: '1',
            warnings: [],
          });
        },
      ),
    );
  });

  afterEach(() => jest.restoreAllMocks());

  function show(answer: Partial<BuildsResponse> = {}, path = '/') {
    server.use(
      http.get(`${DELIVERY}/builds`, () =>
        HttpResponse.json({ ...BUILDS, ...answer }),
      ),
    );
    renderDelivery(<Builds />, path);
  }

  it('lists what was built, and what waits and why', async () => {
    show({
      queue: [
        {
          id: 3,
          why: 'Waiting for the next executor',
          isStuck: true,
          parameters: { TAG: '5.3.0' },
        },
      ],
      builds: [
        buildSample({ number: 8, state: 'failed' }),
        buildSample({ estimatedMilliseconds: undefined }),
      ],
    });
    const table = await screen.findByRole('table', { name: 'Builds' });
    const [, failed, succeeded] = within(table).getAllByRole('row');
    expect(failed).toHaveTextContent('✕ Failed');
    expect(failed).toHaveTextContent('TAG 5.2.0');
    expect(failed).toHaveTextContent('abcdef12');
    expect(failed).toHaveTextContent('1 min 2 susually 1 min 0 s');
    expect(failed).toHaveTextContent('Started by user Lin Yue');
    expect(succeeded).toHaveTextContent('how long is usual is not known');
    const queue = screen.getByRole('region', { name: 'Queue' });
    expect(queue).toHaveTextContent('! StuckWaiting for the next executor');
  });

  it('opens one by keyboard, with its stages and its log', async () => {
    show();
    const toggle = await screen.findByRole('button', {
      name: 'Build 7: stages and log',
    });
    toggle.focus();
    await userEvent.keyboard('{Enter}');
    expect(toggle).toHaveAttribute('aria-expanded', 'true');
    const stages = await screen.findByRole('region', { name: 'Stages' });
    expect(
      (await within(stages).findAllByRole('listitem')).map(
        ({ textContent }) => textContent,
      ),
    ).toEqual(['Compile✓ Succeeded 2 s', 'Push▸ Running 500 ms']);
    expect(await screen.findByText('Begun')).toBeInTheDocument();
    expect(screen.getByText(/this is all of its log/)).toBeInTheDocument();
  });

  it('goes on with a log where the line broke, and doubles nothing', async () => {
    const asked: (string | null)[] = [];
    server.use(
      http.get(`${DELIVERY}/builds/:number/log/stream`, ({ request }) => {
        asked.push(request.headers.get('last-event-id'));
        return stream(
          asked.length === 1
            ? event(6, 'first\nsec')
            : event(16, 'ond\nFinished: SUCCESS\n', true),
        );
      }),
    );
    show({ builds: [buildSample({ state: 'running' })] });
    // The one that runs is open by itself.
    expect(await screen.findByRole('progressbar')).toBeInTheDocument();
    await screen.findByText('Finished: SUCCESS', undefined, { timeout: 4000 });
    expect(asked).toEqual([null, '6']);
    expect(screen.getAllByText('first')).toHaveLength(1);
    expect(screen.getByText('second')).toBeInTheDocument();
    expect(screen.queryByText('sec')).not.toBeInTheDocument();
  });

  it('asks for the parameters of the job, and leaves secrets out', async () => {
    show();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Build order' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('KEY is a secret');
    expect(
      await within(dialog).findByRole('button', { name: /Pick TAG/ }),
    ).toBeInTheDocument();
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: 'TAG' }),
      '5.2.0',
    );
    await userEvent.click(
      within(dialog).getByRole('checkbox', { name: 'DRY' }),
    );
    await waitFor(() =>
      expect(previews.at(-1)).toEqual({
        action: 'start-build',
        input: { ...PLACE, parameters: { TAG: '5.2.0', DRY: 'true' } },
      }),
    );
    expect(
      within(dialog).getByRole('button', {
        name: 'Build order with order.wealth',
      }),
    ).toBeDisabled();
  });

  it('aborts the build that is meant', async () => {
    show({
      builds: [
        buildSample({ number: 9, state: 'running' }),
        buildSample({ number: 8, state: 'running' }),
        buildSample(),
      ],
    });
    const buttons = await screen.findAllByRole('button', { name: /^Abort/ });
    expect(buttons).toHaveLength(2);
    await userEvent.click(
      screen.getByRole('button', { name: 'Abort build 8' }),
    );
    expect(
      await screen.findByRole('button', {
        name: 'Abort build 8 of order.wealth',
      }),
    ).toBeInTheDocument();
    expect(previews).toEqual([
      { action: 'abort-build', input: { ...PLACE, number: 8 } },
    ]);
  });

  it('shows the branches of a multibranch job, and builds the one that is chosen', async () => {
    const branches = [
      {
        name: 'main',
        title: 'main',
        isPrimary: true,
        lastBuild: buildSample(),
      },
      { name: 'feature%2Fpay', title: 'feature/pay', isPrimary: false },
    ];
    const asked: (string | null)[] = [];
    server.use(
      http.get(`${DELIVERY}/builds`, ({ request }) => {
        const branch = new URL(request.url).searchParams.get('branch');
        asked.push(branch);
        return HttpResponse.json({
          ...BUILDS,
          branches,
          branch: branch ?? 'main',
          builds: branch ? [] : BUILDS.builds,
        });
      }),
    );
    renderDelivery(<Builds />, '/');
    const list = await screen.findByRole('region', { name: 'Branches' });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual([
      expect.stringMatching(/^● mainprimary✓ Succeeded #7/),
      '○ feature/paynever built',
    ]);
    await userEvent.click(
      within(list).getByRole('button', { name: 'feature/pay' }),
    );
    await screen.findByText('Nothing was built yet.');
    expect(asked).toEqual([null, 'feature%2Fpay']);
    await userEvent.click(screen.getByRole('button', { name: 'Build order' }));
    await screen.findByRole('button', {
      name: 'Build order with order.wealth, branch feature/pay',
    });
    await waitFor(() =>
      expect(previews.at(-1)).toEqual({
        action: 'start-build',
        input: { ...PLACE, branch: 'feature%2Fpay', parameters: {} },
      }),
    );
  });

  it('takes what waits from the queue', async () => {
    show({
      queue: [
        {
          id: 41,
          why: 'Waiting for next available executor',
          isStuck: false,
          parameters: {},
        },
      ],
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Take 41 from the queue' }),
    );
    expect(
      await screen.findByRole('button', {
        name: 'Take 41 of order.wealth from the queue',
      }),
    ).toBeInTheDocument();
    expect(previews).toEqual([
      { action: 'cancel-build', input: { ...PLACE, id: 41 } },
    ]);
  });

  it.each([
    ['absent', 'Jenkins has no job order.wealth'],
    ['failed', 'Jenkins does not answer'],
  ] as const)(
    'says that Jenkins is %s, and asks again',
    async (state, reason) => {
      show({
        isBuildable: false,
        parameters: [],
        builds: [],
        provenance: {
          sources: [{ name: 'jenkins', state, reason }],
          warnings: [],
        },
      });
      expect(await screen.findByText(new RegExp(reason))).toBeInTheDocument();
      expect(
        screen.queryByRole('button', { name: 'Build order' }),
      ).not.toBeInTheDocument();
      server.use(
        http.get(`${DELIVERY}/builds`, () => HttpResponse.json(BUILDS)),
      );
      await userEvent.click(
        screen.getByRole('button', { name: /again|retry/i }),
      );
      expect(
        await screen.findByRole('table', { name: 'Builds' }),
      ).toBeInTheDocument();
    },
  );

  it('says why one may not build', async () => {
    server.use(
      permit({
        'start-build': {
          allowed: false,
          needsApproval: false,
          reason: 'Only owners build',
        },
      }),
    );
    show();
    expect(
      await screen.findByText('You may not build it: Only owners build'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Build order' }),
    ).not.toBeInTheDocument();
  });
});
