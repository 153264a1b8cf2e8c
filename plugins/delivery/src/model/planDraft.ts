import {
  canaryPlanSchema,
  checkPlan,
  type CanaryPlanInput,
  type PlanStep,
} from '@orrery/backstage-plugin-delivery-common';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';

/** Kinds of steps, in the order in which they are offered. */
export const STEP_KINDS = [
  'weight',
  'pause',
  'approval',
  'header',
  'mirror',
  'analysis',
] as const;

/** @public */
export type StepKind = (typeof STEP_KINDS)[number];

/** Ways to compare a header. */
export const HEADER_MATCHES = ['exact', 'prefix', 'regex'] as const;

/** @public */
export type HeaderMatch = (typeof HEADER_MATCHES)[number];

/** A step while it is edited; numbers may be absent. @public */
export type StepDraft = {
  /** Stays with the step wherever it is moved. */
  key: string;
  kind: StepKind;
  /** Percent, of `weight` and `mirror`. */
  percent?: number;
  /** Of `pause`. */
  minutes?: number;
  header: string;
  match: HeaderMatch;
  value: string;
};

/** @public */
export type MetricDraft = {
  key: string;
  name: string;
  query: string;
  minimum?: number;
  maximum?: number;
  maximumIncreasePercent?: number;
};

/** The form of a plan as it stands. @public */
export type PlanDraft = {
  image: string;
  replicas?: number;
  steps: StepDraft[];
  isAnalysed: boolean;
  intervalSeconds?: number;
  minimumRequests?: number;
  maximumErrorIncreasePoints?: number;
  maximumP95IncreasePercent?: number;
  metrics: MetricDraft[];
  onFailure: 'abort' | 'hold';
  onSuccess: 'promote' | 'wait';
  deadlineHours?: number;
};

/** A new step of a kind, with values that one is likely to want. */
export function newStep(
  kind: StepKind,
  values: Partial<StepDraft> = {},
): StepDraft {
  return {
    key: crypto.randomUUID(),
    kind,
    header: 'x-canary',
    match: 'exact',
    value: 'always',
    ...(kind === 'weight' && { percent: 10 }),
    ...(kind === 'mirror' && { percent: 10 }),
    ...(kind === 'pause' && { minutes: 5 }),
    ...values,
  };
}

/** Plans to begin with. */
export const PRESETS = {
  careful: () => [
    newStep('weight', { percent: 5 }),
    newStep('pause', { minutes: 10 }),
    newStep('weight', { percent: 25 }),
    newStep('approval'),
    newStep('weight', { percent: 50 }),
    newStep('pause', { minutes: 10 }),
  ],
  quick: () => [
    newStep('weight', { percent: 20 }),
    newStep('pause', { minutes: 5 }),
    newStep('weight', { percent: 50 }),
    newStep('pause', { minutes: 5 }),
  ],
  header: () => [
    newStep('header'),
    newStep('approval'),
    newStep('weight', { percent: 10 }),
    newStep('pause', { minutes: 10 }),
    newStep('weight', { percent: 50 }),
    newStep('pause', { minutes: 10 }),
  ],
} as const;

/** A step of a plan as it is edited. */
function draftOf(step: PlanStep): StepDraft {
  switch (step.kind) {
    case 'weight':
      return newStep('weight', { percent: step.weight });
    case 'mirror':
      return newStep('mirror', { percent: step.percent });
    case 'pause':
      return newStep('pause', { minutes: step.seconds / 60 });
    case 'header': {
      const [[header, match] = ['', {}]] = Object.entries(step.headers);
      const kind = HEADER_MATCHES.find(name => match[name] !== undefined);
      return newStep('header', {
        header,
        ...(kind && { match: kind, value: match[kind] }),
      });
    }
    default:
      return newStep(step.kind);
  }
}

/**
 * The form as it is first shown.
 *
 * @param steps - those that the service says of itself
 */
export function newDraft(
  image: string,
  steps?: readonly PlanStep[],
): PlanDraft {
  return {
    image,
    replicas: 1,
    steps: steps ? steps.map(draftOf) : PRESETS.careful(),
    isAnalysed: true,
    intervalSeconds: 30,
    maximumErrorIncreasePoints: 0.5,
    maximumP95IncreasePercent: 20,
    metrics: [],
    onFailure: 'abort',
    onSuccess: 'wait',
    deadlineHours: 24,
  };
}

/** What is absent counts as a value that the schema refuses by name. */
const ABSENT = NaN;

function stepOf(draft: StepDraft): PlanStep {
  switch (draft.kind) {
    case 'weight':
      return { kind: 'weight', weight: draft.percent ?? ABSENT };
    case 'mirror':
      return { kind: 'mirror', percent: draft.percent ?? ABSENT };
    case 'pause':
      return {
        kind: 'pause',
        seconds: Math.round((draft.minutes ?? ABSENT) * 60),
      };
    case 'header':
      return {
        kind: 'header',
        headers:
          draft.header.trim() === ''
            ? {}
            : { [draft.header.trim()]: { [draft.match]: draft.value } },
      };
    default:
      return { kind: draft.kind };
  }
}

/** Leaves out what was left empty, so that it is computed. */
function known<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}

/** The input of `start-canary` that a form says. */
export function planOfDraft(
  workload: string,
  draft: PlanDraft,
): CanaryPlanInput {
  return {
    workload,
    image: draft.image.trim(),
    ...known({ replicas: draft.replicas }),
    steps: draft.steps.map(stepOf),
    ...(draft.isAnalysed && {
      analysis: {
        ...known({
          intervalSeconds: draft.intervalSeconds,
          minimumRequests: draft.minimumRequests,
          maximumErrorIncreasePoints: draft.maximumErrorIncreasePoints,
          maximumP95IncreasePercent: draft.maximumP95IncreasePercent,
        }),
        metrics: draft.metrics.map(({ key: _, ...metric }) => ({
          ...known(metric),
          name: metric.name,
          query: metric.query,
        })),
      },
    }),
    onFailure: draft.onFailure,
    onSuccess: draft.onSuccess,
    ...(draft.deadlineHours !== undefined && {
      deadlineSeconds: Math.round(draft.deadlineHours * 3600),
    }),
  };
}

/** What is wrong with a plan, and where: `steps.2.weight`. @public */
export type PlanProblem = { field: string; sentence: string };

/** What can be told to be wrong without asking the server. */
export function problemOfPlan(plan: CanaryPlanInput): PlanProblem | undefined {
  const parsed = canaryPlanSchema.safeParse(plan);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    return { field: path.join('.'), sentence: message };
  }
  try {
    checkPlan(parsed.data);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidValueError) {
      return {
        field: error.field.replace(/\[(\d+)\]/g, '.$1'),
        sentence: error.message,
      };
    }
    throw error;
  }
}
