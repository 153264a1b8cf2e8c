import type { Commit } from '../gitlab/git/Repository';
import type { ParameterDefinition } from './pipeline/readPipeline';
import type { Result } from './pipeline/events';

/** What a job's `config.xml` says, as far as it matters here. */
export interface JobConfig {
  kind: 'pipeline' | 'freestyle';
  description: string;
  isDisabled: boolean;
  /** Where the source is fetched from; undefined for scripts within the configuration. */
  repositoryUrl?: string;
  /** Branch specifier, as Jenkins writes it; a leading star stands for any remote. */
  branch: string;
  scriptPath: string;
  /** The pipeline or shell script within the configuration. */
  script?: string;
  parameters: ParameterDefinition[];
  /** Secret that webhooks of GitLab have to show. */
  hookToken?: string;
  /** Where builds are told of, by the Notification plugin. */
  endpoints: string[];
}

/** A stage that began. */
export interface StageRecord {
  name: string;
  startedAt: number;
  endedAt?: number;
  result?: Result;
}

export interface Build {
  number: number;
  job: Job;
  queueId: number;
  cause: string;
  parameters: ReadonlyMap<string, string | boolean>;
  /** Milliseconds since the Unix epoch. */
  startedAt: number;
  endedAt?: number;
  result?: Result;
  revision?: string;
  branch?: string;
  /** The console so far. */
  log: string;
  stages: StageRecord[];
  changes: readonly Commit[];
  isAborted: boolean;
  /** Of builds of the past that failed: their tests did. */
  forcedFailure?: boolean;
  /** Of builds that ended before the sandbox started: plays them, once somebody looks. */
  replay?: () => Promise<void>;
}

/** A job, with its builds, newest first. */
export interface Job {
  kind: 'job';
  /** Full name, with its folders. */
  name: string;
  xml: string;
  config: JobConfig;
  /** What its pipeline declared when it last ran, which is when Jenkins learns it. */
  declared?: ParameterDefinition[];
  isConcurrent: boolean;
  /** Of jobs that a multibranch project made: the branch they build. */
  head?: { branch: string; isPrimary: boolean };
  builds: Build[];
  nextNumber: number;
}

/** A folder; that of a multibranch project finds its jobs in a repository. */
export interface Folder {
  kind: 'folder';
  name: string;
  xml: string;
  description: string;
  repositoryUrl?: string;
  scriptPath?: string;
}

export type Item = Job | Folder;

/** A build that waits, or waited. */
export interface QueueItem {
  id: number;
  job: Job;
  cause: string;
  parameters: ReadonlyMap<string, string | boolean>;
  since: number;
  /** Until when equal requests are taken for one. */
  quietUntil: number;
  build?: Build;
  isCancelled: boolean;
  leftAt?: number;
}

/** Parameters that a job asks for, by whichever of configuration and pipeline says so. */
export const parametersOf = (job: Job): readonly ParameterDefinition[] =>
  job.declared ?? job.config.parameters;
