import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { parseWith } from '@orrery/backstage-plugin-orrery-common';
import {
  RESOURCE_TYPES,
  WatchCaches,
  type ActionDefinition,
  type KubernetesObject,
  type OrreryConfig,
} from '@orrery/backstage-plugin-orrery-node';
import { MemoryCluster } from '../__testUtils__/MemoryCluster';
import { playGitLab } from '../__testUtils__/playGitLab';
import { deployment } from '../__testUtils__/sampleObjects';
import { GitLabClient } from '../gitlab/GitLabClient';
import { createProposableActions } from '../workloads/actions';
import { DeliveryObjects } from '../sources/DeliveryObjects';
import { WORKLOAD_TYPES } from '../workloads/objects';
import { WorkloadIndexes } from '../workloads/WorkloadIndexes';
import { createProposeChangeAction } from './createProposeChangeAction';
import { createWithdrawProposalAction } from './createWithdrawProposalAction';
import { APPLICATIONS, GIT_REPOSITORIES, KUSTOMIZATIONS } from './findKeepers';
import { GitOpsService } from './GitOpsService';
import { GitPlaces } from './GitPlaces';
import type { ProposalTools } from './types';

const WORKLOAD = 'kepler/wealth/Deployment/payment';
const FILE = 'wealth/payment.yaml';
const IMAGE = 'registry.example/wealth/pay';
const MANIFEST = `# Payments, as they run.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: payment
spec:
  replicas: 2
  template:
    metadata:
      labels: { app: payment, version: '1.3' }
    spec:
      containers:
        - name: app
          image: ${IMAGE}:1.3 # by release
          env:
            - name: DB_PASSWORD
              value: hunter2
---
apiVersion: v1
kind: Secret
metadata:
  name: payment
stringData:
  token: s3cr3t
`;

const REGISTRY = {
  inspect: async () => ({ state: 'unknown' as const, reason: 'No registry' }),
  tags: async () => ({ state: 'unknown' as const, reason: 'No registry' }),
};

const BY_ARGO = {
  annotations: {
    'argocd.argoproj.io/tracking-id': 'wealth:apps/Deployment:wealth/payment',
  },
};
const BY_FLUX = {
  labels: {
    'kustomize.toolkit.fluxcd.io/name': 'wealth',
    'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
  },
};

describe('changes in Git', () => {
  let gitlab: Awaited<ReturnType<typeof playGitLab>>;
  let cluster: MemoryCluster;
  let caches: WatchCaches;
  let tools: ProposalTools;
  let annotations: Record<string, string>;
  const files = new Map<string, string>();

  const put = (metadata: object, object?: Partial<KubernetesObject>) =>
    cluster.put(RESOURCE_TYPES.deployments, {
      ...deployment('payment', { metadata, labels: { version: '1.3' } }),
      ...object,
    });
  const putApplication = (source: object) =>
    cluster.put(APPLICATIONS, {
      metadata: { name: 'wealth', namespace: 'argocd' },
      spec: {
        source: {
          repoURL: 'git@git.example:platform/manifests.git',
          targetRevision: 'HEAD',
          ...source,
        },
      },
    });

  const putFlux = (kustomization: object, ref: object) => {
    cluster.put(KUSTOMIZATIONS, {
      metadata: { name: 'wealth', namespace: 'flux-system' },
      spec: {
        path: './wealth',
        sourceRef: { kind: 'GitRepository', name: 'manifests' },
        ...kustomization,
      },
    });
    cluster.put(GIT_REPOSITORIES, {
      metadata: { name: 'manifests', namespace: 'flux-system' },
      spec: { url: `${gitlab.url}/platform/manifests.git`, ref },
    });
  };

  beforeEach(async () => {
    files.clear();
    files.set(FILE, MANIFEST).set('README.md', '# Manifests\n');
    gitlab = await playGitLab('platform/manifests', files);
    cluster = new MemoryCluster();
    caches = new WatchCaches({
      client: cluster,
      logger: mockServices.logger.mock(),
    });
    annotations = {};
    const config = {
      clusters: [{ name: 'kepler', title: 'Kepler', protectedNamespaces: [] }],
      environments: [],
      readOnly: false,
    } as unknown as OrreryConfig;
    const client = new GitLabClient({
      url: gitlab.url,
      publicUrl: 'https://git.example',
      token: 'secret',
      timeoutSeconds: 2,
    });
    tools = {
      client: cluster,
      config,
      gitlab: client,
      proposable: createProposableActions({
        client: cluster,
        config,
        registry: REGISTRY,
        prometheus: new Map(),
        indexes: new WorkloadIndexes(new DeliveryObjects(caches)),
      }),
      places: new GitPlaces({
        client: cluster,
        config,
        gitlab: client,
        gitlabUrls: [gitlab.url, 'https://git.example'],
        names: { annotationsOf: async () => annotations } as never,
      }),
      typeOf: kind => WORKLOAD_TYPES[kind],
      personOf: async () => ({ name: 'Lin Yue', email: 'lin@example.com' }),
    };
    put(BY_ARGO);
    putApplication({ path: 'wealth' });
  });

  afterEach(() => {
    caches.stop();
    gitlab.stop();
  });

  const context = {
    actor: 'user:default/lin',
    reason: 'Rounding is wrong',
  };
  const asked = (image: string) => ({
    workload: WORKLOAD,
    action: 'deploy-image',
    input: { image },
  });

  async function previewOf(action: ActionDefinition, values: object) {
    const input = parseWith(action.input, values, 'input');
    return { input, preview: await action.preview(input) };
  }

  async function drive(
    action: ActionDefinition,
    values: object,
    more: object = {},
  ) {
    const { input, preview } = await previewOf(action, values);
    const { resourceVersion } = preview;
    await action.run(input, { ...context, resourceVersion, ...more });
    return action.verify(input, {
      signal: AbortSignal.timeout(1000),
      report: () => undefined,
    });
  }

  const propose = (values: object, more?: object) =>
    drive(createProposeChangeAction(tools), values, more);

  it('are a merge request with the image and its label changed, and who and why', async () => {
    const outcome = await propose(asked(`${IMAGE}:1.4`));
    expect(outcome).toEqual({
      state: 'succeeded',
      message:
        'Merge request !1 is open: http://git/platform/manifests/-/merge_requests/1',
    });
    const [request] = gitlab.mergeRequests;
    expect(request).toMatchObject({
      title: `Deploy ${IMAGE}:1.4 to Deployment payment in wealth (app runs ${IMAGE}:1.3 now)`,
      source_branch: expect.stringMatching(
        /^orrery\/deployment-payment-[0-9a-f]{12}$/,
      ),
      target_branch: 'main',
    });
    expect(request.description).toContain('Lin Yue (user:default/lin)');
    expect(request.description).toContain('> Rounding is wrong');
    expect(gitlab.branches.get(request.source_branch)?.get(FILE)).toBe(
      MANIFEST.replaceAll('1.3', '1.4'),
    );
    expect(gitlab.commits).toMatchObject([
      { author_name: 'Lin Yue', author_email: 'lin@example.com' },
    ]);
    expect(cluster.writes).toEqual([]);
  });

  it('show the manifest of the workload only, without secrets', async () => {
    const { preview } = await previewOf(
      createProposeChangeAction(tools),
      asked(`${IMAGE}:1.4`),
    );
    expect(preview.before).toContain(`image: ${IMAGE}:1.3 # by release`);
    expect(preview.after).toContain(`image: ${IMAGE}:1.4 # by release`);
    for (const text of [preview.before, preview.after]) {
      expect(text).not.toContain('hunter2');
      expect(text).not.toContain('s3cr3t');
    }
    expect(preview.summary).toMatch(
      /^Merge request to platform\/manifests \(main\): Deploy /,
    );
    expect(preview.typedConfirmation).toBeUndefined();
  });

  it('carry out no command that somebody writes as a reason', async () => {
    await propose(asked(`${IMAGE}:1.4`), {
      reason: 'Please\n/merge\r/approve',
    });
    const [{ description }] = gitlab.mergeRequests;
    expect(
      description.split(/[\r\n]/).filter(line => /^\s*\//.test(line)),
    ).toEqual([]);
  });

  it('are not proposed twice, nor upon what has changed meanwhile', async () => {
    await propose(asked(`${IMAGE}:1.4`));
    await expect(propose(asked(`${IMAGE}:1.4`))).rejects.toThrow(
      /^The same is proposed already: http/,
    );
    const action: ActionDefinition = createProposeChangeAction(tools);
    const { input, preview } = await previewOf(action, asked(`${IMAGE}:1.5`));
    expect(preview.warnings.map(({ code }) => code)).toContain(
      'proposed-already',
    );
    gitlab.push(FILE, `${MANIFEST}# Seen.\n`);
    const { resourceVersion } = preview;
    await expect(
      action.run(input, { ...context, resourceVersion }),
    ).rejects.toThrow(/has changed since it was previewed/);
    expect(gitlab.mergeRequests).toHaveLength(1);
  });

  it('are proposed again after an attempt that died between branch and request', async () => {
    const action = createProposeChangeAction(tools);
    await propose(asked(`${IMAGE}:1.4`));
    gitlab.mergeRequests.splice(0);
    expect(await drive(action, asked(`${IMAGE}:1.4`))).toMatchObject({
      state: 'succeeded',
    });
  });

  it('tell where Git and the cluster do not agree', async () => {
    gitlab.push(FILE, MANIFEST.replace('pay:1.3', 'pay:1.2'));
    const { preview } = await previewOf(
      createProposeChangeAction(tools),
      asked(`${IMAGE}:1.4`),
    );
    expect(preview.warnings).toContainEqual(
      expect.objectContaining({
        code: 'git-drift',
        message: `Git says "${IMAGE}:1.2" where the cluster has "${IMAGE}:1.3".`,
      }),
    );
    gitlab.push(FILE, MANIFEST.replaceAll('1.3', '1.4'));
    await expect(propose(asked(`${IMAGE}:1.4`))).rejects.toThrow(
      /says so already, and Argo CD \(wealth\) is to bring it/,
    );
  });

  it('are refused as in the cluster, by the field', async () => {
    await expect(propose(asked(''))).rejects.toThrow(/image/);
    await expect(propose(asked(`${IMAGE}:1.3`))).rejects.toThrow(
      /expected a change: it is like that already/,
    );
    await expect(
      propose({ ...asked('x:1'), workload: 'kepler/wealth/Pod/payment' }),
    ).rejects.toThrow(/^workload: expected/);
  });

  it('are withdrawn with their branch, by the workload that they are of', async () => {
    await propose(asked(`${IMAGE}:1.4`));
    const action = createWithdrawProposalAction(tools);
    const other = { workload: WORKLOAD, mergeRequest: 2 };
    await expect(drive(action, other)).rejects.toThrow(
      /^mergeRequest: expected the number of a merge request in platform\/manifests that was made here for payment/,
    );
    const outcome = await drive(action, {
      workload: WORKLOAD,
      mergeRequest: 1,
    });
    expect(outcome.state).toBe('succeeded');
    expect([...gitlab.branches.keys()]).toEqual(['main']);
    await expect(
      drive(action, { workload: WORKLOAD, mergeRequest: 1 }),
    ).rejects.toThrow(/expected an open merge request: !1 .* is closed/);
  });

  it('never close a merge request that was not made here', async () => {
    await propose(asked(`${IMAGE}:1.4`));
    gitlab.mergeRequests[0].source_branch = 'feature';
    await expect(
      drive(createWithdrawProposalAction(tools), {
        workload: WORKLOAD,
        mergeRequest: 1,
      }),
    ).rejects.toThrow(/that was made here for payment/);
    expect(gitlab.mergeRequests[0].state).toBe('opened');
  });

  describe('find the manifest', () => {
    const service = () =>
      new GitOpsService({
        tools,
        sight: { require: async () => undefined } as never,
      }).of(WORKLOAD, mockCredentials.user());

    it('by Argo CD, with what was proposed', async () => {
      await propose(asked(`${IMAGE}:1.4`));
      expect(await service()).toMatchObject({
        place: {
          keeper: 'Argo CD (wealth)',
          project: 'platform/manifests',
          branch: 'main',
          file: FILE,
          url: `http://git/platform/manifests/-/blob/main/${FILE}`,
        },
        proposals: [{ number: 1, state: 'opened' }],
        provenance: { sources: [{ name: 'gitlab', state: 'ok' }] },
      });
    });

    it('by Flux', async () => {
      put(BY_FLUX);
      putFlux({}, { branch: 'main' });
      expect((await service()).place).toMatchObject({
        keeper: 'Flux (wealth)',
        file: FILE,
      });
    });

    it('by what its component says, whatever tool there is', async () => {
      annotations = {
        'gitlab.com/project-slug': 'platform/manifests',
        'orrery.dev/manifests-path': `/${FILE}`,
      };
      put({});
      expect((await service()).place).toMatchObject({ file: FILE });
    });

    it.each<[reason: string, arrange: () => void]>([
      [
        'Neither Argo CD nor Flux has left its mark on it, and its component names no manifests',
        () => put({}),
      ],
      [
        'The Application wealth of Argo CD cannot be found',
        () =>
          cluster.remove(APPLICATIONS, { namespace: 'argocd', name: 'wealth' }),
      ],
      [
        'Argo CD (wealth) makes it from a Helm chart, whose values decide',
        () => putApplication({ chart: 'payment' }),
      ],
      [
        'Argo CD (wealth) writes over what its manifests say (kustomize)',
        () =>
          putApplication({
            path: 'wealth',
            kustomize: { images: ['pay:1.3'] },
          }),
      ],
      [
        'Flux (wealth) is held at a tag, not at a branch',
        () => {
          put(BY_FLUX);
          putFlux({}, { tag: '1.0' });
        },
      ],
      [
        'Flux (wealth) writes over what its manifests say (patches)',
        () => {
          put(BY_FLUX);
          putFlux({ patches: [{ patch: '[]' }] }, { branch: 'main' });
        },
      ],
      [
        'Argo CD (wealth) takes it from https://github.com/kepler/manifests.git, which is not in https://git.example',
        () =>
          putApplication({
            repoURL: 'https://bot:pw@github.com/kepler/manifests.git',
          }),
      ],
      [
        'GitLab has no project platform/other with files',
        () =>
          putApplication({ repoURL: 'https://git.example/platform/other.git' }),
      ],
      [
        'GitLab has no folder loan in platform/manifests (main)',
        () => putApplication({ path: 'loan' }),
      ],
      [
        'No file in wealth of platform/manifests (main) has Deployment payment',
        () => files.set(FILE, MANIFEST.replace('name: payment', 'name: pay')),
      ],
      [
        'Several manifests in wealth of platform/manifests (main) are Deployment payment: wealth/payment.yaml, wealth/copy.yaml',
        () => files.set('wealth/copy.yaml', MANIFEST),
      ],
      [
        'It is made from the Helm chart wealth/Chart.yaml, whose values decide',
        () => files.set('wealth/Chart.yaml', 'name: payment\n'),
      ],
      [
        'wealth/kustomization.yaml writes over what the manifest of Deployment payment says (images)',
        () =>
          files.set(
            'wealth/kustomization.yaml',
            'resources: [payment.yaml]\nimages: [{name: pay, newTag: "1"}]\n',
          ),
      ],
      [
        'wealth/kustomization.yaml takes it from elsewhere (../base), where a change may reach other environments too',
        () => files.set('wealth/kustomization.yaml', 'resources: [../base]\n'),
      ],
    ])('or say why not: %s', async (reason, arrange) => {
      arrange();
      expect(await service()).toMatchObject({
        reason,
        proposals: [],
        provenance: { sources: [{ state: 'absent', reason }] },
      });
      await expect(propose(asked(`${IMAGE}:1.4`))).rejects.toThrow(
        `workload: expected a workload whose manifest in Git can be changed from here: ${reason}. Change it in Git by hand`,
      );
    });

    it('or say that GitLab is away', async () => {
      gitlab.stop();
      const { provenance } = await service();
      expect(provenance.sources).toMatchObject(
        [{ state: 'failed', reason: /^GitLab cannot be reached/ }].map(
          source => ({
            ...source,
            reason: expect.stringMatching(source.reason),
          }),
        ),
      );
    });
  });
});
