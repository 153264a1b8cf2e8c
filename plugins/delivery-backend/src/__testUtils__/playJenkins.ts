import { createServer, type IncomingMessage, type Server } from 'node:http';
import { listen } from './listen';

const PRIMARY = 'jenkins.scm.api.metadata.PrimaryInstanceMetadataAction';
const pathOf = (job: string) =>
  job
    .split('/')
    .map(part => `/job/${encodeURIComponent(part)}`)
    .join('');

/** A build as the fake keeps it. */
type Build = { result: string | null; parameters: [string, string][] };

/**
 * A small Jenkins: one job at a time in memory, a queue that a test empties,
 * consoles, and crumbs where a test wants them.
 */
export async function playJenkins() {
  const jobs = new Map<string, { xml: string; builds: Build[] }>();
  const queue: {
    job: string;
    parameters: [string, string][];
    number?: number;
    isCancelled?: boolean;
  }[] = [];
  const seen: string[] = [];
  const state = { wantsCrumb: false, isDown: false, console: 'Started\n' };

  const body = async (request: IncomingMessage) => {
    let text = '';
    for await (const part of request) text += part;
    return text;
  };
  const buildJson = (job: string, index: number) => {
    const build = jobs.get(job)?.builds[index];
    return (
      build && {
        number: index + 1,
        url: `http://jenkins/job/${job}/${index + 1}/`,
        building: build.result === null,
        result: build.result,
        timestamp: Date.UTC(2026, 10, 26, 10),
        duration: build.result === null ? 0 : 60_000,
        estimatedDuration: -1,
        actions: [
          {},
          null,
          { causes: [{ shortDescription: 'Started by user orrery' }] },
          {
            parameters: build.parameters.map(([name, value]) => ({
              name,
              value,
            })),
          },
          { lastBuiltRevision: { SHA1: 'abc' } },
        ],
      }
    );
  };

  const server: Server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://jenkins');
    const path = decodeURIComponent(url.pathname);
    const text = await body(request);
    seen.push(`${request.method} ${path}`);
    const answer = (status: number, value: unknown = '', headers = {}) => {
      response.writeHead(status, headers);
      response.end(typeof value === 'string' ? value : JSON.stringify(value));
    };
    if (state.isDown) return answer(503, '<html>Please wait</html>');
    if (request.headers.authorization !== `Basic ${btoa('orrery:secret')}`) {
      return answer(401);
    }
    if (path === '/crumbIssuer/api/json') {
      return answer(
        200,
        { crumb: 'c', crumbRequestField: 'Jenkins-Crumb' },
        { 'set-cookie': 'JSESSIONID=1; Path=/' },
      );
    }
    if (
      request.method === 'POST' &&
      state.wantsCrumb &&
      !(
        request.headers['jenkins-crumb'] === 'c' &&
        request.headers.cookie === 'JSESSIONID=1'
      )
    ) {
      return answer(403, '<h2>No valid crumb was included in the request</h2>');
    }
    if (path === '/queue/api/json') {
      return answer(200, {
        items: queue.flatMap((item, id) =>
          item.number === undefined && !item.isCancelled
            ? [
                {
                  id,
                  why: 'No executor',
                  stuck: true,
                  task: { url: `http://jenkins${pathOf(item.job)}/` },
                },
              ]
            : [],
        ),
      });
    }
    const item = /^\/queue\/item\/(\d+)\/api\/json$/.exec(path);
    if (item) {
      const found = queue[Number(item[1])];
      return found
        ? answer(200, {
            id: Number(item[1]),
            why: 'No executor',
            cancelled: found.isCancelled ?? false,
            executable: found.number ? { number: found.number } : null,
          })
        : answer(404);
    }
    if (path === '/queue/cancelItem' && request.method === 'POST') {
      const found = queue[Number(url.searchParams.get('id'))];
      if (!found || found.number !== undefined) return answer(404);
      found.isCancelled = true;
      return answer(204);
    }
    if (path === '/createItem') {
      const name = url.searchParams.get('name') ?? '';
      if (jobs.has(name))
        return answer(400, '', { 'x-error': `${name} exists` });
      jobs.set(name, { xml: text, builds: [] });
      return answer(200);
    }
    const [, place = '', rest = ''] =
      /^((?:\/job\/[^/]+)+)\/(.*)$/.exec(url.pathname) ?? [];
    const name = place
      .split('/job/')
      .slice(1)
      .map(decodeURIComponent)
      .join('/');
    const job = jobs.get(name);
    if (!job) return answer(404);
    if (rest === 'config.xml') {
      if (request.method === 'POST') job.xml = text;
      return answer(200, job.xml);
    }
    if (rest === 'doDelete') {
      jobs.delete(name);
      return answer(302);
    }
    if (rest === 'build' || rest === 'buildWithParameters') {
      const id = queue.push({
        job: name,
        parameters: [...new URLSearchParams(text)],
      });
      return answer(201, '', {
        location: `http://jenkins/queue/item/${id - 1}/`,
      });
    }
    const within = [...jobs.keys()].filter(key => key.startsWith(`${name}/`));
    if (rest === 'api/json' && within.length > 0) {
      return answer(200, {
        url: `http://jenkins${pathOf(name)}/`,
        jobs: within.map(key => ({
          name: key.slice(name.length + 1),
          actions: key.endsWith('/main') ? [{ _class: PRIMARY }] : [],
          lastBuild: buildJson(key, (jobs.get(key)?.builds.length ?? 0) - 1),
        })),
      });
    }
    if (rest === 'api/json') {
      return answer(200, {
        url: `http://jenkins/job/${name}/`,
        buildable: true,
        property: [
          null,
          {},
          {
            parameterDefinitions: [
              {
                name: 'TAG',
                type: 'StringParameterDefinition',
                defaultParameterValue: { value: '' },
              },
              {
                name: 'MODE',
                type: 'ChoiceParameterDefinition',
                choices: ['fast', 'full'],
              },
              {
                name: 'KEY',
                type: 'PasswordParameterDefinition',
                defaultParameterValue: { value: 's3' },
              },
            ],
          },
        ],
        builds: job.builds.map((_, index) => buildJson(name, index)).reverse(),
      });
    }
    const [, number = '', end = ''] = /^(\d+)\/(.*)$/.exec(rest) ?? [];
    const build = job.builds[Number(number) - 1];
    if (!build) return answer(404);
    switch (end) {
      case 'api/json':
        return answer(200, buildJson(name, Number(number) - 1));
      case 'stop':
        build.result = 'ABORTED';
        return answer(302);
      case 'wfapi/describe':
        return answer(200, {
          stages: [
            {
              name: 'Build',
              status: 'SUCCESS',
              startTimeMillis: 1000,
              durationMillis: 5,
            },
          ],
        });
      case 'logText/progressiveText': {
        const start = Number(url.searchParams.get('start'));
        return answer(200, state.console.slice(start), {
          'x-text-size': String(state.console.length),
          ...(build.result === null && { 'x-more-data': 'true' }),
        });
      }
      default:
        return answer(404);
    }
  });
  return {
    ...(await listen(server)),
    jobs,
    queue,
    seen,
    state,
    /** An executor takes what waits. */
    take(result: string | null) {
      queue.forEach(item => {
        const builds = jobs.get(item.job)?.builds;
        if (item.number === undefined && !item.isCancelled && builds) {
          item.number = builds.push({ result, parameters: item.parameters });
        }
      });
    },
  };
}
