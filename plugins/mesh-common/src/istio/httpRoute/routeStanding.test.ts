import { readRouteStanding } from '.';

type Condition = {
  type?: string;
  status: string;
  observedGeneration?: number;
  message?: string;
};

const route = (...parents: Condition[][]) => ({
  metadata: { name: 'payment', generation: 2 },
  status: {
    parents: parents.map(conditions => ({
      controllerName: 'example.org/controller',
      conditions: conditions.map(condition => ({
        type: 'Accepted',
        ...condition,
      })),
    })),
  },
});
const taken = { status: 'True', observedGeneration: 2 };
const refused = {
  status: 'False',
  observedGeneration: 2,
  message: 'no such match',
};
const unknown =
  'No controller has said whether it follows HTTPRoute payment as it is.';

describe('readRouteStanding', () => {
  it.each([
    ['accepted', route([taken]), { state: 'followed' }],
    [
      'accepted in an older version, whose condition did not change',
      route([{ ...taken, observedGeneration: 1 }]),
      { state: 'followed' },
    ],
    [
      'refused',
      route([refused]),
      {
        state: 'refused',
        sentence:
          'HTTPRoute payment is not accepted by example.org/controller: no such match',
      },
    ],
    [
      'refused in an older version only',
      route([{ ...refused, observedGeneration: 1 }]),
      { state: 'unknown', sentence: unknown },
    ],
    [
      'accepted by one parent of two',
      route([taken], [refused]),
      {
        state: 'followed',
        sentence:
          'HTTPRoute payment is not accepted by example.org/controller: no such match.',
      },
    ],
    [
      'accepted, with a backend that is not there',
      route([
        taken,
        { ...refused, type: 'ResolvedRefs', message: 'order is not there' },
      ]),
      {
        state: 'followed',
        sentence:
          'Some of HTTPRoute payment leads nowhere: order is not there.',
      },
    ],
    [
      'without a status',
      { metadata: { name: 'payment' } },
      { state: 'unknown', sentence: unknown },
    ],
  ])('reads one that is %s', (_, httpRoute, expected) => {
    expect(readRouteStanding(httpRoute)).toEqual(expected);
  });
});
