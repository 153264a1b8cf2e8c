import type {
  Activity,
  ApprovalDecision,
} from '@orrery/backstage-plugin-orrery-common';

/** One row of the table `activity`; instants are RFC 3339 in UTC. */
export type ActivityRow = {
  id: string;
  started_at: string;
  finished_at: string | null;
  actor: string;
  action: string;
  target: string;
  reason: string;
  summary: string;
  before: string;
  after: string;
  state: Activity['state'];
  message: string;
  undo: string;
  idempotency_key: string;
  plugin: string | null;
  input: string | null;
  resource_version: string | null;
  needed_until: string | null;
  decision: ApprovalDecision | null;
  decided_by: string | null;
  decided_at: string | null;
  decision_reason: string | null;
};

function approvalOf(row: ActivityRow): Activity['approval'] {
  if (row.plugin === null || row.needed_until === null) {
    return undefined;
  }
  return {
    plugin: row.plugin,
    requestedBy: row.actor,
    neededUntil: row.needed_until,
    decision: row.decision ?? undefined,
    decidedBy: row.decided_by ?? undefined,
    decidedAt: row.decided_at ?? undefined,
    decisionReason: row.decision_reason ?? undefined,
  };
}

/** The row as the API tells it. */
export function fromRow(row: ActivityRow): Activity {
  const approval = approvalOf(row);
  return {
    id: row.id,
    startedAt: row.started_at,
    ...(row.finished_at && { finishedAt: row.finished_at }),
    actor: row.actor,
    action: row.action,
    target: row.target,
    reason: row.reason,
    summary: row.summary,
    before: row.before,
    after: row.after,
    state: row.state,
    message: row.message,
    undo: row.undo,
    ...(approval && { approval }),
  };
}
