import { readPod } from '.';

const DIGEST = `sha256:${'ab'.repeat(32)}`;

describe('readPod', () => {
  it('shows what runs and how it ended before', () => {
    expect(
      readPod({
        metadata: {
          name: 'pay-6d-x',
          labels: { version: 'v2' },
          ownerReferences: [
            { kind: 'ReplicaSet', name: 'pay-6d', controller: true },
          ],
        },
        spec: { nodeName: 'n1' },
        status: {
          phase: 'Running',
          containerStatuses: [
            {
              name: 'app',
              ready: true,
              restartCount: 1,
              imageID: `r.example/pay@${DIGEST}`,
              state: { running: {} },
              lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
            },
          ],
        },
      }),
    ).toEqual({
      name: 'pay-6d-x',
      state: 'Healthy',
      sentence: 'Running and ready',
      node: 'n1',
      version: 'v2',
      revision: 'pay-6d',
      restarts: 1,
      containers: [
        {
          name: 'app',
          digest: DIGEST,
          isReady: true,
          restarts: 1,
          sentence: 'Running and ready',
          lastTermination: { exitCode: 137, reason: 'OOMKilled' },
        },
      ],
    });
  });

  it.each([
    [
      { deletionTimestamp: 'now' },
      { phase: 'Running' },
      'Progressing',
      'Ending',
    ],
    [{}, { phase: 'Succeeded' }, 'Idle', 'Done'],
    [
      {},
      { phase: 'Failed', reason: 'DeadlineExceeded' },
      'Failing',
      'Failed: DeadlineExceeded',
    ],
    [{}, { phase: 'Pending' }, 'Progressing', 'Is starting'],
    [
      {},
      { phase: 'Unknown', containerStatuses: [{ name: 'a', ready: true }] },
      'Unknown',
      'Its node is silent',
    ],
  ])('of %j in %j', (metadata, status, state, sentence) => {
    expect(
      readPod({ metadata: { name: 'p', ...metadata }, status }),
    ).toMatchObject({ state, sentence });
  });
});
