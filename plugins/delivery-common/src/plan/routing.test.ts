import { routingInWords, type PlanRouting } from '.';

const ofIstio: PlanRouting = {
  kind: 'VirtualService',
  service: 'quote',
  virtualService: { name: 'quotes', isMade: false },
  destinationRule: { name: 'quote', isMade: true },
  subsets: { stable: 'v1', canary: 'canary' },
};

describe('routingInWords', () => {
  it.each<[string, PlanRouting, string]>([
    [
      'a VirtualService that was there',
      ofIstio,
      'VirtualService quotes shares out the requests to Service quote, between the subsets v1 and canary of DestinationRule quote (made for the canary, removed after it).',
    ],
    [
      'an HTTPRoute',
      {
        kind: 'HTTPRoute',
        service: 'quote',
        httpRoute: { name: 'quotes' },
        services: { stable: 'quote-stable', canary: 'quote-canary' },
      },
      'HTTPRoute quotes shares out the requests to Service quote, between Services quote-stable and quote-canary.',
    ],
  ])('tells of %s', (_, routing, expected) => {
    expect(routingInWords(routing)).toBe(expected);
  });
});
