import { parseWith } from '@orrery/backstage-plugin-orrery-common';
import type { ActionDefinition } from '@orrery/backstage-plugin-orrery-node';
import { MemoryCluster } from '../__testUtils__/MemoryCluster';
import { playHttp } from '../__testUtils__/playHttp';
import { playJenkins } from '../__testUtils__/playJenkins';
import { createCreateJobAction } from '../builds/createJobActions';
import type { BuildTools } from '../builds/types';
import { GitLabClient } from '../gitlab/GitLabClient';
import { GitLabHooks } from '../gitlab/GitLabHooks';
import { JenkinsClient } from '../jenkins/JenkinsClient';
import {
  createCreateSourceHookAction,
  createDeleteSourceHookAction,
} from './createSourceHookActions';
import { SourceHooks } from './SourceHooks';

const PLACE = { cluster: 'kepler', namespace: 'wealth', app: 'order' };
const URL = 'http://portal.example/api/delivery/hooks/gitlab';
const TOKEN = 'known-to-gitlab';
const PATH = '/api/v4/projects/wealth%2Forder';

type Hook = Record<string, unknown> & { id: number };

describe('webhooks of projects', () => {
  let gitlab: Awaited<ReturnType<typeof playHttp>>;
  let jenkins: Awaited<ReturnType<typeof playJenkins>>;
  let tools: BuildTools;
  let hooks: Hook[];

  beforeEach(async () => {
    hooks = [{ id: 3, url: 'http://elsewhere.example', push_events: true }];
    gitlab = await playHttp({
      [`GET ${PATH}`]: {
        status: 200,
        body: {
          id: 1,
          path_with_namespace: 'wealth/order',
          web_url: 'http://git/wealth/order',
          http_url_to_repo: 'http://git/wealth/order.git',
          created_at: '2026-11-26T10:00:00Z',
        },
      },
      [`GET ${PATH}/hooks`]: () => ({
        status: 200,
        // GitLab never tells a token.
        body: hooks.map(({ token: _, ...hook }) => hook),
      }),
      [`POST ${PATH}/hooks`]: body => {
        hooks.push({ ...(body as object), id: 7 });
        return { status: 201, body: hooks.at(-1) };
      },
      [`PUT ${PATH}/hooks/7`]: body => {
        Object.assign(hooks[1], body);
        return { status: 200, body: hooks[1] };
      },
      [`DELETE ${PATH}/hooks/7`]: () => {
        hooks.pop();
        return { status: 204 };
      },
    });
    jenkins = await playJenkins();
    const config = {
      url: gitlab.url,
      publicUrl: gitlab.url,
      token: 't',
      timeoutSeconds: 2,
    };
    tools = {
      client: new MemoryCluster(),
      config: { clusters: [] } as never,
      names: {
        refOf: () => 'kepler/wealth/service/order',
        of: async () => ({ project: 'wealth/order', job: 'order.wealth' }),
      } as never,
      gitlab: new GitLabClient(config),
      jenkins: new JenkinsClient({
        url: jenkins.url,
        publicUrl: jenkins.url,
        username: 'orrery',
        token: 'secret',
        timeoutSeconds: 2,
      }),
      hooks: new SourceHooks({
        gitlab: new GitLabHooks(config),
        url: URL,
        token: TOKEN,
      }),
    };
  });

  afterEach(() => {
    gitlab.stop();
    jenkins.stop();
  });

  async function drive(action: ActionDefinition) {
    const input = parseWith(action.input, PLACE, 'input');
    const preview = await action.preview(input);
    const { message } = await action.run(input, {
      resourceVersion: preview.resourceVersion,
      actor: 'user:default/lin',
      reason: 'Because',
    });
    const outcome = await action.verify?.(input, {
      signal: AbortSignal.timeout(1000),
      report: () => undefined,
    });
    return { preview, message, state: outcome?.state };
  }

  it('are added once, and get their token anew', async () => {
    const first = await drive(createCreateSourceHookAction(tools));
    expect(first).toMatchObject({
      preview: { summary: 'Add a webhook of wealth/order to the portal' },
      message: 'GitLab tells the portal of wealth/order',
      state: 'succeeded',
    });
    expect(hooks[1]).toMatchObject({
      url: URL,
      token: TOKEN,
      push_events: true,
      tag_push_events: true,
      merge_requests_events: true,
    });
    hooks[1].token = 'of-yesterday';
    const again = await drive(createCreateSourceHookAction(tools));
    expect(again).toMatchObject({
      preview: {
        summary: 'Set the webhook of wealth/order to the portal anew',
      },
      state: 'succeeded',
    });
    expect(hooks.map(({ token }) => token)).toEqual([undefined, TOKEN]);
    expect(JSON.stringify([first, again])).not.toContain(TOKEN);
    const gone = await drive(createDeleteSourceHookAction(tools));
    expect(gone.state).toBe('succeeded');
    expect(hooks.map(({ id }) => id)).toEqual([3]);
    const none = await drive(createDeleteSourceHookAction(tools));
    expect(none.preview.summary).toBe(
      'wealth/order has no webhook to the portal',
    );
  });

  it('come with the job of a service, which does without where they are refused', async () => {
    const first = await drive(createCreateJobAction(tools));
    expect(first).toMatchObject({
      message:
        'Jenkins took the job order.wealth; GitLab tells the portal of pushes',
      state: 'succeeded',
    });
    expect(hooks).toHaveLength(2);
    gitlab.answers[`GET ${PATH}/hooks`] = {
      status: 403,
      body: { message: '403 Forbidden' },
    };
    const second = await drive(createCreateJobAction(tools));
    expect(second.state).toBe('succeeded');
    expect(second.message).toMatch(
      /^Jenkins took the job order\.wealth; GitLab does not tell the portal of pushes: GitLab forbids it/,
    );
  });

  it('are refused where GitLab could not say who it is', async () => {
    const action = createCreateSourceHookAction({ ...tools, hooks: undefined });
    await expect(action.preview(PLACE)).rejects.toThrow(
      /orrery\.gitlab\.webhookToken/,
    );
  });
});
