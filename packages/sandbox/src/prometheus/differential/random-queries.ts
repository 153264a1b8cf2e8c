import { type Random, createRandom } from '../../random';

const SELECTORS = [
  'temperature',
  'temperature{room=~"a.*"}',
  'temperature{floor!="0"}',
  'info',
  'up',
  'odd',
  'kube_pod_info',
  'container_memory_working_set_bytes',
  'istio_requests_total{destination_workload="cart"}',
  'istio_request_duration_milliseconds_count',
  'istio_request_duration_milliseconds_bucket{destination_workload="shop"}',
];
const RANGES = ['30s', '1m', '95s', '2m', '5m'];
const OVER_RANGE = [
  'rate',
  'increase',
  'delta',
  'irate',
  'idelta',
  'deriv',
  'changes',
  'resets',
  'avg_over_time',
  'min_over_time',
  'max_over_time',
  'sum_over_time',
  'count_over_time',
  'last_over_time',
  'present_over_time',
];
const OVER_VECTOR = ['abs', 'sgn', 'sqrt', 'sort', '-'];
const AGGREGATIONS = ['sum', 'avg', 'min', 'max', 'count', 'group'];
const LABELS = [
  'room',
  'floor',
  'pod',
  'namespace',
  'destination_workload',
  'le',
];
// Neither % nor exp: they blow rounding in the last digit up to any size.
const ARITHMETIC = ['+', '-', '*', '/'];
const COMPARISONS = ['==', '!=', '>', '<', '>=', '<='];
const SETS = ['and', 'or', 'unless'];

/** Composes valid queries of every shape; many are refused on evaluation, which is an answer too. */
class Composer {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  vector(depth: number): string {
    if (depth === 0) return this.#leaf();
    switch (this.#random.integer(9)) {
      case 0:
        return `${this.#pick(OVER_VECTOR)}(${this.vector(depth - 1)})`;
      case 1:
      case 2:
        return this.#aggregation(depth);
      case 3:
        return `${this.vector(depth - 1)} ${this.#pick(
          ARITHMETIC,
        )} ${this.#scalar()}`;
      case 4:
        return `${this.#scalar()} ${this.#pick(
          COMPARISONS,
        )} ${this.#bool()}(${this.vector(depth - 1)})`;
      case 5:
        return this.#matched(depth);
      case 6:
        return `(${this.vector(depth - 1)}) ${this.#pick(
          SETS,
        )} ${this.#matching()} (${this.vector(depth - 1)})`;
      case 7:
        return `${this.#pick(OVER_RANGE)}((${this.vector(
          depth - 1,
        )})[${this.#pick(RANGES)}:${this.#pick([
          '10s',
          '20s',
          '7s',
        ])}]${this.#shift()})`;
      default:
        return this.#leaf();
    }
  }

  #leaf(): string {
    const selector = this.#pick(SELECTORS);
    if (this.#random.integer(2) === 0) return selector + this.#shift();
    return `${this.#pick(OVER_RANGE)}(${selector}[${this.#pick(
      RANGES,
    )}]${this.#shift()})`;
  }

  #aggregation(depth: number): string {
    const inner = this.vector(depth - 1);
    const labels = this.#labels();
    const how = this.#pick(['', ` by (${labels})`, ` without (${labels})`]);
    return `${this.#pick(AGGREGATIONS)}${how} (${inner})`;
  }

  #matched(depth: number): string {
    const operator = this.#pick([...ARITHMETIC, ...COMPARISONS]);
    const grouped = this.#pick(['', '', 'group_left()', 'group_right()']);
    const matching = this.#matching() || (grouped ? 'on ()' : '');
    return `(${this.vector(depth - 1)}) ${operator} ${matching} ${
      matching ? grouped : ''
    } (${this.vector(depth - 1)})`;
  }

  #matching(): string {
    return this.#pick([
      '',
      `on (${this.#labels()})`,
      `ignoring (${this.#labels()})`,
    ]);
  }

  #labels(): string {
    return LABELS.filter(() => this.#random.integer(3) === 0).join(', ');
  }

  #bool(): string {
    return this.#pick(['', 'bool ']);
  }

  #scalar(): string {
    return this.#pick([
      '2',
      '0.5',
      '-3',
      '1e3',
      'pi()',
      'scalar(info{room="b"})',
    ]);
  }

  #shift(): string {
    return this.#pick([
      '',
      '',
      '',
      ' offset 1m',
      ' offset -35s',
      ' @ 1700001000',
      ' @ end()',
      ' @ start() offset 20s',
    ]);
  }

  #pick<T>(list: readonly T[]): T {
    return this.#random.pick(list);
  }
}

/** The same queries every time for the same seed. */
export function randomQueries(seed: number, count: number): string[] {
  const composer = new Composer(createRandom(seed));
  return Array.from({ length: count }, (_, index) =>
    composer.vector(1 + (index % 4)),
  );
}
