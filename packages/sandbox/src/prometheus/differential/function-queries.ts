import type { DifferentialCase } from './queries';

const perFunction = (names: string, template: (name: string) => string[]) =>
  names.split(' ').flatMap(template);

/** Every function, on smooth data and on data with NaN, infinities and resets. */
const EVERYWHERE: readonly string[] = [
  ...perFunction(
    'rate increase delta irate idelta deriv changes resets',
    name => [
      `${name}(istio_requests_total{destination_workload="cart"}[1m])`,
      `${name}(istio_requests_total{destination_version="v2"}[5m])`,
      `${name}(ended_total[3m])`,
      `${name}(temperature[90s])`,
      `${name}(odd[47s])`,
      `${name}(temperature[5s])`,
    ],
  ),
  ...perFunction(
    'avg_over_time min_over_time max_over_time sum_over_time count_over_time last_over_time present_over_time',
    name => [
      `${name}(temperature[2m])`,
      `${name}(odd[62s])`,
      `${name}(ended_total[2m])`,
    ],
  ),
  ...perFunction('stddev_over_time stdvar_over_time', name => [
    `${name}(temperature[2m])`,
    `${name}(odd{kind!="huge"}[62s])`,
    `${name}(ended_total[2m])`,
  ]),
  ...['0', '0.1', '0.5', '0.999', '1', '-1', '2', 'NaN'].map(
    quantile => `quantile_over_time(${quantile}, temperature[2m])`,
  ),
  'quantile_over_time(0.3, odd[62s])',
  'predict_linear(temperature[5m], 600)',
  'predict_linear(odd[3m], -30)',
  'absent_over_time(ended_total{job="early"}[2m])',
  'absent_over_time(nothing{a="b",c=~"d"}[2m])',
  'absent(nothing{a="b",c=~"d",e="f",e="g"})',
  'absent(temperature)',
  'absent(sum(nothing))',
  ...perFunction(
    'abs ceil floor exp ln log2 log10 sqrt sgn sin cos tan sinh cosh tanh asin acos atan asinh acosh atanh deg rad',
    name => [`${name}(odd)`, `${name}(temperature / 40)`],
  ),
  'round(temperature)',
  'round(temperature, 0.1)',
  'round(odd, 5)',
  'clamp(temperature, 19, 22)',
  'clamp(temperature, 22, 19)',
  'clamp_min(odd, 3)',
  'clamp_max(odd, scalar(temperature{room="b"}))',
  'scalar(temperature)',
  'scalar(temperature{room="b"})',
  'vector(17)',
  'vector(time())',
  'time()',
  'pi()',
  'timestamp(temperature)',
  'timestamp(temperature offset 7s)',
  'timestamp(temperature * 2)',
  ...perFunction(
    'minute hour day_of_week day_of_month day_of_year days_in_month month year',
    name => [
      `${name}()`,
      `${name}(temperature * 12345678)`,
      `${name}(vector(1709164800))`,
    ],
  ),
  'label_replace(temperature, "letter", "$1", "room", "([a-z]).*")',
  'label_replace(temperature, "letter", "${letter}-$2", "room", "(?P<letter>[a-z])-?(.*)")',
  'label_replace(temperature, "room", "", "room", "b")',
  'label_replace(temperature, "new", "fixed", "missing", "")',
  'label_replace(temperature, "new", "fixed", "room", "nomatch")',
  'label_replace({__name__="temperature"}, "__name__", "renamed", "room", ".*")',
  'label_join(temperature, "both", "/", "floor", "room")',
  'label_join(up, "pod", "", "pod", "missing")',
  ...['0', '0.25', '0.9', '1', '-0.1', '1.1', 'NaN'].map(
    quantile =>
      `histogram_quantile(${quantile}, sum by (le) (istio_request_duration_milliseconds_bucket))`,
  ),
  'histogram_quantile(0.9, istio_request_duration_milliseconds_bucket{le!="+Inf"})',
  'histogram_quantile(0.9, istio_request_duration_milliseconds_bucket{le=~"1|[+]Inf"})',
  'histogram_quantile(0.9, label_replace(temperature, "le", "nonsense", "room", ".*"))',
  'histogram_quantile(0.5, delta(istio_request_duration_milliseconds_bucket[1m]) * scalar(sgn(temperature{room="b"} - 22)))',
  'sort(temperature)',
  'sort_desc(temperature)',
];

const RECENT: readonly DifferentialCase[] = [
  // Since 3.0 a label may have any name.
  {
    query: 'label_replace(temperature, "1 odd", "x", "room", ".*")',
    since: [3, 0],
  },
  { query: 'label_join(temperature, "1 odd", ",", "room")', since: [3, 0] },
  { query: 'count_values("1 odd", up)', since: [3, 0] },
  // 2.x loses the infinity of an overflowing sum of squares to NaN.
  { query: 'stdvar_over_time(odd{kind="huge"}[62s])', since: [3, 0] },
  { query: 'histogram_count(temperature)', since: [2, 40] },
  { query: 'histogram_avg(temperature)', since: [3, 0] },
  { query: 'mad_over_time(temperature[2m])', since: [3, 0] },
  { query: 'first_over_time(temperature[2m])', since: [3, 7] },
  { query: 'sort_by_label(temperature, "room")', since: [3, 0], ordered: true },
  {
    query: 'sort_by_label_desc(temperature, "floor")',
    since: [3, 0],
    ordered: true,
  },
  {
    query: 'double_exponential_smoothing(temperature[2m], 0.3, 0.7)',
    since: [3, 0],
  },
  { query: 'rate(temperature[60])', since: [3, 0] },
  { query: '{"temperature"}', since: [3, 0] },
];

export const FUNCTION_QUERIES: readonly DifferentialCase[] = [
  ...EVERYWHERE.map(query => ({ query })),
  { query: 'sort(temperature * -1)', ordered: true },
  { query: 'sort_desc(odd)', ordered: true },
  { query: 'holt_winters(temperature[2m], 0.3, 0.7)', until: [3, 0] },
  { query: 'holt_winters(odd[1m], 0.5, 0.1)', until: [3, 0] },
  ...RECENT,
];
