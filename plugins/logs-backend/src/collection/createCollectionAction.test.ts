import { readOrreryConfig } from '@orrery/backstage-plugin-orrery-node';
import type {
  ClusterClient,
  KubernetesObject,
} from '@orrery/backstage-plugin-orrery-node';
import { ConfigReader } from '@backstage/config';
import { createCollectionAction } from './createCollectionAction';

const WORKLOAD = 'kepler/wealth/Deployment/payment';
const SIDECAR = {
  image: 'registry.example/filebeat:8.15.0',
  output: { elasticsearch: { hosts: ['http://logs:9200'] } },
};

function deployment(status: object = {}): KubernetesObject {
  return {
    metadata: {
      name: 'payment',
      namespace: 'wealth',
      resourceVersion: '7',
      generation: 2,
    },
    spec: {
      replicas: 2,
      template: {
        metadata: { annotations: { kept: 'yes' } },
        spec: { containers: [{ name: 'payment', image: 'payment:1' }] },
      },
    },
    status,
  };
}

type Written = { plural: string; dryRun: boolean; patch: object };

function setUp(options: { sidecar?: typeof SIDECAR; object?: object } = {}) {
  const written: Written[] = [];
  let object = { ...deployment(), ...options.object };
  const client = {
    get: async () => object,
    patch: async (
      ...[, type, , patch, { dryRun = false } = {}]: Parameters<
        ClusterClient['patch']
      >
    ) => {
      written.push({ plural: type.plural, dryRun, patch });
      const changed = structuredClone(object);
      Object.assign(Object(changed.spec).template.metadata.annotations, {
        changed: 'yes',
      });
      return changed;
    },
  } as unknown as ClusterClient;
  const config = readOrreryConfig(
    new ConfigReader({
      kubernetes: {
        clusterLocatorMethods: [
          { type: 'config', clusters: [{ name: 'kepler' }] },
        ],
      },
      orrery: { clusters: [{ name: 'kepler' }] },
    }),
  );
  return {
    written,
    become: (status: object) => {
      object = { ...object, status };
    },
    action: createCollectionAction({
      client,
      config,
      pollMilliseconds: 5,
      ...(options.sidecar && { sidecar: options.sidecar }),
    }),
  };
}

const context = {
  resourceVersion: '7',
  actor: 'user:default/lin',
  reason: 'x',
};

describe('set-log-collection', () => {
  it('is previewed by the server and written with its precondition', async () => {
    const { action, written } = setUp();
    const input = action.input.parse({ workload: WORKLOAD, collect: 'off' });
    expect(action.target(input)).toBe(WORKLOAD);
    const preview = await action.preview(input);
    expect(preview).toMatchObject({
      summary:
        'Filebeat no longer collects the logs of Deployment payment in wealth',
      resourceVersion: '7',
      warnings: [],
    });
    expect(preview.after).toContain('changed: yes');
    expect(preview.before).not.toContain('changed');
    await action.run(input, context);
    expect(written.map(({ dryRun }) => dryRun)).toEqual([true, false]);
    expect(written[1].patch).toMatchObject({
      type: 'strategic',
      patch: {
        metadata: { resourceVersion: '7' },
        spec: {
          template: {
            metadata: { annotations: { 'co.elastic.logs/enabled': 'false' } },
          },
        },
      },
    });
  });

  it('writes what a sidecar mounts before the pods that mount it', async () => {
    const { action, written } = setUp({ sidecar: SIDECAR });
    const input = action.input.parse({
      workload: WORKLOAD,
      collect: 'files',
      paths: ['/var/log/app/*.log'],
    });
    const preview = await action.preview(input);
    expect(preview.after).toContain('filebeat.yml');
    await action.run(input, context);
    expect(written.map(({ plural, dryRun }) => `${plural} ${dryRun}`)).toEqual([
      'configmaps true',
      'deployments true',
      'configmaps false',
      'deployments false',
    ]);
  });

  it('refuses files where no sidecar is configured', async () => {
    const { action, written } = setUp();
    const input = action.input.parse({
      workload: WORKLOAD,
      collect: 'files',
      paths: ['/var/log/app/*.log'],
    });
    await expect(action.preview(input)).rejects.toThrow(
      'collect: expected off or output: no sidecar is configured',
    );
    expect(written).toEqual([]);
  });

  it.each([
    ['workload', 'kepler/wealth/Job/payment', undefined],
    ['workload', 'other/wealth/Deployment/payment', undefined],
    ['container', WORKLOAD, 'nothing'],
  ])('refuses a bad %s', async (field, workload, container) => {
    const { action } = setUp();
    const input = action.input.parse({
      workload,
      collect: 'off',
      ...(container && { container }),
    });
    await expect(
      (async () => {
        action.target(input);
        await action.preview(input);
      })(),
    ).rejects.toThrow(`${field}: expected`);
  });

  it('says who would take it back', async () => {
    const { action } = setUp({
      object: {
        metadata: {
          ...deployment().metadata,
          annotations: { 'argocd.argoproj.io/tracking-id': 'x' },
        },
      },
    });
    const input = action.input.parse({ workload: WORKLOAD, collect: 'off' });
    const { warnings } = await action.preview(input);
    expect(warnings).toEqual([
      expect.objectContaining({
        message: expect.stringContaining('Argo CD would take this back'),
      }),
    ]);
  });

  it('follows its pods to the end', async () => {
    const { action, become } = setUp();
    const input = action.input.parse({ workload: WORKLOAD, collect: 'off' });
    const said: string[] = [];
    const { signal } = new AbortController();
    const verified = action.verify(input, {
      signal,
      report: message => said.push(message),
    });
    become({ observedGeneration: 2, updatedReplicas: 1, readyReplicas: 2 });
    await new Promise(resolve => {
      setTimeout(resolve, 30);
    });
    become({ observedGeneration: 2, updatedReplicas: 2, readyReplicas: 2 });
    expect(await verified).toEqual({
      state: 'succeeded',
      message: '2 of 2 pods have it and are ready',
    });
    expect(said).toContain('1 of 2 pods have it and are ready');
  });

  it('fails when the deadline for progress has passed', async () => {
    const { action, become } = setUp();
    const input = action.input.parse({ workload: WORKLOAD, collect: 'off' });
    become({
      observedGeneration: 2,
      conditions: [{ type: 'Progressing', reason: 'ProgressDeadlineExceeded' }],
    });
    expect(
      await action.verify(input, {
        signal: new AbortController().signal,
        report: () => undefined,
      }),
    ).toMatchObject({ state: 'failed' });
  });
});
