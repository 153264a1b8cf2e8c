import type {
  ClusterClient,
  OrreryConfig,
} from '@orrery/backstage-plugin-orrery-node';
import type { GitLabClient } from '../gitlab/GitLabClient';
import type { JenkinsClient } from '../jenkins/JenkinsClient';
import type { SourceHooks } from '../source/SourceHooks';
import type { ServiceNames } from '../names/ServiceNames';

/** What actions on builds, jobs and projects work with. */
export type BuildTools = {
  client: ClusterClient;
  config: OrreryConfig;
  names: ServiceNames;
  jenkins?: JenkinsClient;
  gitlab?: GitLabClient;
  /** Absent where GitLab could not say who it is. */
  hooks?: SourceHooks;
  /** Id of the credentials that jobs fetch repositories with. */
  credentialsId?: string;
  /** Where jobs tell of their builds; absent where Jenkins could not say who it is. */
  notify?: { url: string; token: string };
  pollMilliseconds?: number;
};
