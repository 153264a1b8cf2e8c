import { screen, within } from '@testing-library/react';
import {
  canarySummarySample,
  releaseSample,
  workloadSample,
} from '../../__testUtils__/deliverySamples';
import { BUILDS, SOURCE } from '../../__testUtils__/builds';
import { renderDelivery } from '../../__testUtils__/renderDelivery';
import { DeliveryStrip, type DeliveryStripProps } from './DeliveryStrip';

const BINDING = {
  namespace: 'wealth',
  selector: 'app=payment',
  app: 'payment',
};
const TEST = workloadSample({
  ref: 'kepler/wealth-test/Deployment/payment',
  namespace: 'wealth-test',
  version: undefined,
  state: 'Unknown',
  pods: {},
});

/** An answer that has come. */
const answerOf = <T,>(value: T) => ({
  value,
  loading: false,
  error: undefined,
  retry: () => undefined,
});

describe('DeliveryStrip', () => {
  const show = (facts: Partial<DeliveryStripProps>) =>
    renderDelivery(
      <DeliveryStrip
        binding={BINDING}
        workloads={[workloadSample()]}
        canaries={[]}
        releases={[]}
        source={answerOf(SOURCE)}
        builds={answerOf(BUILDS)}
        {...facts}
      />,
    );
  const environment = (name: string) => screen.findByRole('group', { name });

  it('says what runs where since when, production last', async () => {
    show({
      workloads: [workloadSample(), TEST],
      releases: [
        releaseSample({ startedAt: '2026-01-01T10:00:00Z' }),
        releaseSample({ id: 'old', startedAt: '2025-12-01T10:00:00Z' }),
      ],
    });
    const production = await environment('production');
    expect(production).toHaveTextContent('1.8.2');
    expect(production).toHaveTextContent('3 of 3 pods');
    expect(production).toHaveTextContent(/since .*Jan/);
    const strip = screen.getByRole('region', { name: 'From commit to live' });
    expect(
      within(strip)
        .getAllByRole('group')
        .map(group => group.getAttribute('aria-label'))
        .slice(-2),
    ).toEqual(['test', 'production']);
  });

  it('begins with the newest commit and the last build', async () => {
    show({});
    await environment('production');
    const strip = screen.getByRole('region', { name: 'From commit to live' });
    expect(strip).toHaveTextContent('fedcba09');
    expect(strip).toHaveTextContent('feat: pay twice as fast');
    expect(strip).toHaveTextContent('Succeeded #7');
    expect(within(strip).getByRole('link', { name: 'Build' })).toHaveAttribute(
      'href',
      '/#delivery-builds',
    );
  });

  it('says why a commit and a build are not known', async () => {
    const failed = (reason: string) => ({
      sources: [{ name: 'x', state: 'failed' as const, reason }],
      warnings: [],
    });
    show({
      source: answerOf({
        ...SOURCE,
        branches: [],
        provenance: failed('GitLab is down'),
      }),
      builds: answerOf({
        ...BUILDS,
        builds: [],
        provenance: failed('Jenkins is down'),
      }),
    });
    await environment('production');
    const strip = screen.getByRole('region', { name: 'From commit to live' });
    expect(strip).toHaveTextContent('? unknownGitLab is down');
    expect(strip).toHaveTextContent('? unknownJenkins is down');
  });

  it('says what it does not know', async () => {
    show({ workloads: [TEST, workloadSample()] });
    const test = await environment('test');
    expect(test).toHaveTextContent('? unknown');
    expect(test).toHaveTextContent('? of ? pods');
    expect(test).toHaveTextContent('since: unknown');
  });

  it('shows a canary that is under way, and none that is over', async () => {
    show({
      canaries: [
        canarySummarySample(),
        canarySummarySample({
          ref: 'kepler/wealth/CanaryPlan/old',
          phase: 'Done',
          canaryVersion: '1.7.0',
        }),
      ],
    });
    const production = await environment('production');
    expect(production).toHaveTextContent('canary 1.9.0 25 %');
    expect(production).not.toHaveTextContent('1.7.0');
  });

  it('counts what it has no room for', async () => {
    show({
      workloads: [1, 2, 3, 4, 5].map(number =>
        workloadSample({
          ref: `kepler/wealth/Deployment/payment-${number}`,
          name: `payment-${number}`,
        }),
      ),
    });
    const production = await environment('production');
    expect(production).toHaveTextContent('payment-3');
    expect(production).not.toHaveTextContent('payment-4');
    expect(production).toHaveTextContent('+ 2');
  });
});
