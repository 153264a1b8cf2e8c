import fc from 'fast-check';
import { interpolateQuery } from './interpolateQuery';
import { matchesSelector } from './matchesSelector';
import { variablesOfQuery, variablesOfService } from './panelVariables';

const WINDOW = {
  fromMilliseconds: 0,
  toMilliseconds: 3_600_000,
  stepSeconds: 30,
};

describe('interpolateQuery', () => {
  it.each([
    ['rate(x{ns="$namespace"}[$__rate_interval])', 'rate(x{ns="shop"}[60s])'],
    ['x[$__interval] + $__interval_ms', 'x[30s] + 30000'],
    ['x[${__range}] [[namespace]]', 'x[3600s] shop'],
    ['x{pod=~"$pods"}', 'x{pod=~"(a\\\\.1|b)"}'],
    ['x{pod=~"${namespace:regex}"}', 'x{pod=~"shop"}'],
  ])('%s', (query, promql) => {
    const variables = { namespace: 'shop', pods: ['a.1', 'b'] };
    expect(interpolateQuery(query, variables, WINDOW)).toEqual({
      promql,
      unknown: [],
    });
  });

  it('says which variables it does not know', () => {
    expect(interpolateQuery('x{a="$b"}', {}, WINDOW).unknown).toEqual(['b']);
  });

  it('lets no value out of its quotes', () => {
    fc.assert(
      fc.property(fc.string(), value => {
        const { promql } = interpolateQuery('"$v"', { v: value }, WINDOW);
        expect(promql.slice(1, -1)).not.toMatch(/(^|[^\\])(\\\\)*"/);
      }),
    );
  });
});

describe('matchesSelector', () => {
  const dashboard = { title: 'Order', tags: ['shop', 'java'], folder: 'Teams' };
  it.each([
    ['shop', true],
    ['moon', false],
    ["tags @> 'shop' && tags @> 'java'", true],
    ["(tags @> 'moon') || title == 'Order'", true],
    ["tags @> 'shop' && folderTitle != 'Teams'", false],
  ])('%s is %s', (selector, expected) => {
    expect(matchesSelector(dashboard, selector)).toBe(expected);
  });
});

describe('variables', () => {
  const variables = [
    { name: 'namespace', type: 'query' },
    {
      name: 'service',
      type: 'query',
      query: 'label_values(istio_requests_total, destination_service)',
    },
    { name: 'App', type: 'query' },
    { name: 'other', type: 'custom', current: { value: '$__all' } },
    { name: 'qps', type: 'custom', current: { value: '5' } },
  ];
  const service = { namespace: 'shop', app: 'order' };

  it('are those of the service where their names say so', () => {
    expect(variablesOfService(variables, service)).toEqual({
      namespace: 'shop',
      service: 'order.shop.svc.cluster.local',
      App: 'order',
    });
    expect(variablesOfQuery(variables, service)).toMatchObject({
      other: '.*',
      qps: '5',
      App: 'order',
    });
  });
});
