import { z } from 'zod';
import type {
  Build,
  BuildParameter,
  BuildStage,
  BuildState,
  QueuedBuild,
} from './schema';

const parameter = z.object({ name: z.string(), value: z.unknown() });

/** Entries of `actions` come from many plugins; what is here is read. */
const buildAction = z.object({
  parameters: z.array(parameter).optional(),
  causes: z
    .array(z.object({ shortDescription: z.string().optional() }))
    .optional(),
  lastBuiltRevision: z.object({ SHA1: z.string().optional() }).optional(),
});

const actions = z.array(buildAction.nullable()).optional();

/** A build of Jenkins' remote API. @public */
export const jenkinsBuildSchema = z.object({
  number: z.number().int(),
  url: z.string(),
  building: z.boolean().optional(),
  result: z.string().nullish(),
  timestamp: z.number().optional(),
  duration: z.number().optional(),
  estimatedDuration: z.number().optional(),
  actions,
});

/** @public */
export type JenkinsBuild = z.infer<typeof jenkinsBuildSchema>;

/** A waiting item of Jenkins' queue. @public */
export const jenkinsQueueItemSchema = z.object({
  id: z.number().int(),
  why: z.string().nullish(),
  stuck: z.boolean().optional(),
  cancelled: z.boolean().optional(),
  inQueueSince: z.number().optional(),
  executable: z.object({ number: z.number().int() }).nullish(),
  actions,
});

/** @public */
export type JenkinsQueueItem = z.infer<typeof jenkinsQueueItemSchema>;

/** A stage of `wfapi/describe`. @public */
export const jenkinsStageSchema = z.object({
  name: z.string(),
  status: z.string(),
  startTimeMillis: z.number().optional(),
  durationMillis: z.number().optional(),
});

/** A parameter that a job declares. @public */
export const jenkinsParameterSchema = z.object({
  name: z.string(),
  type: z.string().optional(),
  description: z.string().nullish(),
  defaultParameterValue: z.object({ value: z.unknown() }).nullish(),
  choices: z.array(z.string()).optional(),
});

const RESULTS: Readonly<Record<string, BuildState>> = {
  SUCCESS: 'succeeded',
  UNSTABLE: 'unstable',
  FAILURE: 'failed',
  FAILED: 'failed',
  ABORTED: 'aborted',
  NOT_BUILT: 'aborted',
  NOT_EXECUTED: 'queued',
  IN_PROGRESS: 'running',
  PAUSED_PENDING_INPUT: 'running',
  QUEUED: 'queued',
};

function instant(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined || milliseconds <= 0
    ? undefined
    : new Date(milliseconds).toISOString();
}

function parametersOf(list: JenkinsBuild['actions']): Record<string, string> {
  return Object.fromEntries(
    (list ?? []).flatMap(action =>
      (action?.parameters ?? []).map(({ name, value }) => [
        name,
        // Secrets come without their value.
        value === undefined ? '' : String(value),
      ]),
    ),
  );
}

/** @public */
export function readBuild(build: JenkinsBuild): Build {
  const { number, url, building, result, duration } = build;
  const estimated = build.estimatedDuration;
  const startedAt = instant(build.timestamp);
  const known = (build.actions ?? []).flatMap(action => action ?? []);
  const cause = known
    .flatMap(({ causes }) => causes ?? [])
    .map(({ shortDescription }) => shortDescription)
    .find(text => text);
  const revision = known
    .map(({ lastBuiltRevision }) => lastBuiltRevision?.SHA1)
    .find(text => text);
  return {
    number,
    state: building ? 'running' : RESULTS[result ?? ''] ?? 'unknown',
    ...(startedAt && { startedAt }),
    ...(!building &&
      duration !== undefined && { durationMilliseconds: duration }),
    // Jenkins says -1 where it has no idea.
    ...(estimated !== undefined &&
      estimated > 0 && { estimatedMilliseconds: estimated }),
    parameters: parametersOf(build.actions),
    ...(cause && { cause }),
    ...(revision && { revision }),
    url,
  };
}

/** @public */
export function readQueueItem(item: JenkinsQueueItem): QueuedBuild {
  const since = instant(item.inQueueSince);
  return {
    id: item.id,
    ...(since && { since }),
    why: item.why ?? 'Jenkins does not say why',
    isStuck: item.stuck ?? false,
    parameters: parametersOf(item.actions),
  };
}

/** @public */
export function readStage(
  stage: z.infer<typeof jenkinsStageSchema>,
): BuildStage {
  const startedAt = instant(stage.startTimeMillis);
  return {
    name: stage.name,
    state: RESULTS[stage.status] ?? 'unknown',
    ...(startedAt && { startedAt }),
    ...(stage.durationMillis !== undefined && {
      durationMilliseconds: stage.durationMillis,
    }),
  };
}

function kindOf(type: string | undefined): BuildParameter['kind'] {
  switch (type) {
    case 'ChoiceParameterDefinition':
      return 'choice';
    case 'BooleanParameterDefinition':
      return 'boolean';
    case 'PasswordParameterDefinition':
    case 'CredentialsParameterDefinition':
      return 'secret';
    default:
      return 'text';
  }
}

/** @public */
export function readParameter(
  declared: z.infer<typeof jenkinsParameterSchema>,
): BuildParameter {
  const fallback = declared.defaultParameterValue?.value;
  const kind = kindOf(declared.type);
  return {
    name: declared.name,
    kind,
    ...(declared.description && { description: declared.description }),
    ...(fallback !== undefined &&
      fallback !== null &&
      kind !== 'secret' && { fallback: String(fallback) }),
    ...(declared.choices && { choices: declared.choices }),
  };
}
