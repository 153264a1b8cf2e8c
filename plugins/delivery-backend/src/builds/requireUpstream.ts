import { ServiceUnavailableError } from '@backstage/errors';
import type { GitLabClient } from '../gitlab/GitLabClient';
import type { JenkinsClient } from '../jenkins/JenkinsClient';
import type { BuildTools } from './types';

/** @throws ServiceUnavailableError where none is configured */
export function requireJenkins({ jenkins }: BuildTools): JenkinsClient {
  if (!jenkins) {
    throw new ServiceUnavailableError(
      'No Jenkins is configured (orrery.jenkins)',
    );
  }
  return jenkins;
}

/** @throws ServiceUnavailableError where none is configured */
export function requireGitLab({
  gitlab,
}: Pick<BuildTools, 'gitlab'>): GitLabClient {
  if (!gitlab) {
    throw new ServiceUnavailableError(
      'No GitLab is configured (orrery.gitlab)',
    );
  }
  return gitlab;
}
