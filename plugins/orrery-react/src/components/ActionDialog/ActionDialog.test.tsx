import {
  mockApis,
  registerMswTestHooks,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import type {
  ActionPreview,
  ActionRunRequest,
  Activity,
} from '@orrery/backstage-plugin-orrery-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { useState } from 'react';
import { refuse } from '../../__testUtils__/refuse';
import { OrreryClient, orreryApiRef } from '../../api';
import { ActionDialog } from './ActionDialog';

const BASE = 'http://example.com/api/orrery';
const ACTION = `${BASE}/actions/restart-workload`;
const INPUT = { workload: 'kepler/wealth/Deployment/order' };

const PREVIEW: ActionPreview = {
  action: 'restart-workload',
  target: INPUT.workload,
  summary: 'Restart Deployment order: replaces 1 pod',
  before: 'replicas: 1\n',
  after: 'replicas: 1\nrestartedAt: now\n',
  blastRadius: { pods: 1, sentences: ['There is one pod only.'] },
  resourceVersion: '41',
  warnings: [],
};

const ROW: Activity = {
  id: 'row-1',
  startedAt: '2026-01-01T00:00:00Z',
  actor: 'user:default/guest',
  action: 'restart-workload',
  target: INPUT.workload,
  reason: 'It leaks',
  summary: PREVIEW.summary,
  before: '',
  after: '',
  state: 'running',
  message: '0 of 1 pods replaced',
  undo: 'Nothing to take back',
};

describe('ActionDialog', () => {
  const server = setupServer();
  registerMswTestHooks(server);

  const runs: ActionRunRequest[] = [];
  const previews: unknown[] = [];
  let preview: ActionPreview;

  beforeEach(() => {
    runs.length = 0;
    previews.length = 0;
    preview = PREVIEW;
    server.use(
      http.post(`${ACTION}/preview`, async ({ request }) => {
        previews.push(await request.json());
        return HttpResponse.json(preview);
      }),
    );
  });

  /** Answers runs one after the other. */
  function answerRuns(...answers: (() => Response)[]) {
    server.use(
      http.post(`${ACTION}/run`, async ({ request }) => {
        runs.push((await request.json()) as ActionRunRequest);
        return answers[runs.length - 1]();
      }),
    );
  }

  const accepted = () => HttpResponse.json(ROW, { status: 202 });

  /** The dialog with a field that edits its input; empty means not filled. */
  function EditedDialog(props: { onClose: () => void; workload: string }) {
    const [workload, setWorkload] = useState(props.workload);
    return (
      <ActionDialog
        title="Restart order"
        pluginId="orrery"
        action="restart-workload"
        input={workload === '' ? undefined : { workload }}
        onClose={props.onClose}
      >
        <input
          aria-label="Workload"
          value={workload}
          onChange={event => setWorkload(event.target.value)}
        />
      </ActionDialog>
    );
  }

  function open(workload = INPUT.workload) {
    const onClose = jest.fn();
    renderInTestApp(<EditedDialog onClose={onClose} workload={workload} />, {
      apis: [
        [
          orreryApiRef,
          new OrreryClient({
            discoveryApi: mockApis.discovery(),
            fetchApi: { fetch: (...request) => fetch(...request) },
          }),
        ],
      ],
    });
    return onClose;
  }

  const restart = () => screen.findByRole('button', { name: 'Restart order' });
  const reason = () => screen.findByRole('textbox', { name: /Reason/ });

  it('previews, asks why, runs and follows to the end', async () => {
    let message = ROW.message;
    let state: Activity['state'] = 'running';
    server.use(
      http.get(`${BASE}/activity/row-1`, () =>
        HttpResponse.json({ ...ROW, state, message }),
      ),
    );
    answerRuns(accepted);
    const onClose = open();
    expect(await screen.findByText(PREVIEW.summary)).toBeInTheDocument();
    expect(screen.getByText('There is one pod only.')).toBeInTheDocument();
    expect(screen.getByText(/restartedAt: now/)).toBeInTheDocument();
    expect(await restart()).toBeDisabled();

    await userEvent.type(await reason(), '   ');
    expect(await restart()).toBeDisabled();
    await userEvent.type(await reason(), 'It leaks ');
    await userEvent.click(await restart());
    expect(await screen.findByText('Running')).toBeInTheDocument();
    expect(screen.getByText(/0 of 1 pods replaced/)).toBeInTheDocument();
    expect(runs).toEqual([
      {
        input: INPUT,
        reason: 'It leaks',
        resourceVersion: '41',
        idempotencyKey: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    ]);

    message = 'All pods run anew';
    state = 'succeeded';
    expect(
      await screen.findByText('Done', undefined, { timeout: 4000 }),
    ).toBeInTheDocument();
    expect(
      screen.getByText('All pods run anew. To undo: Nothing to take back'),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByText('Close'));
    expect(onClose).toHaveBeenCalledTimes(1);
    expect(previews).toEqual([{ input: INPUT }]);
  });

  it('wants the name typed where a slip is costly', async () => {
    preview = { ...PREVIEW, typedConfirmation: 'order' };
    answerRuns(accepted);
    open();
    await userEvent.type(await reason(), 'It leaks');
    const typed = screen.getByRole('textbox', {
      name: 'Type order to confirm',
    });
    await userEvent.type(typed, 'orde');
    expect(await restart()).toBeDisabled();
    await userEvent.type(typed, 'r');
    await userEvent.click(await restart());
    await waitFor(() =>
      expect(runs).toEqual([
        expect.objectContaining({ typedConfirmation: 'order' }),
      ]),
    );
  });

  it('asks for a second person where one is needed, and waits', async () => {
    preview = {
      ...PREVIEW,
      needsApproval: true,
      warnings: [{ code: 'drift', message: 'GitOps will put it back' }],
    };
    let row: Activity = { ...ROW, state: 'waiting', message: 'Nobody yet' };
    server.use(
      http.get(`${BASE}/activity/row-1`, () => HttpResponse.json(row)),
    );
    answerRuns(() => HttpResponse.json(row, { status: 202 }));
    open();
    expect(await screen.findByText('Needs a second person')).toBeVisible();
    expect(screen.getByText('GitOps will put it back')).toBeVisible();
    await userEvent.type(await reason(), 'It leaks');
    await userEvent.click(
      screen.getByRole('button', { name: 'Ask for approval: Restart order' }),
    );
    expect(await screen.findByText('Waits for a second person')).toBeVisible();
    row = { ...ROW, state: 'rejected', message: 'Rejected by priya: no' };
    expect(
      await screen.findByText('Rejected', undefined, { timeout: 4000 }),
    ).toBeVisible();
  });

  it('previews again after a conflict, with a key of its own', async () => {
    answerRuns(
      () => refuse(409, 'order has changed: preview it again'),
      accepted,
    );
    open();
    await userEvent.type(await reason(), 'It leaks');
    await userEvent.click(await restart());
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'order has changed: preview it again',
    );
    expect(await reason()).toHaveValue('It leaks');
    preview = { ...PREVIEW, resourceVersion: '42' };
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await userEvent.click(await restart());
    expect(await screen.findByText('Running')).toBeInTheDocument();
    expect(runs.map(run => run.resourceVersion)).toEqual(['41', '42']);
    expect(runs[0].idempotencyKey).not.toBe(runs[1].idempotencyKey);
  });

  it('presses the same run twice with one key', async () => {
    answerRuns(() => HttpResponse.error(), accepted);
    open();
    await userEvent.type(await reason(), 'It leaks');
    await userEvent.click(await restart());
    expect(await screen.findByRole('alert')).toBeInTheDocument();
    await userEvent.click(await restart());
    expect(await screen.findByText('Running')).toBeInTheDocument();
    expect(runs[0].idempotencyKey).toBe(runs[1].idempotencyKey);
  });

  it('asks the cluster nothing until the fields are filled', async () => {
    open('');
    expect(await screen.findByText('Cancel')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Restart order' }),
    ).not.toBeInTheDocument();
    expect(previews).toEqual([]);
    await userEvent.click(screen.getByRole('textbox', { name: 'Workload' }));
    await userEvent.paste('order');
    expect(await restart()).toBeDisabled();
    expect(previews).toEqual([{ input: { workload: 'order' } }]);
    await userEvent.clear(screen.getByRole('textbox', { name: 'Workload' }));
    await waitFor(() =>
      expect(
        screen.queryByRole('button', { name: 'Restart order' }),
      ).not.toBeInTheDocument(),
    );
    expect(previews).toHaveLength(1);
  });

  it('locks its fields once started, starts once, and may be tried again', async () => {
    let answer: (response: Response) => void = () => undefined;
    server.use(
      http.post(`${ACTION}/run`, async ({ request }) => {
        runs.push((await request.json()) as ActionRunRequest);
        return new Promise<Response>(resolve => {
          answer = resolve;
        });
      }),
    );
    open();
    await userEvent.type(await reason(), 'It leaks');
    await userEvent.dblClick(await restart());
    await waitFor(() => expect(runs).toHaveLength(1));
    const workload = screen.getByRole('textbox', { name: 'Workload' });
    expect(workload).toBeDisabled();
    expect(await reason()).toBeDisabled();

    answer(refuse(503, 'The cluster does not answer'));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The cluster does not answer',
    );
    expect(workload).toBeEnabled();
    expect(await reason()).toHaveValue('It leaks');
    await userEvent.click(await restart());
    await waitFor(() => expect(runs).toHaveLength(2));
    answer(accepted());
    expect(await screen.findByText('Running')).toBeInTheDocument();
    expect(workload).not.toBeInTheDocument();
    expect(previews).toHaveLength(1);
    expect(runs[1]).toEqual(runs[0]);
  });

  it('says why it may not be previewed, and offers nothing to press', async () => {
    server.use(
      http.post(`${ACTION}/preview`, () => refuse(403, 'You may not do this')),
    );
    open();
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'You may not do this',
    );
    expect(
      screen.queryByRole('button', { name: 'Restart order' }),
    ).not.toBeInTheDocument();
    expect(screen.getByText('Close')).toBeInTheDocument();
  });
});
