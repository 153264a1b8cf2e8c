import { configKeySchema, serviceRefSchema } from './keys';
import { configValueTextSchema } from './inputs';

describe('what is taken from outside', () => {
  it.each(['a', 'timeouts/upstream', 'a//b', 'folder/', 'ä ö/…', 'a.b/..c'])(
    'takes the key %j',
    key => {
      expect(configKeySchema.safeParse(key).success).toBe(true);
    },
  );

  it.each(['', '/a', '../x', 'a/../../acl', './a', 'a\nb', 'x'.repeat(513)])(
    'refuses the key %j',
    key => {
      expect(configKeySchema.safeParse(key).success).toBe(false);
    },
  );

  it('takes refs of services only', () => {
    expect(
      serviceRefSchema.safeParse('kepler/wealth/service/payment').success,
    ).toBe(true);
    for (const ref of [
      'kepler/wealth',
      'kepler/wealth/Deployment/payment',
      'kepler/wealth/service/pay.ment',
      'kepler/../service/payment',
    ]) {
      expect(serviceRefSchema.safeParse(ref).success).toBe(false);
    }
  });

  it('refuses values that are too large or masked', () => {
    expect(configValueTextSchema.safeParse('x'.repeat(524288)).success).toBe(
      true,
    );
    expect(configValueTextSchema.safeParse('ä'.repeat(262145)).success).toBe(
      false,
    );
    expect(configValueTextSchema.safeParse('a=••••••••').success).toBe(false);
  });
});
