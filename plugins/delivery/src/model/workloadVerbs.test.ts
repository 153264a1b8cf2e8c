import { DETAILS, ORDER } from '../__testUtils__/workload';
import { questionOf, verbsOf } from './workloadVerbs';

describe('workload verbs', () => {
  it('are those that make sense for the kind and its state', () => {
    expect(verbsOf(DETAILS)).toEqual([
      'deploy',
      'rollBack',
      'restart',
      'scale',
      'pause',
      'resources',
      'probes',
      'environment',
    ]);
    expect(
      verbsOf({
        ...DETAILS,
        isPaused: true,
        revisions: [],
        summary: { ...ORDER, kind: 'CronJob' },
      }),
    ).toEqual([
      'deploy',
      'resume',
      'runNow',
      'resources',
      'probes',
      'environment',
    ]);
    expect(verbsOf({ ...DETAILS, summary: { ...ORDER, kind: 'Job' } })).toEqual(
      [],
    );
  });

  it('are asked about with inputs that the actions take', () => {
    expect(questionOf('scale', DETAILS)).toEqual({
      action: 'scale-workload',
      input: { workload: ORDER.ref, replicas: 2 },
    });
  });
});
