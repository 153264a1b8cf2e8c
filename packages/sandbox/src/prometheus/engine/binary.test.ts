import { load } from '../testing/load';

const { ask } = load({
  'used{pod="1"}': [50],
  'used{pod="2"}': [30],
  'limit{pod="1"}': [100],
  'limit{pod="3"}': [100],
  'owner{pod="1",team="red"}': [1],
  'owner{pod="2",team="blue"}': [1],
  'request{pod="1",code="200"}': [8],
  'request{pod="1",code="500"}': [2],
});

describe('binary operators', () => {
  it.each<[string, Record<string, number>]>([
    ['1 + 2 * 3', { scalar: 7 }],
    ['2 ^ 3 ^ 2', { scalar: 512 }],
    ['-2 ^ 2', { scalar: -4 }],
    ['-7 % 3', { scalar: -1 }],
    ['1 ^ (0 / 0)', { scalar: 1 }],
    ['2 > bool 1', { scalar: 1 }],
    ['used / limit', { '{pod="1"}': 0.5 }],
    ['used > 40', { '{__name__="used",pod="1"}': 50 }],
    ['40 < used', { '{__name__="used",pod="1"}': 50 }],
    ['used > bool 40', { '{pod="1"}': 1, '{pod="2"}': 0 }],
    ['used < limit', { '{__name__="used",pod="1"}': 50 }],
    ['used and limit', { '{__name__="used",pod="1"}': 50 }],
    ['used unless limit', { '{__name__="used",pod="2"}': 30 }],
    [
      'used or limit',
      {
        '{__name__="used",pod="1"}': 50,
        '{__name__="used",pod="2"}': 30,
        '{__name__="limit",pod="3"}': 100,
      },
    ],
    [
      'used * on (pod) group_left(team) owner',
      { '{pod="1",team="red"}': 50, '{pod="2",team="blue"}': 30 },
    ],
    [
      'request / ignoring (code) group_left() sum without (code) (request)',
      { '{code="200",pod="1"}': 0.8, '{code="500",pod="1"}': 0.2 },
    ],
    [
      'owner * on (pod) group_right() request',
      { '{code="200",pod="1"}': 8, '{code="500",pod="1"}': 2 },
    ],
    ['sum(request) - on () sum(request{code="500"})', { '{}': 8 }],
  ])('%s', async (query, expected) => {
    expect(await ask(query)).toEqual(expected);
  });

  it.each([
    [
      'used / on (pod) request',
      'found duplicate series for the match group {pod="1"} on the right hand-side of the operation: [{__name__="request", code="500", pod="1"}, {__name__="request", code="200", pod="1"}];many-to-many matching not allowed: matching labels must be unique on one side',
    ],
    [
      'request / on (pod) used',
      'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)',
    ],
    [
      'sum without (code) (request) * on (pod) group_left() request',
      /many-to-many matching not allowed/,
    ],
    [
      'request * on (pod) group_left(code) label_replace(used, "code", "x", "", "")',
      'multiple matches for labels: grouping labels must ensure unique matches',
    ],
  ])('refuses %s', async (query, message) => {
    await expect(ask(query)).rejects.toThrow(message);
  });
});
