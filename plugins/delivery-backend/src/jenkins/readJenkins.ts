import type { Config } from '@backstage/config';
import { readPositive, readUrl } from '@orrery/backstage-plugin-orrery-node';

/** Where Jenkins is. */
export type JenkinsConfig = {
  url: string;
  /** Where people open it. */
  publicUrl: string;
  username: string;
  token: string;
  /** Id of the credentials that its jobs fetch repositories with. */
  credentialsId?: string;
  timeoutSeconds: number;
};

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
  return {
    url,
    publicUrl: section.has('publicUrl')
      ? readUrl(section, 'publicUrl', path, 'username and token')
      : url,
    username: section.getString('username'),
    token: section.getString('token'),
    ...(credentialsId && { credentialsId }),
    timeoutSeconds: readPositive(section, 'timeoutSeconds', path, 15),
  };
}
