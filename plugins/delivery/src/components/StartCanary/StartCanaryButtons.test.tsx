import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import type { ActionPreview } from '@orrery/backstage-plugin-orrery-common';
import type {
  CanaryStart,
  CanarySummary,
  WorkloadSummary,
} from '@orrery/backstage-plugin-delivery-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import {
  canarySummarySample,
  workloadSample,
} from '../../__testUtils__/deliverySamples';
import {
  DELIVERY,
  permit,
  refusal,
  renderDelivery,
} from '../../__testUtils__/renderDelivery';
import { usualSteps, type UsualSteps } from '../../model/usualSteps';
import { StartCanaryButtons } from './StartCanaryButtons';

const NAME = 'Start a canary of payment';
const REF = 'kepler/wealth/Deployment/payment';
const PREVIEW: ActionPreview = {
  action: 'start-canary',
  target: REF,
  summary: 'Start a canary of 1.9.0',
  before: 'a: 1\n',
  after: 'a: 2\n',
  blastRadius: { pods: 1, sentences: [] },
  resourceVersion: '5',
  warnings: [],
};

const POSSIBLE: CanaryStart = {
  workload: REF,
  state: 'possible',
  routing: {
    kind: 'HTTPRoute',
    service: 'payment',
    httpRoute: { name: 'payment' },
    services: { stable: 'payment-stable', canary: 'payment-canary' },
  },
};

const annotated = (steps: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'payment',
    annotations: { 'orrery.dev/canary-steps': steps },
  },
});

/** Answers whether a canary could be started. */
const startable = (start: CanaryStart) =>
  http.get(`${DELIVERY}/canary-starts`, ({ request }) => {
    const asked = new URL(request.url).searchParams.get('workloads');
    return HttpResponse.json({ items: asked === REF ? [start] : [] });
  });

describe('StartCanaryButtons', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  const previews: { input: Record<string, unknown> }[] = [];

  beforeEach(() => {
    previews.length = 0;
    server.use(
      permit(),
      startable(POSSIBLE),
      http.post(
        `${DELIVERY}/actions/start-canary/preview`,
        async ({ request }) => {
          previews.push((await request.json()) as (typeof previews)[number]);
          return HttpResponse.json(PREVIEW);
        },
      ),
      http.get(`${DELIVERY}/images`, () =>
        HttpResponse.json({
          repository: 'registry.example/payment',
          container: 'payment',
          items: [],
          total: 0,
          isScanning: false,
          provenance: {
            sources: [
              { name: 'registry', state: 'failed', reason: 'it is down' },
            ],
            warnings: [],
          },
        }),
      ),
    );
  });

  function open(
    workloads: WorkloadSummary[] = [workloadSample()],
    canaries: CanarySummary[] = [],
    usual?: UsualSteps,
  ) {
    renderDelivery(
      <StartCanaryButtons
        workloads={workloads}
        canaries={canaries}
        usual={usual}
        onClosed={() => undefined}
      />,
    );
  }

  const press = async () => {
    const button = await screen.findByRole('button', { name: NAME });
    await waitFor(() => expect(button).toBeEnabled());
    await userEvent.click(button);
    return screen.findByRole('dialog');
  };

  it('says why there is none where several Deployments run side by side', async () => {
    const one = workloadSample();
    open([
      { ...one, ref: `${one.ref}-v1`, name: 'payment-v1' },
      { ...one, ref: `${one.ref}-v2`, name: 'payment-v2' },
    ]);
    expect(
      await screen.findByText(
        'No canary of payment can be started in wealth: payment-v1, payment-v2 run side by side, and a canary needs one Deployment behind the Service.',
      ),
    ).toBeVisible();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('begins with the steps that the service says of itself', async () => {
    open(undefined, undefined, { steps: [{ kind: 'weight', weight: 3 }] });
    const dialog = await press();
    expect(
      within(dialog).getByText(
        'These steps are those that the service says of itself.',
      ),
    ).toBeVisible();
    await waitFor(() =>
      expect(previews.at(-1)?.input.steps).toEqual([
        { kind: 'weight', weight: 3 },
      ]),
    );
  });

  it('says why steps that a service says of itself cannot be read', async () => {
    open(undefined, undefined, usualSteps(annotated('5%, later')));
    const dialog = await press();
    expect(
      within(dialog).getByText(
        /cannot be read: orrery.dev\/canary-steps: expected .* got "later"/,
      ),
    ).toBeVisible();
    expect(usualSteps(annotated('5%'))?.steps).toEqual([
      { kind: 'weight', weight: 5 },
    ]);
  });

  it('previews the plan that the form says, again with every change', async () => {
    open();
    const dialog = await press();
    await waitFor(() => expect(previews).toHaveLength(1));
    expect(
      await within(dialog).findByText(/Tags cannot be listed: it is down/),
    ).toBeVisible();

    const image = within(dialog).getByRole('textbox', { name: /Image/ });
    await userEvent.clear(image);
    await userEvent.click(image);
    await userEvent.paste('registry.example/payment:1.9.0');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Quick: 20, 50 %' }),
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Remove step 4' }),
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: '+ Approval' }),
    );
    await waitFor(() =>
      expect(previews.at(-1)?.input).toEqual({
        workload: 'kepler/wealth/Deployment/payment',
        image: 'registry.example/payment:1.9.0',
        replicas: 1,
        steps: [
          { kind: 'weight', weight: 20 },
          { kind: 'pause', seconds: 300 },
          { kind: 'weight', weight: 50 },
          { kind: 'approval' },
        ],
        analysis: {
          intervalSeconds: 30,
          maximumErrorIncreasePoints: 0.5,
          maximumP95IncreasePercent: 20,
          metrics: [],
        },
        onFailure: 'abort',
        onSuccess: 'wait',
        deadlineSeconds: 86_400,
      }),
    );
  }, 20_000);

  it('says beside the step what is wrong, and what the server refuses', async () => {
    server.use(
      http.post(`${DELIVERY}/actions/start-canary/preview`, () =>
        refusal(400, 'steps[0].weight: expected at least 20'),
      ),
    );
    open();
    const dialog = await press();
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Quick: 20, 50 %' }),
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Move step 3 up' }),
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Move step 2 up' }),
    );
    const step = within(dialog).getByRole('listitem', {
      name: 'Step 2: Weight',
    });
    expect(within(step).getByRole('alert')).toHaveTextContent(
      'at least 50, the weight before it',
    );
    expect(
      await within(dialog).findByText('steps[0].weight: expected at least 20'),
    ).toBeInTheDocument();
  });

  it('is not offered where a canary is under way, and not for what others release', async () => {
    open(
      [
        workloadSample(),
        workloadSample({
          ref: 'kepler/wealth/Deployment/payment-canary',
          name: 'payment-canary',
        }),
        workloadSample({
          ref: 'kepler/wealth/Rollout/quote',
          name: 'quote',
          kind: 'Rollout',
        }),
        workloadSample({
          ref: 'kepler/wealth/Deployment/order',
          name: 'order',
          canary: 'kepler/wealth/Canary/order',
        }),
      ],
      [canarySummarySample()],
    );
    const button = await screen.findByRole('button', { name: NAME });
    expect(button).toBeDisabled();
    expect(button).toHaveAccessibleDescription(
      'Not here: a canary is under way',
    );
    expect(screen.getAllByRole('button')).toHaveLength(1);
  });

  it('says who may where I may not', async () => {
    server.use(
      permit({
        'start-canary': {
          allowed: false,
          needsApproval: false,
          reason: 'only its owners may',
        },
      }),
    );
    open();
    expect(await screen.findByText('only its owners may')).toBeVisible();
    expect(screen.getByRole('button', { name: NAME })).toBeDisabled();
  });

  it.each<[string, CanaryStart, string]>([
    [
      'what it would need',
      {
        workload: REF,
        state: 'refused',
        reason: 'a Deployment whose pods carry the label `version`',
      },
      'Not here: a canary needs a Deployment whose pods carry the label `version`',
    ],
    [
      'that it is not known',
      { workload: REF, state: 'unknown', reason: 'nobody answers' },
      'Whether a canary is possible is not known: nobody answers',
    ],
  ])(
    'is not to be pressed where the server would refuse, and says %s',
    async (_, start, sentence) => {
      server.use(startable(start));
      open();
      expect(await screen.findByText(sentence)).toBeVisible();
      const button = screen.getByRole('button', { name: NAME });
      expect(button).toBeDisabled();
      expect(button).toHaveAccessibleDescription(sentence);
    },
  );

  it('says that it is not known where nobody answers', async () => {
    server.use(
      http.get(`${DELIVERY}/canary-starts`, () => refusal(503, 'it is down')),
    );
    open();
    expect(
      await screen.findByText(
        'Whether a canary is possible is not known: it is down',
      ),
    ).toBeVisible();
    expect(screen.getByRole('button', { name: NAME })).toBeDisabled();
  });
});
