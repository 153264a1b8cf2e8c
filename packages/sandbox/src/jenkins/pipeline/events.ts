import type { Output, ShellMachine } from '../shell/runShell';

/** How a build or stage ended. */
export type Result =
  | 'SUCCESS'
  | 'UNSTABLE'
  | 'FAILURE'
  | 'ABORTED'
  | 'NOT_BUILT';

/** What happens while a pipeline runs. */
export type PipelineEvent =
  | ({ kind: 'output' } & Output)
  | { kind: 'stage'; name: string }
  /** How the stage that runs has turned out. */
  | { kind: 'verdict'; result: Result }
  | { kind: 'end'; result: Result };

/** What a pipeline runs in. */
export interface PipelineContext {
  machine: ShellMachine & { environment: Map<string, string> };
  parameters: ReadonlyMap<string, string | boolean>;
  /** Whether the pipeline came from a repository, which is then fetched first. */
  hasSource: boolean;
  /** Lines that fetching the source writes. */
  checkout(): string;
  previousResult: Result | undefined;
  isAborted(): boolean;
  branch: string;
}

/** A line of the console. */
export const line = (text: string, seconds = 0.05): PipelineEvent => ({
  kind: 'output',
  seconds,
  text: `${text}\n`,
});
