import type { Config } from '@backstage/config';
import { readPositive, readUrl } from '@orrery/backstage-plugin-orrery-node';

/** Where Jenkins is. */
export type JenkinsConfig = {
  url: string;
  /** Where people open it. */
  publicUrl: string;
  username: string;
  token: string;
  /** What its notifications of builds carry. */
  webhookToken?: string;
  /** Where it calls the portal; below the backend's address where absent. */
  webhookUrl?: string;
  /** Id of the credentials that its jobs fetch repositories with. */
  credentialsId?: string;
  timeoutSeconds: number;
};

/** It stands in addresses and in XML as it is. */
const WEBHOOK_TOKEN = /^[A-Za-z0-9._~-]{8,}$/;

/**
 * Reads `orrery.jenkins`; undefined where there is none.
 *
 * @throws Error that names the key, what was expected and what was found.
 */
export function readJenkins(config: Config): JenkinsConfig | undefined {
  const section = config.getOptionalConfig('orrery.jenkins');
  if (!section) {
    return undefined;
  }
  const path = 'orrery.jenkins';
  const url = readUrl(section, 'url', path, 'username and token');
  const credentialsId = section.getOptionalString('credentialsId');
  const webhookToken = section.getOptionalString('webhookToken');
  if (webhookToken !== undefined && !WEBHOOK_TOKEN.test(webhookToken)) {
    throw new Error(
      `Configuration ${path}.webhookToken: expected at least 8 letters, digits or . _ ~ -`,
    );
  }
  return {
    url,
    publicUrl: section.has('publicUrl')
      ? readUrl(section, 'publicUrl', path, 'username and token')
      : url,
    username: section.getString('username'),
    token: section.getString('token'),
    ...(credentialsId && { credentialsId }),
    ...(webhookToken && { webhookToken }),
    ...(section.has('webhookUrl') && {
      webhookUrl: readUrl(section, 'webhookUrl', path, 'webhookToken'),
    }),
    timeoutSeconds: readPositive(section, 'timeoutSeconds', path, 15),
  };
}
