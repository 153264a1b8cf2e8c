import type { Config } from '@backstage/config';
import { readPositive, readUrl } from '@orrery/backstage-plugin-orrery-node';

/** Where GitLab is. */
export type GitLabConfig = {
  url: string;
  /** Where people open it. */
  publicUrl: string;
  token: string;
  timeoutSeconds: number;
};

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
  return {
    url,
    publicUrl: section.has('publicUrl')
      ? readUrl(section, 'publicUrl', path, 'token')
      : url,
    token: section.getString('token'),
    timeoutSeconds: readPositive(section, 'timeoutSeconds', path, 15),
  };
}
