import type { LivePod } from '../live/model';
import type { TracedCall } from '../traces';
import { flavoured } from './flavour';

const podOf = (language: string) =>
  ({
    workload: {
      appName: 'risk-check',
      namespace: 'loan',
      app: { language },
    },
  } as unknown as LivePod);

const callOf = (id: number) =>
  ({
    id: id.toString(16).padStart(16, '0'),
    operation: { method: 'POST', path: '/', share: 1 },
  } as TracedCall);

function linesOf(language: string, failed: boolean): string[] {
  const pod = podOf(language);
  return Array.from({ length: 5000 }, (_, id) =>
    flavoured(pod, callOf(id), 'plain', failed),
  );
}

const share = (lines: readonly string[], test: RegExp) =>
  lines.filter(line => test.test(line)).length / lines.length;

describe('the flavour of messages', () => {
  it('is a stack in half of the failures of JVMs', () => {
    const lines = linesOf('Java', true);
    expect(
      share(
        lines,
        /^plain\n\tat example\.kepler\.loan\.riskcheck\.RiskCheckService/,
      ),
    ).toBeCloseTo(0.5, 1);
    expect(share(linesOf('Go', true), /^plain$/)).toBe(1);
  });

  it('is colour, Chinese and seldom HTML where all went well', () => {
    const lines = linesOf('Python', false);
    expect(share(lines, /^.\[32mplain.\[0m$/su)).toBeGreaterThan(0.05);
    expect(share(lines, /\p{Script=Han}/u)).toBeGreaterThan(0.002);
    expect(share(lines, /\p{Script=Han}/u)).toBeLessThan(0.02);
    expect(share(lines, /<script>/)).toBeLessThan(0.003);
    expect(lines).toEqual(linesOf('Python', false));
    expect(share(linesOf('Go', false), /^plain$/)).toBeGreaterThan(0.97);
  });
});
