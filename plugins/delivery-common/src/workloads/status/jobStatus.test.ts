import type { PodObject, WorkloadObject } from '../objects';
import { ready, crashing, condition } from '../__testUtils__/pods';
import { cronJobStatus, jobStatus } from './jobStatus';

describe('status of Jobs', () => {
  const job = (
    status: WorkloadObject['status'],
    spec = {},
  ): WorkloadObject => ({
    metadata: { name: 'report-1', creationTimestamp: '2026-11-26T10:00:00Z' },
    spec,
    status,
  });
  const failed = job({
    failed: 4,
    conditions: condition('Failed', 'True', 'BackoffLimitExceeded'),
  });
  const done = job({
    completionTime: '2026-11-26T10:05:00Z',
    conditions: condition('Complete', 'True', ''),
  });

  it.each<[string, string, WorkloadObject, PodObject[]]>([
    [
      'Failing',
      'Failed after 4 pods: it was tried as often as it may be',
      failed,
      [],
    ],
    ['Idle', 'Finished at 2026-11-26T10:05:00Z', done, []],
    ['Paused', 'Suspended', job({}, { suspend: true }), []],
    [
      'Progressing',
      '1 of 3 pods done',
      job({ succeeded: 1 }, { completions: 3 }),
      [ready],
    ],
    [
      'Degraded',
      'The pod keeps crashing: app ended with exit code 2',
      job({}),
      [crashing(2, 'Error')],
    ],
    ['Unknown', 'No controller has reported about it yet', job(undefined), []],
  ])('is %s: %s', (state, sentence, object, pods) => {
    expect(jobStatus(object, pods)).toEqual({ state, sentence });
  });

  const at = '2026-11-26T10:00:00Z';
  it.each<[string, string, WorkloadObject, WorkloadObject[] | undefined]>([
    ['Paused', 'Suspended: it does not run', job({}, { suspend: true }), []],
    ['Idle', 'It has not run yet', job({}), []],
    [
      'Failing',
      `Its run of ${at} failed after 4 pods: it was tried as often as it may be`,
      job({}),
      [failed],
    ],
    ['Healthy', `Its run of ${at} succeeded`, job({}), [done]],
    ['Progressing', `Its run of ${at} goes on`, job({}), [job({ active: 1 })]],
    [
      'Unknown',
      `How its run of ${at} ended is not known`,
      job({ lastScheduleTime: at }),
      undefined,
    ],
    [
      'Healthy',
      `Its last good run ended at ${at}`,
      job({ lastScheduleTime: at, lastSuccessfulTime: at }),
      [],
    ],
  ])('of a CronJob is %s: %s', (state, sentence, object, jobs) => {
    expect(cronJobStatus(object, jobs)).toEqual({ state, sentence });
  });
});
