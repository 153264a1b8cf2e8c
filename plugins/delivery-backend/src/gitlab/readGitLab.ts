import type { Config } from '@backstage/config';
import { readPositive, readUrl } from '@orrery/backstage-plugin-orrery-node';

/** Where GitLab is. */
export type GitLabConfig = {
  url: string;
  /** Where people open it. */
  publicUrl: string;
  token: string;
  /** What its webhooks carry; without one they are refused. */
  webhookToken?: string;
  /** Where GitLab reaches the portal; below `backend.baseUrl` where absent. */
  webhookUrl?: string;
  timeoutSeconds: number;
};

const SHORTEST_TOKEN = 8;

/**
 * Reads `orrery.gitlab`; undefined where there is none.
 *
 * @throws Error that names the key, what was expected and what was found.
 */
export function readGitLab(config: Config): GitLabConfig | undefined {
  const section = config.getOptionalConfig('orrery.gitlab');
  const path = 'orrery.gitlab';
  if (!section) {
    return undefined;
  }
  const url = readUrl(section, 'url', path, 'token');
  const webhookToken = section.getOptionalString('webhookToken');
  if (webhookToken !== undefined && webhookToken.length < SHORTEST_TOKEN) {
    throw new Error(
      `Configuration ${path}.webhookToken: expected at least ${SHORTEST_TOKEN} characters, got ${webhookToken.length}`,
    );
  }
  return {
    url,
    publicUrl: section.has('publicUrl')
      ? readUrl(section, 'publicUrl', path, 'token')
      : url,
    token: section.getString('token'),
    ...(webhookToken && { webhookToken }),
    ...(section.has('webhookUrl') && {
      webhookUrl: readUrl(section, 'webhookUrl', path, 'webhookToken'),
    }),
    timeoutSeconds: readPositive(section, 'timeoutSeconds', path, 15),
  };
}
