import {
  HttpUpstream,
  UpstreamError,
} from '@orrery/backstage-plugin-orrery-node';
import { z } from 'zod';
import type { GitLabConfig } from './readGitLab';

const hookSchema = z.object({
  id: z.number().int(),
  url: z.string(),
  push_events: z.boolean().optional(),
  tag_push_events: z.boolean().optional(),
  merge_requests_events: z.boolean().optional(),
});

/** A webhook of a project; its token is never told. */
export type GitLabHook = z.infer<typeof hookSchema>;

const pathOf = (project: string) =>
  `/projects/${encodeURIComponent(project)}/hooks`;

/** Speaks the part of GitLab's API that is about webhooks of projects (https://docs.gitlab.com/api/project_webhooks/). */
export class GitLabHooks {
  readonly #upstream: HttpUpstream;

  constructor(config: Pick<GitLabConfig, 'url' | 'token' | 'timeoutSeconds'>) {
    this.#upstream = new HttpUpstream({
      name: 'GitLab',
      url: `${config.url}/api/v4`,
      headers: { 'PRIVATE-TOKEN': config.token },
      timeoutSeconds: config.timeoutSeconds,
      maxConcurrency: 2,
    });
  }

  /** @throws UpstreamError, also where the token may not look */
  async list(project: string): Promise<GitLabHook[]> {
    const answer = await this.#upstream.json(`${pathOf(project)}?per_page=100`);
    const result = z.array(hookSchema).safeParse(answer);
    if (!result.success) {
      throw new UpstreamError('GitLab answered something that is not its API');
    }
    return result.data;
  }

  /** Adds a webhook to a project, or gives the one of an id these settings. */
  async put(
    project: string,
    hook: { url: string; token: string; [event: string]: string | boolean },
    id?: number,
  ): Promise<void> {
    const isNew = id === undefined;
    await this.#send(
      isNew ? 'POST' : 'PUT',
      isNew ? pathOf(project) : `${pathOf(project)}/${id}`,
      hook,
    );
  }

  async delete(project: string, id: number): Promise<void> {
    await this.#send('DELETE', `${pathOf(project)}/${id}`);
  }

  async #send(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<void> {
    const answer = await this.#upstream.send(path, {
      method,
      ...(body && {
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    if (answer.status >= 300) {
      throw this.#upstream.refusal(answer);
    }
  }
}
