import fc from 'fast-check';
import { formatRef, parseRef } from './refs';

const segment = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/);

describe('refs', () => {
  it.each([
    [
      'kepler/wealth',
      { type: 'namespace', cluster: 'kepler', namespace: 'wealth' },
    ],
    [
      'kepler/wealth/service/payment',
      {
        type: 'service',
        cluster: 'kepler',
        namespace: 'wealth',
        name: 'payment',
      },
    ],
    [
      'kepler/wealth/Deployment/payment-v2',
      {
        type: 'workload',
        cluster: 'kepler',
        namespace: 'wealth',
        kind: 'Deployment',
        name: 'payment-v2',
      },
    ],
  ])('reads %s', (text, ref) => {
    expect(parseRef(text)).toEqual(ref);
  });

  it.each(['', 'kepler', 'a/b/c', 'a/b/c/d/e', 'a//b', 'a/b/Kind/na me'])(
    'refuses %j and says what it wants',
    text => {
      expect(() => parseRef(text)).toThrow(/^ref: expected cluster\/namespace/);
    },
  );

  it('reads back whatever it writes', () => {
    fc.assert(
      fc.property(
        segment,
        segment,
        segment,
        segment,
        (cluster, namespace, kind, name) => {
          fc.pre(kind !== 'service');
          const ref = {
            type: 'workload',
            cluster,
            namespace,
            kind,
            name,
          } as const;
          expect(parseRef(formatRef(ref))).toEqual(ref);
        },
      ),
    );
  });
});
