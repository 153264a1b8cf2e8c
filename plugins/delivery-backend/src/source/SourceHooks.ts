import type { GitLabHook, GitLabHooks } from '../gitlab/GitLabHooks';

/** Events that the portal listens to. */
const EVENTS = {
  push_events: true,
  tag_push_events: true,
  merge_requests_events: true,
  pipeline_events: true,
};

/** Webhooks with which GitLab tells the portal what happens to a project. */
export class SourceHooks {
  readonly #gitlab: GitLabHooks;
  readonly #token: string;
  /** Where GitLab calls the portal. */
  readonly url: string;

  constructor(options: { gitlab: GitLabHooks; url: string; token: string }) {
    this.#gitlab = options.gitlab;
    this.#token = options.token;
    this.url = options.url;
  }

  /**
   * The webhook of a project; undefined where GitLab does not tell the portal.
   *
   * @throws UpstreamError, also where the token may not look
   */
  async find(project: string): Promise<GitLabHook | undefined> {
    const hooks = await this.#gitlab.list(project);
    return hooks.find(({ url }) => url === this.url);
  }

  /**
   * Has GitLab tell the portal. One that is there gets the token anew, which
   * may have changed and is never told.
   *
   * @returns whether it is a new one
   * @throws UpstreamError
   */
  async ensure(project: string): Promise<boolean> {
    const found = await this.find(project);
    await this.#gitlab.put(
      project,
      { url: this.url, token: this.#token, ...EVENTS },
      found?.id,
    );
    return found === undefined;
  }

  /** Takes it away; that there is none is as good. */
  async remove(project: string): Promise<void> {
    const found = await this.find(project);
    if (found) {
      await this.#gitlab.delete(project, found.id);
    }
  }
}

/** Whether a webhook tells all that a page shows. */
export function isComplete(hook: GitLabHook): boolean {
  return (
    hook.push_events === true &&
    hook.tag_push_events === true &&
    hook.merge_requests_events === true
  );
}
