import { z } from 'zod';
import { warningSchema } from '../provenance';

/**
 * What a write would do, told before it is done. `before` and `after` are
 * texts to compare; `after` is the answer of the server's own dry run.
 *
 * @public
 */
export const actionPreviewSchema = z.object({
  action: z.string(),
  /** Ref of what changes. */
  target: z.string(),
  /** The effect in one sentence, fit for the button's neighbourhood. */
  summary: z.string(),
  before: z.string(),
  after: z.string(),
  /** What is touched besides the object itself; absent numbers are not known. */
  blastRadius: z.object({
    pods: z.number().int().optional(),
    requestsPerSecond: z.number().optional(),
    sentences: z.array(z.string()),
  }),
  /** The version that was read; a run on another one is refused with 409. */
  resourceVersion: z.string(),
  /** Text that must be typed to confirm, for targets where a slip is costly. */
  typedConfirmation: z.string().optional(),
  /** True when a run waits for a second person's approval. */
  needsApproval: z.boolean().optional(),
  warnings: z.array(warningSchema),
});

/** @public */
export type ActionPreview = z.infer<typeof actionPreviewSchema>;

/** The action by which a second person consents to all that is about to be made. @public */
export const CONSENT_ACTION = { plugin: 'orrery', action: 'consent' } as const;

/** Input of the action `consent` of the plugin `orrery`. @public */
export const consentInputSchema = z.object({
  /** Ref of what will be changed: a namespace or something in it. */
  target: z.string().min(1),
  /** What is about to be done. */
  summary: z.string().trim().min(1).max(5000),
  reason: z.string().trim().min(1).max(500),
});

/** Body of `POST /api/<plugin>/actions/<name>/preview`. @public */
export const actionPreviewRequestSchema = z.object({ input: z.unknown() });

/** Body of `POST /api/<plugin>/actions/<name>/run`. @public */
export const actionRunRequestSchema = z.object({
  input: z.unknown(),
  reason: z.string().trim().min(1).max(500),
  resourceVersion: z.string().min(1),
  /** Equal keys run once; the second caller gets the first one's row. */
  idempotencyKey: z.string().min(8).max(100),
  typedConfirmation: z.string().optional(),
  /**
   * Id of the activity by which a second person consented to something larger
   * that this is a part of. One that does not count changes nothing: the run
   * then waits for a second person of its own.
   */
  underConsent: z.string().min(1).max(100).optional(),
});

/** @public */
export type ActionRunRequest = z.infer<typeof actionRunRequestSchema>;

/**
 * Where an activity stands. `waiting` needs a second person, and nothing was
 * written yet; `rejected`, `withdrawn` and `expired` ones were never written.
 *
 * @public
 */
export const activityStateSchema = z.enum([
  'waiting',
  'running',
  'succeeded',
  'failed',
  'rejected',
  'withdrawn',
  'expired',
]);

/** @public */
export type ActivityState = z.infer<typeof activityStateSchema>;

/** @public */
export const approvalDecisionSchema = z.enum([
  'approved',
  'rejected',
  'withdrawn',
  'expired',
]);

/** @public */
export type ApprovalDecision = z.infer<typeof approvalDecisionSchema>;

/**
 * What a second person decides, or has decided, about an activity. Instants
 * are RFC 3339, people entity refs.
 *
 * @public
 */
export const approvalSchema = z.object({
  /** Id of the plugin that decides: `POST /api/<plugin>/actions/approvals/<id>/approve`. */
  plugin: z.string(),
  requestedBy: z.string(),
  /** Without a decision by then it expires. */
  neededUntil: z.string(),
  decision: approvalDecisionSchema.optional(),
  decidedBy: z.string().optional(),
  decidedAt: z.string().optional(),
  decisionReason: z.string().optional(),
});

/** @public */
export type Approval = z.infer<typeof approvalSchema>;

/** Body of `POST /api/<plugin>/actions/approvals/<id>/approve`, `/reject` and `/withdraw`. @public */
export const approvalDecisionRequestSchema = z.object({
  reason: z.string().trim().min(1).max(500),
});

/** Body of `POST /api/<plugin>/actions/approvals/decidable`, and its answer: those that the caller may decide. @public */
export const decidableRequestSchema = z.object({
  ids: z.array(z.string()).max(200),
});

/** How many questions one {@link permittedRequestSchema} may have. @public */
export const MOST_PERMITTED_QUESTIONS = 200;

/** Body of `POST /api/<plugin>/actions/permitted`: may the caller do these? @public */
export const permittedRequestSchema = z.object({
  questions: z
    .array(z.object({ action: z.string(), input: z.unknown() }))
    .max(MOST_PERMITTED_QUESTIONS),
});

/** @public */
export type PermittedQuestion = z.infer<
  typeof permittedRequestSchema
>['questions'][number];

/** @public */
export const permittedAnswerSchema = z.object({
  allowed: z.boolean(),
  /** True when it is allowed, and a second person must approve it. */
  needsApproval: z.boolean(),
  /** Why it is not allowed, or needs a second person. */
  reason: z.string().optional(),
});

/** @public */
export type PermittedAnswer = z.infer<typeof permittedAnswerSchema>;

/** Answers in the order of the questions. @public */
export const permittedResponseSchema = z.object({
  answers: z.array(permittedAnswerSchema),
});

/**
 * One row of the activity log: who did what to what, why, and how it ended.
 * Instants are RFC 3339.
 *
 * @public
 */
export const activitySchema = z.object({
  id: z.string(),
  startedAt: z.string(),
  finishedAt: z.string().optional(),
  /** Entity ref of the person, or the service principal's name. */
  actor: z.string(),
  action: z.string(),
  target: z.string(),
  reason: z.string(),
  summary: z.string(),
  before: z.string(),
  after: z.string(),
  state: activityStateSchema,
  /** How it ended in words; for a running one, what it waits for. */
  message: z.string(),
  /** How to take it back, or why that is not possible. */
  undo: z.string(),
  /** Present when a second person was or is needed. */
  approval: approvalSchema.optional(),
});

/** @public */
export type Activity = z.infer<typeof activitySchema>;

/** Answer of `GET /api/orrery/activity`, the newest first. @public */
export const activityListSchema = z.object({
  items: z.array(activitySchema),
  /** Pass as `before` for the next page. */
  next: z.string().optional(),
});

/** @public */
export type ActivityList = z.infer<typeof activityListSchema>;
