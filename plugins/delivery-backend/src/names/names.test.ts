import {
  KubernetesError,
  RESOURCE_TYPES,
} from '@orrery/backstage-plugin-orrery-node';
import { parseWith } from '@orrery/backstage-plugin-orrery-common';
import { MemoryCluster } from '../__testUtils__/MemoryCluster';
import { playHttp } from '../__testUtils__/playHttp';
import type { BuildTools } from '../builds/types';
import { createImageProjectAction } from '../registry/createImageProjectAction';
import { NameChecks } from './NameChecks';
import { ServiceInventories } from './ServiceInventories';
import type { NamesOfService } from './ServiceNames';

const place = { cluster: 'kepler', namespace: 'wealth', app: 'coupon' };
const NAMES: NamesOfService = {
  ref: 'kepler/wealth/service/coupon',
  system: 'wealth',
  job: 'coupon.wealth',
  project: 'wealth/coupon',
  image: 'wealth/coupon',
};

const service = (name: string, labels: Record<string, string> = {}) => ({
  metadata: { name, namespace: 'wealth', labels },
});

describe('names of a service', () => {
  let cluster: MemoryCluster;
  let tools: BuildTools;
  let there: { project: boolean; job: boolean };
  let tags: string[] | Error;
  let isAbsent = false;

  beforeEach(() => {
    cluster = new MemoryCluster();
    cluster.put(RESOURCE_TYPES.namespaces, { metadata: { name: 'wealth' } });
    there = { project: false, job: false };
    tags = [];
    isAbsent = false;
    tools = {
      client: cluster,
      names: { of: async () => NAMES },
      jenkins: { job: async () => (there.job ? {} : undefined) },
      gitlab: { project: async () => (there.project ? {} : undefined) },
    } as unknown as BuildTools;
  });

  // Namespaces are found by name alone.
  const check = (more: object = {}) =>
    new NameChecks(tools, {
      inspect: async () => ({ state: 'unknown', reason: 'not asked' }),
      tags: async () =>
        tags instanceof Error
          ? {
              state: isAbsent ? 'absent' : 'unknown',
              reason: tags.message,
            }
          : { state: 'ok', tags },
    }).check(place, NAMES, {
      image: 'registry.example/wealth/coupon',
      ...more,
    });

  const states = async (more: object = {}) =>
    Object.fromEntries(
      (await check(more)).map(({ what, state, reason }) => [
        what,
        reason ? `${state}: ${reason}` : state,
      ]),
    );

  it('are free where nobody has them', async () => {
    expect(await states({ host: 'coupon.example' })).toEqual({
      'Catalog component': 'free',
      'Namespace and its objects': 'free',
      'GitLab project': 'free',
      'Jenkins job': 'free',
      Images: 'free',
      Host: 'free',
    });
  });

  it('are taken, each with what has it', async () => {
    there = { project: true, job: true };
    tags = ['1', '2'];
    cluster.put(RESOURCE_TYPES.services, service('coupon'));
    cluster.put(RESOURCE_TYPES.deployments, service('coupon'));
    cluster.put(RESOURCE_TYPES.virtualServices, {
      metadata: { name: 'shop', namespace: 'loan' },
      spec: { hosts: ['coupon.example'] },
    });
    expect(
      await states({
        host: 'coupon.example',
        entityRef: 'component:default/coupon',
      }),
    ).toEqual({
      'Catalog component': 'taken: component:default/coupon is in the catalog',
      'Namespace and its objects': 'taken: There is a Deployment, a Service',
      'GitLab project': 'taken: There is a project of that name',
      'Jenkins job': 'taken: There is a job of that name',
      Images: 'taken: It has 2 images',
      Host: 'taken: VirtualService shop in loan serves it',
    });
  });

  it('are not known where a system does not answer, each by itself', async () => {
    cluster.beforeRequest = () => {
      throw new KubernetesError('kepler', 503, 'Unreachable', 'Nobody home');
    };
    tools = {
      ...tools,
      gitlab: {
        project: async () => {
          throw new Error('GitLab cannot be reached');
        },
      },
    } as unknown as BuildTools;
    tags = new Error('registry.example cannot be reached');
    expect(await states()).toEqual({
      'Catalog component': 'free',
      'Namespace and its objects': 'unknown: Nobody home',
      'GitLab project': 'unknown: GitLab cannot be reached',
      'Jenkins job': 'free',
      Images: 'unknown: registry.example cannot be reached',
    });
  });

  it('say that a registry without the repository has room', async () => {
    tags = new Error('registry.example does not have it');
    isAbsent = true;
    expect((await states()).Images).toBe('free');
  });

  it('list what there is of a service, and leave what is another’s', async () => {
    there = { project: true, job: true };
    cluster.put(RESOURCE_TYPES.services, service('coupon'));
    cluster.put(
      RESOURCE_TYPES.services,
      service('coupon-admin', { app: 'coupon' }),
    );
    cluster.put(RESOURCE_TYPES.services, service('coupon-old'));
    cluster.put(
      RESOURCE_TYPES.services,
      service('coupon-x', { app: 'voucher' }),
    );
    cluster.put(
      RESOURCE_TYPES.services,
      service('coupon-claimed', { app: 'coupon' }),
    );
    cluster.put(RESOURCE_TYPES.virtualServices, service('coupon'));
    cluster.put(RESOURCE_TYPES.deployments, {
      metadata: {
        ...service('coupon').metadata,
        ownerReferences: [
          { kind: 'Rollout', name: 'coupon', controller: true },
        ],
      },
    });
    const inventory = await new ServiceInventories(tools, {
      resolve: async ref => ({
        ref,
        cluster: 'kepler',
        namespace: 'wealth',
        environment: 'production',
        kind: '',
        name: '',
        owners: [],
        ...(ref.endsWith('claimed') && {
          entityRef: 'component:default/coupon-claimed',
        }),
      }),
    }).read(place);
    expect(inventory).toEqual({
      objects: [
        {
          apiVersion: 'networking.istio.io/v1',
          kind: 'VirtualService',
          name: 'coupon',
        },
        { apiVersion: 'v1', kind: 'Service', name: 'coupon-admin' },
        { apiVersion: 'v1', kind: 'Service', name: 'coupon' },
      ],
      unknown: [],
      job: 'coupon.wealth',
      project: 'wealth/coupon',
    });
  });
});

describe('the project of images', () => {
  const names = {
    refOf: () => NAMES.ref,
    of: async () => NAMES,
  } as never;
  const drive = async (
    registry: Parameters<typeof createImageProjectAction>[0]['registry'],
  ) => {
    const action = createImageProjectAction({ names, registry });
    const input = parseWith(action.input, place, 'input');
    const { summary } = await action.preview(input);
    await action.run(input, { resourceVersion: '', actor: '', reason: '' });
    const { state } = await action.verify(input, {
      signal: AbortSignal.timeout(1000),
      report: () => undefined,
    });
    return { summary, state };
  };

  it('is made in a Harbor, once', async () => {
    const harbor = await playHttp({
      'POST /api/v2.0/projects': body => {
        expect(body).toMatchObject({ project_name: 'wealth' });
        harbor.answers['HEAD /api/v2.0/projects'] = { status: 200 };
        return { status: 201 };
      },
    });
    const registry = {
      host: 'harbor.example',
      url: harbor.url,
      kind: 'harbor' as const,
      username: 'u',
      password: 'p',
    };
    expect(await drive(registry)).toEqual({
      summary: 'Make the project wealth in harbor.example',
      state: 'succeeded',
    });
    expect(await drive(registry)).toEqual({
      summary: 'The project wealth is there already',
      state: 'succeeded',
    });
    expect(harbor.seen.filter(line => line.startsWith('POST'))).toHaveLength(1);
    harbor.stop();
  });

  it('is not needed elsewhere', async () => {
    expect(
      await drive({ host: 'r.example', url: 'http://r', kind: 'distribution' }),
    ).toEqual({
      summary: 'r.example makes room for images of wealth by itself',
      state: 'succeeded',
    });
  });
});
