import type { Activity } from '@orrery/backstage-plugin-orrery-common';
import type {
  ActivityLog,
  ActivityProgress,
  ActivityStart,
  ApprovalRequest,
  ApprovalStart,
  ApprovalVerdict,
} from '../activity';

/** An activity log for tests, which keeps the promises of the real one. @public */
export class MemoryActivityLog implements ActivityLog {
  readonly rows = new Map<string, Activity>();
  readonly #ids = new Map<string, string>();
  readonly #requests = new Map<string, ApprovalStart>();

  async start(start: ActivityStart) {
    return this.#open(start, { state: 'running' });
  }

  async update(id: string, progress: ActivityProgress): Promise<void> {
    const row = this.rows.get(id);
    if (row?.state === 'running') {
      this.rows.set(id, { ...row, ...progress });
    }
  }

  async ask(request: ApprovalStart) {
    const { plugin, input, resourceVersion, neededUntil, ...start } = request;
    const outcome = this.#open(start, {
      state: 'waiting',
      approval: { plugin, requestedBy: start.actor, neededUntil },
    });
    if (outcome.created) {
      this.#requests.set(outcome.activity.id, request);
    }
    return outcome;
  }

  async readRequest(id: string): Promise<ApprovalRequest | undefined> {
    const request = this.#requests.get(id);
    const activity = this.rows.get(id);
    return (
      request &&
      activity && {
        activity,
        input: request.input,
        resourceVersion: request.resourceVersion,
      }
    );
  }

  async decide(id: string, verdict: ApprovalVerdict) {
    const row = this.rows.get(id);
    if (!row?.approval) {
      return undefined;
    }
    if (row.state !== 'waiting') {
      return { activity: row, decided: false };
    }
    const { decision, decidedBy, decisionReason, message } = verdict;
    const activity: Activity = {
      ...row,
      state: decision === 'approved' ? 'running' : decision,
      message,
      approval: { ...row.approval, decision, decidedBy, decisionReason },
    };
    this.rows.set(id, activity);
    return { activity, decided: true };
  }

  #open(
    { idempotencyKey, ...start }: ActivityStart,
    more: Pick<Activity, 'state' | 'approval'>,
  ) {
    const key = `${start.actor} ${idempotencyKey}`;
    const known = this.rows.get(this.#ids.get(key) ?? '');
    if (known) {
      return { activity: known, created: false };
    }
    const activity: Activity = {
      ...start,
      ...more,
      id: `row-${this.rows.size + 1}`,
      startedAt: '2026-01-01T00:00:00Z',
    };
    this.#ids.set(key, activity.id);
    this.rows.set(activity.id, activity);
    return { activity, created: true };
  }
}
