import { LOAD_START_MS, load } from '../testing/load';

const { ask } = load({
  'room{room="a-1"}': [20.25],
  'room{room="a-10"}': [-3.5],
  'room{room="a-2"}': [NaN],
});

describe('functions of instant vectors', () => {
  it.each<[string, Record<string, number>]>([
    ['abs(room{room="a-10"})', { '{room="a-10"}': 3.5 }],
    ['ceil(room{room="a-1"})', { '{room="a-1"}': 21 }],
    ['floor(room{room="a-10"})', { '{room="a-10"}': -4 }],
    ['round(room{room="a-10"})', { '{room="a-10"}': -3 }],
    ['round(room{room="a-1"}, 0.1)', { '{room="a-1"}': 20.3 }],
    [
      'sgn(room)',
      { '{room="a-1"}': 1, '{room="a-10"}': -1, '{room="a-2"}': NaN },
    ],
    ['clamp(room{room="a-1"}, 0, 10)', { '{room="a-1"}': 10 }],
    ['clamp(room{room="a-1"}, 10, 0)', {}],
    ['clamp_min(room{room="a-10"}, 0)', { '{room="a-10"}': 0 }],
    ['clamp_max(room{room="a-1"}, 0)', { '{room="a-1"}': 0 }],
    ['scalar(room)', { scalar: NaN }],
    ['scalar(room{room="a-1"})', { scalar: 20.25 }],
    ['vector(3)', { '{}': 3 }],
    ['pi()', { scalar: Math.PI }],
    ['deg(vector(pi()))', { '{}': 180 }],
    ['time()', { scalar: LOAD_START_MS / 1000 }],
    ['timestamp(room{room="a-1"})', { '{room="a-1"}': LOAD_START_MS / 1000 }],
    ['absent(room)', {}],
    ['absent(none{a="b",c!="d"})', { '{a="b"}': 1 }],
    // 2024-02-29T12:34:56Z, a Thursday.
    ['minute(vector(1709210096))', { '{}': 34 }],
    ['hour(vector(1709210096))', { '{}': 12 }],
    ['day_of_week(vector(1709210096))', { '{}': 4 }],
    ['day_of_month(vector(1709210096))', { '{}': 29 }],
    ['day_of_year(vector(1709210096))', { '{}': 60 }],
    ['days_in_month(vector(1709210096))', { '{}': 29 }],
    ['month(vector(1709210096))', { '{}': 2 }],
    ['year(vector(1709210096))', { '{}': 2024 }],
    [
      'label_replace(room{room="a-1"}, "letter", "$1", "room", "([a-z])-.*")',
      { '{__name__="room",letter="a",room="a-1"}': 20.25 },
    ],
    [
      'label_join(room{room="a-1"}, "both", "+", "room", "room")',
      { '{__name__="room",both="a-1+a-1",room="a-1"}': 20.25 },
    ],
  ])('%s', async (query, expected) => {
    expect(await ask(query)).toEqual(expected);
  });

  it.each([
    ['sort(room)', ['-3.5', '20.25', 'NaN']],
    ['sort_desc(room)', ['20.25', '-3.5', 'NaN']],
    ['sort_by_label(room, "room")', ['20.25', 'NaN', '-3.5']],
    ['sort_by_label_desc(room, "room")', ['-3.5', 'NaN', '20.25']],
  ])('%s orders its result', async (query, expected) => {
    expect(Object.values(await ask(query)).map(String)).toEqual(expected);
  });

  it('refuses to make two series equal', async () => {
    await expect(
      ask('label_replace(room, "room", "same", "room", ".*")'),
    ).rejects.toThrow('vector cannot contain metrics with the same labelset');
  });
});
