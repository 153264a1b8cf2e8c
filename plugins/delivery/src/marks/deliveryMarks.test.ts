import {
  canarySample,
  canarySummarySample,
  releaseSample,
} from '../__testUtils__/deliverySamples';
import type { DeliveryApi, ReleasesApi } from '../api';
import { createDeliveryMarks } from './deliveryMarks';

const AT = Date.parse('2026-01-01T10:00:00Z');
const QUERY = {
  fromMilliseconds: AT - 3_600_000,
  toMilliseconds: AT + 3_600_000,
  namespaces: ['wealth'],
};

describe('delivery marks', () => {
  it('are releases, and steps of canaries that have begun', async () => {
    const asked: unknown[] = [];
    const [first, ...steps] = canarySample().steps;
    const deliveryApi: Partial<DeliveryApi> = {
      canaries: async () => ({
        canaries: [
          canarySummarySample(),
          canarySummarySample({ ref: 'a/b/c/idle', phase: 'Idle' }),
        ],
        engines: [],
        sources: [],
        warnings: [],
      }),
      canary: async ref => {
        asked.push(ref);
        return {
          canary: canarySample({
            steps: [{ ...first, startedAt: '2026-01-01T10:05:00Z' }, ...steps],
          }),
          sources: [],
          warnings: [],
        };
      },
    };
    const releasesApi: Partial<ReleasesApi> = {
      releases: async request => {
        asked.push(request);
        return {
          items: [releaseSample({ state: 'failed' })],
          provenance: { sources: [], warnings: [] },
        };
      },
    };
    const provider = createDeliveryMarks(
      deliveryApi as DeliveryApi,
      releasesApi as ReleasesApi,
    );
    expect(await provider.read(QUERY)).toEqual([
      expect.objectContaining({
        kind: 'deploy',
        atMilliseconds: AT,
        title: 'payment 1.8.2',
        isBad: true,
      }),
      expect.objectContaining({
        kind: 'canary',
        atMilliseconds: AT + 300_000,
        title: 'payment 1.9.0: 25 %',
        isBad: false,
        href: '/delivery?canary=kepler%2Fwealth%2FCanaryPlan%2Fpayment',
      }),
    ]);
    expect(asked).toEqual([
      expect.objectContaining({ namespaces: ['wealth'], limit: 200 }),
      'kepler/wealth/CanaryPlan/payment',
    ]);
  });
});
