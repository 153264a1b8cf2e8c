import { GITLAB_TOKEN } from '../gitlab/Forge';
import { startSandbox, type Sandbox } from '../sandbox';

const DEPLOYMENT =
  '/kubernetes/apis/apps/v1/namespaces/loan/deployments/contract';
const APPLICATION =
  '/kubernetes/apis/argoproj.io/v1alpha1/namespaces/platform/applications/contract';
const PROJECT = '/gitlab/api/v4/projects/loan%2Fcontract-manifests';
const FILE = 'deploy%2Fcontract.yaml';

describe('what Git keeps', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, seed: 1, speed: 1 });
  });

  afterAll(() => sandbox.close());

  async function call(method: string, path: string, body?: object) {
    const isGitLab = path.startsWith('/gitlab');
    const answer = await fetch(sandbox.url + path, {
      method,
      headers: isGitLab
        ? { 'PRIVATE-TOKEN': GITLAB_TOKEN, 'Content-Type': 'application/json' }
        : {
            Authorization: 'Bearer admin-token',
            'Content-Type': 'application/merge-patch+json',
          },
      body: body && JSON.stringify(body),
    });
    return { status: answer.status, body: await answer.json() };
  }

  const containers = async () =>
    (await call('GET', DEPLOYMENT)).body.spec.template.spec.containers;

  /** Looks again and again; the controller has a rhythm of its own. */
  async function until(isSo: () => Promise<boolean>): Promise<void> {
    for (let look = 0; look < 80; look += 1) {
      if (await isSo()) return;
      await new Promise(resolve => {
        setTimeout(resolve, 100);
      });
    }
    throw new Error('it did not come to be');
  }

  const read = async (): Promise<string> => {
    const { body } = await call(
      'GET',
      `${PROJECT}/repository/files/${FILE}?ref=main`,
    );
    return Buffer.from(body.content, 'base64').toString();
  };

  it('runs as its manifest says from the beginning, and is marked', async () => {
    await until(async () => {
      const { body } = await call('GET', APPLICATION);
      return body.status?.sync?.status === 'Synced';
    });
    const { body } = await call('GET', DEPLOYMENT);
    expect(body.metadata.annotations).toMatchObject({
      'argocd.argoproj.io/tracking-id':
        'contract:apps/Deployment:loan/contract',
    });
    // Taking it over has changed nothing.
    expect(body.metadata.generation).toBe(1);
    const application = (await call('GET', APPLICATION)).body;
    expect(application.spec.source).toEqual({
      repoURL: expect.stringMatching(
        /^http:\/\/localhost:\d+\/gitlab\/loan\/contract-manifests\.git$/,
      ),
      path: 'deploy',
      targetRevision: 'HEAD',
    });
    expect(await read()).toContain(
      'image: registry.kepler.example/loan/contract:2.2.8 # another one by merge request',
    );
  });

  it('takes what is merged, within seconds', async () => {
    const text = (await read()).replace('replicas: 2', 'replicas: 3');
    const commit = await call('POST', `${PROJECT}/repository/commits`, {
      branch: 'more',
      start_branch: 'main',
      commit_message: 'feat: one more',
      actions: [
        { action: 'update', file_path: 'deploy/contract.yaml', content: text },
      ],
    });
    expect(commit.status).toBe(201);
    const opened = await call('POST', `${PROJECT}/merge_requests`, {
      source_branch: 'more',
      target_branch: 'main',
      title: 'One more',
    });
    expect((await call('GET', DEPLOYMENT)).body.spec.replicas).toBe(2);
    const merged = await call(
      'PUT',
      `${PROJECT}/merge_requests/${opened.body.iid}/merge`,
      {},
    );
    expect(merged.body.state).toBe('merged');
    await until(
      async () => (await call('GET', DEPLOYMENT)).body.spec.replicas === 3,
    );
  });

  it('takes back what somebody changes in the cluster', async () => {
    const [container] = await containers();
    const image = 'registry.kepler.example/loan/contract:2.2.7';
    await call('PATCH', DEPLOYMENT, {
      spec: { template: { spec: { containers: [{ ...container, image }] } } },
    });
    expect((await containers())[0].image).toBe(image);
    await until(async () => (await containers())[0].image === container.image);
  });

  it('says what keeps it from taking a manifest', async () => {
    await call('PUT', `${PROJECT}/repository/files/${FILE}`, {
      branch: 'main',
      commit_message: 'break it',
      content: 'kind: [',
    });
    await until(async () => {
      const { body } = await call('GET', APPLICATION);
      return body.status.sync.status === 'OutOfSync';
    });
    const { body } = await call('GET', APPLICATION);
    expect(body.status.conditions[0].message).toMatch(
      /^deploy\/contract.yaml: /,
    );
    expect((await call('GET', DEPLOYMENT)).body.spec.replicas).toBe(3);
  });
});
