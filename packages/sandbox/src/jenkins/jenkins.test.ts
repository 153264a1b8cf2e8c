import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { ManualClock } from '../clock';
import { createGitLab, Forge, GITLAB_TOKEN, SourceHistory } from '../gitlab';
import { ImageStore } from '../registry';
import { Effects } from '../simulator';
import { serveFacade, type Served } from '../testing/serveFacade';
import { defaultWorld } from '../world/default';
import { pipelineXml } from './jobConfig';
import {
  createJenkins,
  Jenkins,
  JENKINS_PASSWORD,
  JENKINS_READER_TOKEN,
  JENKINS_TOKEN,
} from './index';

const basic = (password: string, user = 'orrery') => ({
  Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString(
    'base64',
  )}`,
});

/** Builds read repositories with git, on machines that may be busy. */
jest.setTimeout(30_000);

describe('Jenkins', () => {
  const clock = new ManualClock(Date.parse('2026-11-26T10:00:00Z'));
  const effects = new Effects();
  const source = new SourceHistory(defaultWorld, 1);
  const world = defaultWorld;
  const images = new ImageStore({ world, seed: 1, source, clock });
  const forge = new Forge({ world, source, clock });
  let gitlab: Served;
  let served: Served;

  beforeAll(async () => {
    gitlab = await serveFacade(createGitLab(forge, effects));
    const origin = () => new URL(gitlab.url).origin;
    const options = { forge, source, images, effects, clock, seed: 1, origin };
    served = await serveFacade(createJenkins(new Jenkins(options)));
  });

  afterAll(() => Promise.all([served.close(), gitlab.close()]));

  const send = (
    method: string,
    path: string,
    body?: string,
    headers: Record<string, string> = basic(JENKINS_TOKEN),
  ) =>
    fetch(`${served.url}${path}`, {
      method,
      body,
      headers: {
        ...headers,
        ...(body?.startsWith('<') ? { 'Content-Type': 'application/xml' } : {}),
      },
      redirect: 'manual',
    });
  const json = async (path: string) => (await send('GET', path)).json();
  const text = async (path: string) => (await send('GET', path)).text();

  async function api(method: string, path: string, body: unknown) {
    const response = await fetch(`${gitlab.url}/api/v4/${path}`, {
      method,
      headers: {
        'PRIVATE-TOKEN': GITLAB_TOKEN,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    return response.json();
  }

  /** Makes a project with a Jenkinsfile, and a job that builds it. */
  async function createJob(
    name: string,
    jenkinsfile: string,
    message = 'feat: first',
  ) {
    const group = forge.namespace('wealth');
    await api('POST', 'projects', {
      name,
      path: name,
      namespace_id: group?.id,
    });
    await api('POST', `projects/wealth%2F${name}/repository/commits`, {
      branch: 'main',
      commit_message: message,
      actions: [
        { action: 'create', file_path: 'Jenkinsfile', content: jenkinsfile },
      ],
    });
    const url = `${gitlab.url}/wealth/${name}.git`;
    const xml = pipelineXml('Builds it', url, '*/main');
    return send('POST', `/createItem?name=${name}.wealth`, xml);
  }

  /** Lets a build begin, which reads the repository meanwhile. */
  async function begun(item: string): Promise<number> {
    for (let attempt = 0; attempt < 200; attempt++) {
      clock.advance(100);
      const { executable } = await json(`${item}api/json`);
      if (executable) return executable.number;
    }
    throw new Error('the build did not begin');
  }

  async function finished(job: string, number: number) {
    for (let attempt = 0; attempt < 500; attempt++) {
      clock.advance(500);
      const build = await json(`/job/${job}/${number}/api/json`);
      if (!build.building) return build;
    }
    throw new Error('the build did not end');
  }

  async function start(path: string): Promise<string> {
    const response = await send('POST', path);
    expect(response.status).toBe(201);
    return new URL(response.headers.get('location') ?? '').pathname.replace(
      '/jenkins',
      '',
    );
  }

  const pipeline = (steps: string, more = '') => `pipeline {
  agent any
  environment { IMAGE = 'registry.kepler.example/wealth/made' }
  ${more}
  stages {
    stage('Unit tests') { steps { sh 'npm test' } }
    stage('Image') { steps { ${steps} } }
  }
}
`;
  const pushes = `sh """
    docker build -t $IMAGE:\${env.GIT_COMMIT.take(8)} .
    docker push $IMAGE:\${env.GIT_COMMIT.take(8)}
  """`;

  it('tells endpoints of a job when a build begins and ends', async () => {
    const told: { url: string; build: { phase: string; status?: string } }[] =
      [];
    const endpoint = createServer(async (request, response) => {
      let body = '';
      for await (const part of request) body += part;
      told.push(JSON.parse(body));
      response.end();
    }).listen(0, '127.0.0.1');
    await once(endpoint, 'listening');
    const { port } = endpoint.address() as AddressInfo;
    await createJob('told', pipeline(`echo 'done'`));
    const xml = await text('/job/told.wealth/config.xml');
    const plugin = 'com.tikal.hudson.plugins.notification';
    const notifying = xml.replace(
      '<properties/>',
      `<properties><${plugin}.HudsonNotificationProperty><endpoints><${plugin}.Endpoint><urlInfo><urlOrId>http://127.0.0.1:${port}/?token=a&amp;b=c</urlOrId></urlInfo></${plugin}.Endpoint></endpoints></${plugin}.HudsonNotificationProperty></properties>`,
    );
    await send('POST', '/job/told.wealth/config.xml', notifying);
    const number = await begun(await start('/job/told.wealth/build'));
    await finished('told.wealth', number);
    for (let attempt = 0; attempt < 100 && told.length < 3; attempt++) {
      await setTimeout(20);
    }
    endpoint.close();
    expect(
      told.map(({ url, build: { phase, status } }) => [url, phase, status]),
    ).toEqual([
      ['job/told.wealth/', 'STARTED', undefined],
      ['job/told.wealth/', 'COMPLETED', 'SUCCESS'],
      ['job/told.wealth/', 'FINALIZED', 'SUCCESS'],
    ]);
  });

  it('has a past: a build of each image, whose console can be read', async () => {
    const job = await json(
      '/job/payment.wealth/api/json?tree=builds[number,result,actions[parameters[name,value],lastBuiltRevision[SHA1]]]',
    );
    const built = job.builds.find(
      (build: {
        result: string;
        actions: { parameters?: { value: string }[] }[];
      }) =>
        build.result === 'SUCCESS' &&
        build.actions.some(
          ({ parameters }) => parameters?.[0].value === '2.0.1',
        ),
    );
    expect(built.actions).toContainEqual(
      expect.objectContaining({
        lastBuiltRevision: {
          SHA1: source.revision('wealth/payment', '2.0.1'),
        },
      }),
    );
    const log = await text(`/job/payment.wealth/${built.number}/consoleText`);
    expect(log).toContain(
      'docker push registry.kepler.example/wealth/payment:2.0.1',
    );
    expect(log).toContain(images.manifest('wealth/payment', '2.0.1')?.digest);
    expect(log).toMatch(/Finished: SUCCESS\n$/);
    const failed = job.builds.find(
      ({ result }: { result: string }) => result === 'FAILURE',
    );
    expect(
      await text(`/job/payment.wealth/${failed.number}/consoleText`),
    ).toContain('--- FAIL');
  });

  it('builds a commit, and its image is there', async () => {
    expect((await createJob('made', pipeline(pushes))).status).toBe(200);
    const again = await createJob('made', pipeline(pushes));
    expect([again.status, again.headers.get('x-error')]).toEqual([
      400,
      'A job already exists with the name made.wealth',
    ]);
    const item = await start('/job/made.wealth/build');
    expect((await json(`${item}api/json`)).why).toMatch(/^In the quiet period/);
    const number = await begun(item);
    const build = await finished('made.wealth', number);
    const log = await text(`/job/made.wealth/${number}/consoleText`);
    expect([build.result, log]).toEqual([
      'SUCCESS',
      expect.stringContaining('Finished: SUCCESS'),
    ]);
    const { id } = await api(
      'GET',
      'projects/wealth%2Fmade/repository/commits/main',
      undefined,
    );
    const manifest = images.manifest('wealth/made', id.slice(0, 8));
    const content = JSON.parse(manifest?.bytes.toString() ?? '{}');
    const config = images.blob('wealth/made', content.config.digest);
    expect(JSON.parse(config?.toString() ?? '{}').config.Labels).toMatchObject({
      'org.opencontainers.image.revision': id,
      'org.opencontainers.image.version': id.slice(0, 8),
    });
    const { stages } = await json(`/job/made.wealth/${number}/wfapi/describe`);
    expect(
      stages.map(({ name, status }: Record<string, string>) => [name, status]),
    ).toEqual([
      ['Declarative: Checkout SCM', 'SUCCESS'],
      ['Unit tests', 'SUCCESS'],
      ['Image', 'SUCCESS'],
    ]);
  });

  it('shows a console while it grows, and aborts the right build', async () => {
    const item = await start('/job/made.wealth/build?delay=0sec');
    const number = await begun(item);
    const other = await begun(
      await start('/job/payment.wealth/buildWithParameters?delay=0sec'),
    );
    let size = 0;
    let log = '';
    while (!log.includes('npm test')) {
      clock.advance(200);
      const piece = await send(
        'GET',
        `/job/made.wealth/${number}/logText/progressiveText?start=${size}`,
      );
      expect(piece.headers.get('x-more-data')).toBe('true');
      size = Number(piece.headers.get('x-text-size'));
      log += await piece.text();
    }
    expect((await send('POST', `/job/made.wealth/${number}/stop`)).status).toBe(
      302,
    );
    expect((await finished('made.wealth', number)).result).toBe('ABORTED');
    const whole = await text(`/job/made.wealth/${number}/consoleText`);
    expect(whole.startsWith(log)).toBe(true);
    expect(whole).toContain('Aborted by Orrery');
    expect((await finished('payment.wealth', other)).result).toBe('SUCCESS');
  });

  it('fails where tests fail, and does not push', async () => {
    await createJob(
      'bad',
      pipeline(pushes.replaceAll('made', 'bad')),
      'feat: odd [fail]',
    );
    const number = await begun(await start('/job/bad.wealth/build?delay=0sec'));
    expect((await finished('bad.wealth', number)).result).toBe('FAILURE');
    const log = await text(`/job/bad.wealth/${number}/consoleText`);
    expect(log).toContain('# fail 1');
    expect(log).toContain('Stage "Image" skipped due to earlier failure(s)');
    expect(log).toContain('ERROR: script returned exit code 1');
    expect(log).not.toContain('docker push');
  });

  it.each([
    ['stagez { }', 'Undefined section "stagez"'],
    ['post { failure { echo "x" }', "expecting '}'"],
  ])('tells what is wrong in a script: %s', async (part, message) => {
    const name = `wrong${message.length}`;
    await createJob(name, pipeline("sh 'true'", part));
    const number = await begun(
      await start(`/job/${name}.wealth/build?delay=0sec`),
    );
    expect((await finished(`${name}.wealth`, number)).result).toBe('FAILURE');
    const log = await text(`/job/${name}.wealth/${number}/consoleText`);
    expect(log).toContain('MultipleCompilationErrorsException');
    expect(log).toContain(message);
  });

  it('learns the parameters of a pipeline when it first runs', async () => {
    const script = `pipeline {
  agent any
  options { skipDefaultCheckout() }
  parameters {
    string(
      name: 'TAG',
      defaultValue: '',
      description: 'What to build'
    )
    choice(name: 'KIND', choices: ['small', 'large'], description: '')
  }
  stages {
    stage('Checkout') {
      steps {
        checkout scm
        sh '''
          set -eu
          if [ -n "\${TAG:-}" ]; then
            git checkout --quiet "refs/tags/$TAG"
          fi
        '''
        script {
          env.REVISION = sh(script: 'git rev-parse HEAD', returnStdout: true).trim()
          env.IMAGE_TAG = params.TAG ?: env.REVISION.take(8)
        }
        echo "Building \${env.IMAGE_TAG} from \${env.REVISION}, \${params.KIND}"
      }
    }
    stage('Image') {
      when { expression { params.KIND == 'large' } }
      steps {
        sh '''
          docker build \\
            --label "org.opencontainers.image.revision=$REVISION" \\
            --tag "registry.kepler.example/wealth/asked:$IMAGE_TAG" .
          docker push "registry.kepler.example/wealth/asked:$IMAGE_TAG"
        '''
      }
    }
  }
  post {
    success { echo "Pushed \${env.IMAGE_TAG}" }
    cleanup { sh 'docker image rm x >/dev/null 2>&1 || true'
      deleteDir() }
  }
}
`;
    await createJob('asked', script);
    await api('POST', 'projects/wealth%2Fasked/repository/tags', {
      tag_name: 'v1.0.0',
      ref: 'main',
    });
    const early = await send(
      'POST',
      '/job/asked.wealth/buildWithParameters?KIND=large',
    );
    expect(early.status).toBe(500);
    const first = await begun(
      await start('/job/asked.wealth/build?delay=0sec'),
    );
    expect((await finished('asked.wealth', first)).result).toBe('SUCCESS');
    expect(await text(`/job/asked.wealth/${first}/consoleText`)).toContain(
      'skipped due to when conditional',
    );
    expect((await send('POST', '/job/asked.wealth/build')).status).toBe(400);
    const path =
      '/job/asked.wealth/buildWithParameters?KIND=large&TAG=v1.0.0&delay=0sec';
    const second = await begun(await start(path));
    expect((await finished('asked.wealth', second)).result).toBe('SUCCESS');
    expect(images.tags('wealth/asked')).toEqual(['v1.0.0']);
    const log = await text(`/job/asked.wealth/${second}/consoleText`);
    expect(log).toMatch(/Building v1.0.0 from [0-9a-f]{40}, large/);
    const wrong = await send('POST', path.replace('large', 'huge'));
    expect(wrong.status).toBe(500);
  });

  it('lets builds wait when it is stuck, and forgets those that are cancelled', async () => {
    effects.jenkins = 'stuck';
    const item = await start(
      '/job/quote.wealth/buildWithParameters?delay=0sec',
    );
    clock.advance(5000);
    const found = await json(`${item}api/json`);
    expect(found).toMatchObject({ why: 'Waiting for next available executor' });
    expect(found.executable).toBeUndefined();
    const cancelled = await send('POST', `/queue/cancelItem?id=${found.id}`);
    expect(cancelled.status).toBe(204);
    effects.jenkins = 'building';
    clock.advance(5000);
    expect(await json(`${item}api/json`)).toMatchObject({
      cancelled: true,
      executable: null,
    });
  });

  it('is told of pushes by GitLab', async () => {
    const before = (
      await json('/job/made.wealth/api/json?tree=nextBuildNumber')
    ).nextBuildNumber;
    const told = await send(
      'POST',
      '/project/made.wealth',
      JSON.stringify({
        object_kind: 'push',
        ref: 'refs/heads/main',
        after: 'a'.repeat(40),
        user_username: 'lin',
      }),
      {},
    );
    expect(told.status).toBe(200);
    clock.advance(2000);
    await json('/queue/api/json');
    const build = await finished('made.wealth', before);
    expect(build.actions[0].causes[0].shortDescription).toBe(
      'Started by GitLab push by lin',
    );
  });

  it('makes folders, and jobs of branches', async () => {
    await send(
      'POST',
      '/createItem?name=tools',
      '<com.cloudbees.hudson.plugin.folder.Folder/>',
    );
    const xml = `<org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject><remote>${gitlab.url}/wealth/made.git</remote></org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject>`;
    expect(
      (await send('POST', '/job/tools/createItem?name=made', xml)).status,
    ).toBe(200);
    const { jobs } = await json('/job/tools/job/made/api/json?tree=jobs[name]');
    expect(jobs.map(({ name }: { name: string }) => name)).toEqual(['main']);
    expect((await send('POST', '/job/tools/doDelete')).status).toBe(302);
    expect((await send('GET', '/job/tools/api/json')).status).toBe(404);
  });

  it('has a multibranch project, whose branches are built each on its own', async () => {
    const folder = await json(
      '/job/report.wealth/api/json?tree=jobs[name,displayName,actions[_class],lastBuild[number,result]]',
    );
    expect(folder._class).toMatch(/WorkflowMultiBranchProject$/);
    const [main, other] = folder.jobs;
    expect(main).toMatchObject({
      name: 'main',
      displayName: 'main',
      lastBuild: { result: 'SUCCESS' },
    });
    expect(JSON.stringify(main.actions)).toContain('PrimaryInstance');
    expect(other.lastBuild).toMatchObject({ number: 1, result: 'SUCCESS' });
    const path = `/job/report.wealth/job/${encodeURIComponent(other.name)}`;
    expect(await text(`${path}/1/consoleText`)).toContain('Branch indexing');
    const number = await begun(
      await start(`${path}/buildWithParameters?delay=0sec`),
    );
    expect(number).toBe(2);
    const built = await finished(
      `report.wealth/job/${encodeURIComponent(other.name)}`,
      number,
    );
    expect(built.result).toBe('SUCCESS');
    expect(JSON.stringify(built.actions)).toContain(other.displayName);
  });

  it('lets nobody in, and wants crumbs of who has no token', async () => {
    expect((await send('GET', '/api/json', undefined, {})).status).toBe(403);
    expect(
      (await send('GET', '/api/json', undefined, basic('wrong'))).status,
    ).toBe(401);
    const guest = basic(JENKINS_READER_TOKEN, 'guest');
    expect((await send('GET', '/api/json', undefined, guest)).status).toBe(200);
    expect(
      (await send('POST', '/job/made.wealth/build', undefined, guest)).status,
    ).toBe(403);
    const password = basic(JENKINS_PASSWORD);
    const refused = await send(
      'POST',
      '/job/made.wealth/disable',
      undefined,
      password,
    );
    expect(await refused.text()).toContain('No valid crumb');
    const issued = await send(
      'GET',
      '/crumbIssuer/api/json',
      undefined,
      password,
    );
    const { crumb, crumbRequestField } = await issued.json();
    const [cookie] = (issued.headers.get('set-cookie') ?? '').split(';');
    const allowed = await send('POST', '/job/made.wealth/disable', undefined, {
      ...password,
      Cookie: cookie,
      [crumbRequestField]: crumb,
    });
    expect(allowed.status).toBe(302);
  });

  it.each([
    ['/createItem?name=a%2Fb', '<project/>', 400],
    ['/createItem?name=x', '<project', 500],
    ['/createItem?name=x', '<maven2-moduleset></maven2-moduleset>', 500],
    ['/job/none/build', undefined, 404],
    ['/queue/cancelItem?id=1', undefined, 404],
  ])('refuses POST %s', async (path, body, status) => {
    expect((await send('POST', path, body)).status).toBe(status);
  });
});
