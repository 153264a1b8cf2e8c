import { postWebhook } from '../webhook';
import type { Build, Job } from './model';

/** How long an endpoint may take, in milliseconds. */
const PATIENCE = 5000;

export type Phase = 'QUEUED' | 'STARTED' | 'COMPLETED' | 'FINALIZED';

const pathOf = (job: Job) =>
  job.name
    .split('/')
    .map(part => `job/${encodeURIComponent(part)}/`)
    .join('');

/**
 * Tells a job's endpoints of a build, as the Notification plugin does; nobody
 * waits for them, and what they answer is not looked at.
 */
export function notify(base: string, build: Build, phase: Phase): void {
  const { job, number, result, revision, branch } = build;
  const path = pathOf(job);
  const payload = {
    name: job.name.split('/').at(-1),
    display_name: job.name.split('/').at(-1),
    url: path,
    build: {
      full_url: `${base}${path}${number}/`,
      number,
      queue_id: build.queueId,
      timestamp: build.startedAt,
      phase,
      ...(result === undefined ? {} : { status: result }),
      url: `${path}${number}/`,
      scm: { branch, commit: revision },
      log: '',
      artifacts: {},
    },
  };
  for (const url of job.config.endpoints) {
    postWebhook(url, payload, PATIENCE).catch(() => undefined);
  }
}
