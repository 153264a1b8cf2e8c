import {
  START,
  clock,
  data,
  get,
  startServing,
  stopServing,
} from '../testing/served';
import { LOAD_START_MS } from '../testing/load';

beforeAll(startServing);
afterAll(stopServing);

describe('queries', () => {
  it('answers an instant query', async () => {
    expect(
      await data(`/api/v1/query?query=up{job="shop"}&time=${START + 5.5}`),
    ).toEqual({
      resultType: 'vector',
      result: [
        {
          metric: { __name__: 'up', job: 'shop', instance: 'a' },
          value: [START + 5.5, '1'],
        },
      ],
    });
  });

  it('takes a form, and the clock for a missing time', async () => {
    const body = new URLSearchParams({ query: 'time()' });
    expect(await data('/api/v1/query', { method: 'POST', body })).toEqual({
      resultType: 'scalar',
      result: [clock.now() / 1000, String(clock.now() / 1000)],
    });
  });

  it('answers strings and raw samples', async () => {
    expect(await data('/api/v1/query?query="a\\"b"&time=5')).toEqual({
      resultType: 'string',
      result: [5, 'a"b'],
    });
    expect(
      await data(`/api/v1/query?query=up{job="cart"}[30s]&time=${START + 30}`),
    ).toEqual({
      resultType: 'matrix',
      result: [
        {
          metric: { __name__: 'up', job: 'cart', instance: 'b' },
          values: [
            [START + 15, '1'],
            [START + 30, '0'],
          ],
        },
      ],
    });
  });

  it('answers a range in the order of the labels', async () => {
    const span = `start=${new Date(LOAD_START_MS).toISOString()}&end=${
      START + 30
    }&step=15s`;
    expect(await data(`/api/v1/query_range?query=up&${span}`)).toEqual({
      resultType: 'matrix',
      result: [
        {
          metric: { __name__: 'up', instance: 'a', job: 'shop' },
          values: [
            [START, '1'],
            [START + 15, '1'],
            [START + 30, '1'],
          ],
        },
        {
          metric: { __name__: 'up', instance: 'b', job: 'cart' },
          values: [
            [START, '0'],
            [START + 15, '1'],
            [START + 30, '0'],
          ],
        },
      ],
    });
    expect(await data(`/api/v1/query_range?query=1&${span}`)).toMatchObject({
      result: [{ metric: {}, values: { length: 3 } }],
    });
  });

  it('cuts at the limit, and says so', async () => {
    const { text } = await get(`/api/v1/query?query=up&limit=1&time=${START}`);
    expect(JSON.parse(text)).toMatchObject({
      data: { result: { length: 1 } },
      warnings: ['results truncated due to limit'],
    });
  });

  it('heeds lookback_delta', async () => {
    const late = `/api/v1/query?query=up&time=${START + 60}`;
    expect(await data(late)).toMatchObject({ result: { length: 2 } });
    expect(await data(`${late}&lookback_delta=20s`)).toMatchObject({
      result: { length: 0 },
    });
  });

  it('formats a query', async () => {
    expect(await data('/api/v1/format_query?query=sum(a)by(b)')).toBe(
      'sum by (b) (a)',
    );
  });

  it('has no exemplars', async () => {
    expect(await data('/api/v1/query_exemplars?query=up')).toEqual([]);
  });
});

describe('refusals', () => {
  const range = (rest: string) => `/api/v1/query_range?query=up&${rest}`;
  it.each([
    ['/api/v1/query', 400, 'bad_data', 'no expression found in input'],
    [
      '/api/v1/query?query=up&time=soon',
      400,
      'bad_data',
      'invalid parameter "time": cannot parse "soon" to a valid timestamp',
    ],
    [
      '/api/v1/query?query=up&timeout=soon',
      400,
      'bad_data',
      'invalid parameter "timeout": cannot parse "soon" to a valid duration',
    ],
    ['/api/v1/query?query=up&limit=-1', 400, 'bad_data', '"limit"'],
    [
      '/api/v1/query?query=up*on()up',
      422,
      'execution',
      'many-to-many matching not allowed',
    ],
    [
      range('start=5&end=4&step=1'),
      400,
      'bad_data',
      'invalid parameter "end": end timestamp must not be before start time',
    ],
    [
      range('start=1&end=4&step=0'),
      400,
      'bad_data',
      'zero or negative query resolution step widths are not accepted',
    ],
    [
      range('start=1&end=4'),
      400,
      'bad_data',
      'invalid parameter "step": cannot parse "" to a valid duration',
    ],
    [
      range('start=0&end=11001&step=1'),
      400,
      'bad_data',
      'exceeded maximum resolution of 11,000 points per timeseries',
    ],
    ['/api/v1/series', 400, 'bad_data', 'no match[] parameter provided'],
    [
      '/api/v1/series?match[]=sum(up)',
      400,
      'bad_data',
      'invalid parameter "match[]"',
    ],
    ['/api/v1/labels?match[]={', 400, 'bad_data', 'parse error'],
    ['/api/v1/label/%20%zz/values', 400, 'bad_data', 'percent-encoded'],
    ['/api/v1/rules?type=odd', 400, 'bad_data', 'not supported value "odd"'],
    ['/api/v1/targets?state=odd', 400, 'bad_data', '"state"'],
    ['/api/v1/status/odd', 404, 'not_found', 'odd'],
  ])('%s', async (path, status, errorType, message) => {
    const answer = await get(path);
    expect(answer.status).toBe(status);
    const body = JSON.parse(answer.text);
    expect(body).toMatchObject({ status: 'error', errorType });
    expect(body.error).toContain(message);
  });

  it('times a query out', async () => {
    const query = 'max_over_time(sum(up)[1d:1s])';
    const answer = await get(
      `/api/v1/query?query=${query}&timeout=1ms&time=${START}`,
    );
    expect(answer.status).toBe(503);
    expect(JSON.parse(answer.text)).toEqual({
      status: 'error',
      errorType: 'timeout',
      error: 'query timed out in expression evaluation',
    });
  });

  it.each([
    ['/api/v1/nothing', 'GET', 404],
    ['/api/v1/metadata', 'POST', 405],
    ['/api/v1/query', 'DELETE', 405],
  ])('%s by %s', async (path, method, status) => {
    expect((await get(path, { method })).status).toBe(status);
  });
});
