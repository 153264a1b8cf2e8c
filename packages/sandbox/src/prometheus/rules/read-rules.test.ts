import { readRules } from './read-rules';

describe('readRules', () => {
  it('reads what the operator would write', () => {
    expect(
      readRules({
        metadata: { name: 'order', namespace: 'wealth', uid: 'u1' },
        spec: {
          groups: [
            {
              name: 'wealth.order',
              interval: '1m30s',
              rules: [
                {
                  alert: 'Failing',
                  expr: 'up == 0',
                  for: '5m',
                  keep_firing_for: '500ms',
                  labels: { severity: 'critical' },
                  annotations: { summary: 'It fails' },
                },
                { record: 'job:up:sum', expr: 'sum(up)' },
                { expr: 'neither' },
              ],
            },
            { name: 'empty' },
          ],
        },
      }),
    ).toEqual([
      {
        name: 'wealth.order',
        file: '/etc/prometheus/rules/wealth-order-u1.yaml',
        intervalMs: 90_000,
        rules: [
          {
            alert: 'Failing',
            expr: 'up == 0',
            forMs: 300_000,
            keepFiringForMs: 500,
            labels: { severity: 'critical' },
            annotations: { summary: 'It fails' },
          },
          { record: 'job:up:sum', expr: 'sum(up)', labels: {} },
        ],
      },
      {
        name: 'empty',
        file: '/etc/prometheus/rules/wealth-order-u1.yaml',
        intervalMs: 15_000,
        rules: [],
      },
    ]);
  });
});
