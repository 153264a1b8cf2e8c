import { checkPattern, DEFAULT_NAMING, nameByConvention } from '.';

const service = { app: 'order', namespace: 'wealth-test', system: 'wealth' };

describe('naming', () => {
  it.each([
    [DEFAULT_NAMING.project, 'wealth/order'],
    [DEFAULT_NAMING.job, 'order.wealth'],
    [DEFAULT_NAMING.image, 'wealth/order'],
    [DEFAULT_NAMING.consulPrefix, 'wealth-test.order/'],
    ['{app}.{namespace}.example', 'order.wealth-test.example'],
    ['{app}-{app}.{system}', 'order-order.wealth'],
  ])('%s is %s', (pattern, name) => {
    expect(nameByConvention(pattern, service)).toBe(name);
    expect(checkPattern('pattern', pattern)).toBe(pattern);
  });

  it.each(['{app}', '{namespace}', 'order.{system}', '{app}.{system}.{team}'])(
    'refuses %s',
    pattern => {
      expect(() => checkPattern('orrery.naming.job', pattern)).toThrow(
        /^orrery\.naming\.job: expected a pattern with \{app\}/,
      );
    },
  );
});
