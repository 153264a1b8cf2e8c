import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  actionPreviewSchema,
  activityListSchema,
  activitySchema,
  decidableRequestSchema,
  MOST_PERMITTED_QUESTIONS,
  permittedResponseSchema,
  scopeResponseSchema,
  type ActionRunRequest,
  type ActivityState,
  type PermittedAnswer,
  type PermittedQuestion,
} from '@orrery/backstage-plugin-orrery-common';
import type { z } from 'zod';
import type { ApprovalVerb, OrreryApi } from './OrreryApi';
import { readResponseError } from './readResponseError';

/**
 * Talks to the plugin `orrery`, and to the action routes of any plugin.
 *
 * @public
 */
export class OrreryClient implements OrreryApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  async scope() {
    return this.#request(scopeResponseSchema, 'orrery', '/scope');
  }

  async activities(
    options: {
      limit?: number;
      before?: string;
      target?: string;
      state?: ActivityState;
    } = {},
  ) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(options)) {
      if (value !== undefined) {
        query.set(name, String(value));
      }
    }
    return this.#request(activityListSchema, 'orrery', `/activity?${query}`);
  }

  async activity(id: string) {
    return this.#request(
      activitySchema,
      'orrery',
      `/activity/${encodeURIComponent(id)}`,
    );
  }

  async previewAction(pluginId: string, action: string, input: object) {
    return this.#request(
      actionPreviewSchema,
      pluginId,
      `/actions/${encodeURIComponent(action)}/preview`,
      { input },
    );
  }

  async runAction(pluginId: string, action: string, request: ActionRunRequest) {
    return this.#request(
      activitySchema.partial(),
      pluginId,
      `/actions/${encodeURIComponent(action)}/run`,
      request,
    );
  }

  async permitted(pluginId: string, questions: readonly PermittedQuestion[]) {
    const answers: PermittedAnswer[] = [];
    for (let at = 0; at < questions.length; at += MOST_PERMITTED_QUESTIONS) {
      const page = await this.#request(
        permittedResponseSchema,
        pluginId,
        '/actions/permitted',
        { questions: questions.slice(at, at + MOST_PERMITTED_QUESTIONS) },
      );
      answers.push(...page.answers);
    }
    return answers;
  }

  async decidable(pluginId: string, ids: readonly string[]) {
    const answer = await this.#request(
      decidableRequestSchema,
      pluginId,
      '/actions/approvals/decidable',
      { ids },
    );
    return answer.ids;
  }

  async decideApproval(
    pluginId: string,
    id: string,
    verb: ApprovalVerb,
    reason: string,
  ) {
    return this.#request(
      activitySchema.partial(),
      pluginId,
      `/actions/approvals/${encodeURIComponent(id)}/${verb}`,
      { reason },
    );
  }

  async #request<T extends z.ZodType>(
    schema: T,
    pluginId: string,
    path: string,
    body?: object,
  ): Promise<z.infer<T>> {
    const baseUrl = await this.#discoveryApi.getBaseUrl(pluginId);
    const response = await this.#fetchApi.fetch(
      `${baseUrl}${path}`,
      body && {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      },
    );
    if (!response.ok) {
      throw await readResponseError(response);
    }
    return schema.parse(await response.json());
  }
}
