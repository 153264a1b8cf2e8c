import { NotFoundError, NotImplementedError } from '@backstage/errors';
import type {
  Activity,
  ActivityList,
  ScopeResponse,
} from '@orrery/backstage-plugin-orrery-common';
import type { OrreryApi } from '@orrery/backstage-plugin-orrery-react';

const MINUTE = 60_000;

function restart(
  id: string,
  minutesAgo: number,
  ending: Pick<Activity, 'state' | 'message'>,
): Activity {
  const started = Date.now() - minutesAgo * MINUTE;
  return {
    id,
    startedAt: new Date(started).toISOString(),
    finishedAt:
      ending.state === 'running'
        ? undefined
        : new Date(started + MINUTE / 2).toISOString(),
    actor: 'user:default/fixture',
    action: 'restart-workload',
    target: `fixtures/shop/Deployment/${id}`,
    reason: 'A fixture: nobody restarted anything',
    summary: `Restarts the pods of ${id} one after another`,
    before: '',
    after: '',
    undo: 'A restart cannot be taken back',
    ...ending,
  };
}

/** A log with one activity of each state, and no way to add to it. */
export class FixtureOrreryApi implements OrreryApi {
  readonly #activities = [
    restart('cart', 0, { state: 'running', message: '1 of 2 pods is new' }),
    restart('catalog', 12, { state: 'succeeded', message: '2 pods are new' }),
    restart('payment', 90, {
      state: 'failed',
      message: 'No new pod became ready in time',
    }),
  ];

  async scope(): Promise<ScopeResponse> {
    return {
      clusters: [
        {
          name: 'fixtures',
          title: 'Fixtures',
          prometheus: false,
          namespaces: [{ name: 'shop', dataPlane: 'sidecar' }],
        },
      ],
      readOnly: true,
      sources: [{ name: 'fixtures', state: 'ok' }],
      warnings: [],
    };
  }

  async activities(
    options: { limit?: number; target?: string } = {},
  ): Promise<ActivityList> {
    const { limit, target } = options;
    return {
      items: this.#activities
        .filter(activity => !target || activity.target === target)
        .slice(0, limit),
    };
  }

  async activity(id: string): Promise<Activity> {
    const activity = this.#activities.find(candidate => candidate.id === id);
    if (!activity) {
      throw new NotFoundError(`The fixtures have no activity ${id}`);
    }
    return activity;
  }

  async previewAction(): Promise<never> {
    throw new NotImplementedError('Nothing can be changed on fixtures');
  }

  async runAction(): Promise<never> {
    throw new NotImplementedError('Nothing can be changed on fixtures');
  }

  async permitted(): Promise<never[]> {
    return [];
  }

  async decidable(): Promise<never[]> {
    return [];
  }

  async decideApproval(): Promise<never> {
    throw new Error('Nothing waits on fixtures');
  }
}
