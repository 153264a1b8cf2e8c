import { readPlanSteps } from './stepsText';

describe('readPlanSteps', () => {
  it('reads every kind of step that has a short form', () => {
    expect(
      readPlanSteps(' mirror 10%, 5%,10m, analysis , 600s, 2h, approval,0% '),
    ).toEqual([
      { kind: 'mirror', percent: 10 },
      { kind: 'weight', weight: 5 },
      { kind: 'pause', seconds: 600 },
      { kind: 'analysis' },
      { kind: 'pause', seconds: 600 },
      { kind: 'pause', seconds: 7200 },
      { kind: 'approval' },
      { kind: 'weight', weight: 0 },
    ]);
  });

  it.each([
    ['', 'at least one step'],
    [' , ', 'at least one step'],
    ['5', 'got "5"'],
    ['5%, later', 'got "later"'],
    ['101%', 'expected'],
    ['0m', 'expected'],
    ['8d', 'expected'],
    ['mirror 200%', 'expected'],
  ])('refuses %j', (text, message) => {
    expect(() => readPlanSteps(text)).toThrow(message);
    expect(() => readPlanSteps(text)).toThrow(
      expect.objectContaining({ name: 'InputError' }),
    );
  });
});
