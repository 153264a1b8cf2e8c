import {
  jenkinsBranchSchema,
  jenkinsBuildSchema,
  jenkinsParameterSchema,
  jenkinsQueueItemSchema,
  jenkinsStageSchema,
  type JenkinsBuild,
  type JenkinsQueueItem,
} from '@orrery/backstage-plugin-delivery-common';
import {
  HttpUpstream,
  UpstreamError,
  type UpstreamAnswer,
} from '@orrery/backstage-plugin-orrery-node';
import { z } from 'zod';
import type { JenkinsConfig } from './readJenkins';

const BUILD_FIELDS =
  'number,url,building,result,timestamp,duration,estimatedDuration,actions[parameters[name,value],causes[shortDescription],lastBuiltRevision[SHA1]]';
const QUEUE_FIELDS =
  'id,why,stuck,cancelled,inQueueSince,executable[number],actions[parameters[name,value]]';
/** How many branches of a multibranch job are read. */
export const MOST_BRANCHES = 200;
const PARAMETER_FIELDS =
  'name,type,description,defaultParameterValue[value],choices';

const queueSchema = z.object({
  items: z.array(
    jenkinsQueueItemSchema.extend({
      task: z.object({ url: z.string().optional() }).optional(),
    }),
  ),
});

const jobSchema = z.object({
  url: z.string(),
  /** Jobs within it, of folders and multibranch jobs. */
  jobs: z.array(jenkinsBranchSchema).optional(),
  buildable: z.boolean().optional(),
  builds: z.array(jenkinsBuildSchema).optional(),
  property: z
    .array(
      z
        .object({
          parameterDefinitions: z.array(jenkinsParameterSchema).optional(),
        })
        .nullable(),
    )
    .optional(),
});

/** A job with its newest builds. */
export type JenkinsJob = z.infer<typeof jobSchema>;

const crumbSchema = z.object({
  crumbRequestField: z.string(),
  crumb: z.string(),
});

/** A piece of a console. */
export type ConsolePiece = { text: string; next: number; isMore: boolean };

/** `folder/job` as Jenkins addresses it. */
function pathOf(job: string): string {
  return job
    .split('/')
    .map(part => `/job/${encodeURIComponent(part)}`)
    .join('');
}

/**
 * Speaks Jenkins' remote API
 * (https://www.jenkins.io/doc/book/using/remote-access-api/).
 */
export class JenkinsClient {
  readonly #upstream: HttpUpstream;

  constructor(config: JenkinsConfig) {
    const pair = `${config.username}:${config.token}`;
    this.#upstream = new HttpUpstream({
      name: 'Jenkins',
      url: config.url,
      headers: {
        Authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
      },
      timeoutSeconds: config.timeoutSeconds,
      maxConcurrency: 8,
    });
  }

  /** A job with its newest builds; undefined where there is none. */
  async job(job: string, builds: number): Promise<JenkinsJob | undefined> {
    const tree = `url,buildable,property[parameterDefinitions[${PARAMETER_FIELDS}]],builds[${BUILD_FIELDS}]{0,${builds}},jobs[name,displayName,actions[_class],lastBuild[${BUILD_FIELDS}]]{0,${MOST_BRANCHES}}`;
    return this.#find(jobSchema, `${pathOf(job)}/api/json`, tree);
  }

  async build(job: string, number: number): Promise<JenkinsBuild> {
    const path = `${pathOf(job)}/${number}/api/json`;
    const build = await this.#find(jenkinsBuildSchema, path, BUILD_FIELDS);
    if (!build) {
      throw new UpstreamError(`Jenkins has no build ${number} of ${job}`, 404);
    }
    return build;
  }

  /** Stages of a pipeline; undefined for jobs that are none. */
  async stages(
    job: string,
    number: number,
  ): Promise<z.infer<typeof jenkinsStageSchema>[] | undefined> {
    const answer = await this.#find(
      z.object({ stages: z.array(jenkinsStageSchema) }),
      `${pathOf(job)}/${number}/wfapi/describe`,
    );
    return answer?.stages;
  }

  /** What waits of a job, and of the jobs within it. */
  async queueOf(job: string): Promise<JenkinsQueueItem[]> {
    const answer = await this.#find(
      queueSchema,
      '/queue/api/json',
      `items[${QUEUE_FIELDS},task[url]]`,
    );
    const end = `${pathOf(job)}/`;
    return (answer?.items ?? []).filter(({ task }) => {
      // Whatever Jenkins' own address is, jobs begin at the first of these.
      const url = `/${task?.url ?? ''}/`.replace(/\/+$/, '/');
      const path = url.slice(url.indexOf('/job/'));
      return path === end || path.startsWith(`${end}job/`);
    });
  }

  /** One item of the queue, for minutes after it left it too. */
  queueItem(id: number): Promise<JenkinsQueueItem | undefined> {
    const path = `/queue/item/${id}/api/json`;
    return this.#find(jenkinsQueueItemSchema, path, QUEUE_FIELDS);
  }

  /** @returns the id of the item of the queue that it became */
  async start(
    job: string,
    parameters: Readonly<Record<string, string>>,
    isParameterized: boolean,
  ): Promise<number> {
    const answer = await this.#post(
      `${pathOf(job)}/${isParameterized ? 'buildWithParameters' : 'build'}`,
      new URLSearchParams(parameters).toString(),
      'application/x-www-form-urlencoded',
    );
    const location = answer.headers.get('location') ?? '';
    const id = /\/queue\/item\/(\d+)\/?$/.exec(location)?.[1];
    if (id === undefined) {
      throw new UpstreamError('Jenkins did not say where the build waits');
    }
    return Number(id);
  }

  async abort(job: string, number: number): Promise<void> {
    await this.#post(`${pathOf(job)}/${number}/stop`);
  }

  async cancel(queueItem: number): Promise<void> {
    await this.#post(`/queue/cancelItem?id=${queueItem}`);
  }

  /** A piece of the console from an offset in bytes. */
  async console(
    job: string,
    number: number,
    start: number,
    signal?: AbortSignal,
  ): Promise<ConsolePiece> {
    const answer = await this.#upstream.send(
      `${pathOf(job)}/${number}/logText/progressiveText?start=${start}`,
      { signal },
    );
    if (answer.status !== 200) {
      throw this.#upstream.refusal(answer);
    }
    const next = Number(answer.headers.get('x-text-size'));
    return {
      text: answer.text,
      next: Number.isFinite(next)
        ? next
        : start + Buffer.byteLength(answer.text),
      isMore: answer.headers.get('x-more-data') === 'true',
    };
  }

  /** The job's `config.xml`; undefined where there is no such job. */
  async config(job: string): Promise<string | undefined> {
    const answer = await this.#upstream.send(`${pathOf(job)}/config.xml`);
    if (answer.status === 404) {
      return undefined;
    }
    if (answer.status !== 200) {
      throw this.#upstream.refusal(answer);
    }
    return answer.text;
  }

  /** Makes a job, or gives one that is there another configuration. */
  async putJob(job: string, xml: string, isThere: boolean): Promise<void> {
    const parts = job.split('/');
    const name = encodeURIComponent(parts.at(-1) ?? job);
    const folder = parts.length > 1 ? pathOf(parts.slice(0, -1).join('/')) : '';
    await this.#post(
      isThere
        ? `${pathOf(job)}/config.xml`
        : `${folder}/createItem?name=${name}`,
      xml,
      'application/xml',
    );
  }

  async deleteJob(job: string): Promise<void> {
    await this.#post(`${pathOf(job)}/doDelete`);
  }

  async #find<T>(
    schema: z.ZodType<T>,
    path: string,
    tree?: string,
  ): Promise<T | undefined> {
    const query = tree ? `?${new URLSearchParams({ tree })}` : '';
    try {
      const answer = await this.#upstream.json(`${path}${query}`);
      const result = schema.safeParse(answer);
      if (!result.success) {
        throw new UpstreamError(
          'Jenkins answered something that is not its API',
        );
      }
      return result.data;
    } catch (error) {
      if (error instanceof UpstreamError && error.status === 404) {
        return undefined;
      }
      throw error;
    }
  }

  /** Posts; where Jenkins wants a crumb, with one. */
  async #post(
    path: string,
    body?: string,
    type?: string,
  ): Promise<UpstreamAnswer> {
    const post = (headers: Record<string, string>) =>
      this.#upstream.send(path, {
        method: 'POST',
        headers: { ...(type && { 'Content-Type': type }), ...headers },
        body,
      });
    let answer = await post({});
    if (answer.status === 403 && /crumb/i.test(answer.text)) {
      answer = await post(await this.#crumb());
    }
    // Forms of Jenkins answer with a redirect to the page that follows.
    if (answer.status >= 400) {
      throw this.#upstream.refusal(answer, answer.headers.get('x-error') ?? '');
    }
    return answer;
  }

  /** A crumb belongs to the session that it was asked in. */
  async #crumb(): Promise<Record<string, string>> {
    const answer = await this.#upstream.send('/crumbIssuer/api/json');
    if (answer.status !== 200) {
      throw this.#upstream.refusal(answer);
    }
    const { crumb, crumbRequestField } = crumbSchema.parse(
      JSON.parse(answer.text),
    );
    const cookies = answer.headers
      .getSetCookie()
      .map(cookie => cookie.split(';')[0])
      .join('; ');
    return { [crumbRequestField]: crumb, ...(cookies && { Cookie: cookies }) };
  }
}
