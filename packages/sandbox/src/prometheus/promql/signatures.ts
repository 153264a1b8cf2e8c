import type { ValueType } from './ast';

/** What a function takes and gives back. */
export interface Signature {
  parameters: readonly ValueType[];
  /** Trailing parameters that may be left out; -1: the last may also repeat. */
  optional: number;
  returns: ValueType;
}

const signatures = new Map<string, Signature>();

function define(
  names: string,
  parameters: readonly ValueType[],
  optional = 0,
  returns: ValueType = 'instant vector',
): void {
  for (const name of names.split(' ')) {
    signatures.set(name, { parameters, optional, returns });
  }
}

define(
  'abs ceil floor exp ln log2 log10 sqrt sgn acos acosh asin asinh atan atanh cos cosh sin sinh tan tanh deg rad absent sort sort_desc timestamp',
  ['instant vector'],
);
define(
  'rate irate increase delta idelta deriv changes resets avg_over_time min_over_time max_over_time sum_over_time count_over_time stddev_over_time stdvar_over_time last_over_time first_over_time present_over_time absent_over_time mad_over_time ts_of_first_over_time ts_of_last_over_time ts_of_min_over_time ts_of_max_over_time',
  ['range vector'],
);
define('quantile_over_time', ['scalar', 'range vector']);
define('predict_linear', ['range vector', 'scalar']);
define('double_exponential_smoothing holt_winters', [
  'range vector',
  'scalar',
  'scalar',
]);
define('histogram_quantile', ['scalar', 'instant vector']);
// They tell of native histograms, which this storage does not have: no results.
define(
  'histogram_count histogram_sum histogram_avg histogram_stddev histogram_stdvar',
  ['instant vector'],
);
define('clamp', ['instant vector', 'scalar', 'scalar']);
define('clamp_max clamp_min', ['instant vector', 'scalar']);
define('round', ['instant vector', 'scalar'], 1);
define('day_of_month day_of_week day_of_year days_in_month hour minute month year', [
  'instant vector',
], 1);
define('label_replace', [
  'instant vector',
  'string',
  'string',
  'string',
  'string',
]);
define('label_join', ['instant vector', 'string', 'string', 'string'], -1);
define('sort_by_label sort_by_label_desc', ['instant vector', 'string'], -1);
define('vector', ['scalar']);
define('scalar', ['instant vector'], 0, 'scalar');
define('time pi', [], 0, 'scalar');

/** The signature of a function, or undefined where this engine does not have it. */
export function signatureOf(name: string): Signature | undefined {
  return signatures.get(name);
}
