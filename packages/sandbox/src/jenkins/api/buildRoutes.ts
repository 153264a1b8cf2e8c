import { sendJson } from '../../http';
import type { Jenkins } from '../Jenkins';
import { jobPath } from '../machine';
import { parametersOf, type Build, type Job } from '../model';
import { buildShape, stagesShape } from './builds';
import { notFound, Refusal, sendShape, type Exchange } from './Exchange';

/** Puts a build of a job into the queue. @throws Refusal */
export function startBuild(
  jenkins: Jenkins,
  { base, response, query, body, user, request }: Exchange,
  job: Job,
  isPlain: boolean,
): void {
  if (job.config.isDisabled)
    throw new Refusal(409, `${job.name} is not buildable`);
  const isParameterized = parametersOf(job).length > 0;
  const isForm = String(request.headers['content-type']).includes('form');
  const form = new URLSearchParams(isForm ? body : '');
  if (isPlain && isParameterized)
    throw new Refusal(400, 'Nothing is submitted');
  if (!isPlain && !isParameterized)
    throw new Refusal(500, 'This build is not parameterized!');
  const given = new Map([...query, ...form]);
  for (const { name, choices } of parametersOf(job)) {
    const value = given.get(name);
    if (choices && value !== undefined && !choices.includes(value)) {
      throw new Refusal(500, `Illegal choice for parameter ${name}: ${value}`);
    }
  }
  const delay = /^(\d+)(?:sec)?$/.exec(given.get('delay') ?? '')?.[1];
  const { id } = jenkins.schedule(
    job,
    jenkins.accepted(job, given),
    `Started by user ${user.name}`,
    delay === undefined ? undefined : Number(delay) * 1000,
  );
  response.writeHead(201, { Location: `${base}queue/item/${id}/` }).end();
}

function find({ builds }: Job, reference: string): Build | undefined {
  const last: Readonly<Record<string, (build: Build) => boolean>> = {
    lastBuild: () => true,
    lastCompletedBuild: ({ result }) => result !== undefined,
    lastSuccessfulBuild: ({ result }) =>
      result === 'SUCCESS' || result === 'UNSTABLE',
    lastStableBuild: ({ result }) => result === 'SUCCESS',
    lastFailedBuild: ({ result }) => result === 'FAILURE',
    lastUnsuccessfulBuild: ({ result }) =>
      result !== undefined && result !== 'SUCCESS',
  };
  return builds.find(
    Object.hasOwn(last, reference)
      ? last[reference]
      : ({ number }) => String(number) === reference,
  );
}

/** Answers what is asked of a build. @throws Refusal */
export async function answerBuild(
  jenkins: Jenkins,
  exchange: Exchange,
  job: Job,
  path: string,
): Promise<void> {
  const { response, request, base, query, user } = exchange;
  const [, reference = '', rest = ''] = /^\/([^/]+)(\/.*)?$/.exec(path) ?? [];
  const build = find(job, reference);
  if (!build) throw notFound();
  if (request.method === 'POST') {
    if (!['/stop', '/term', '/kill'].includes(rest)) throw notFound();
    jenkins.abort(build, user.name);
    response
      .writeHead(302, {
        Location: `${base}${jobPath(job.name)}/${build.number}/`,
      })
      .end();
    return;
  }
  if (rest === '/api/json' || rest === '/' || rest === '') {
    sendShape(exchange, buildShape(jenkins, base, build));
    return;
  }
  await jenkins.replay(build);
  if (rest === '/consoleText') {
    response
      .writeHead(200, { 'Content-Type': 'text/plain;charset=UTF-8' })
      .end(build.log);
  } else if (rest === '/logText/progressiveText') {
    const log = Buffer.from(build.log);
    const asked = Number(query.get('start') ?? 0) || 0;
    // Who asks for more than there is begins anew, as in Jenkins.
    const start = asked > log.length ? 0 : asked;
    response
      .writeHead(200, {
        'Content-Type': 'text/plain;charset=UTF-8',
        'X-Text-Size': String(log.length),
        ...(build.result === undefined ? { 'X-More-Data': 'true' } : {}),
      })
      .end(log.subarray(start));
  } else if (rest === '/wfapi/describe' || rest === '/wfapi/') {
    if (job.config.kind !== 'pipeline') throw notFound();
    sendJson(response, 200, stagesShape(jenkins, build));
  } else throw notFound();
}
