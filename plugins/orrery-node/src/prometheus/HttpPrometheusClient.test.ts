import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServerResponse } from 'node:http';
import { HttpPrometheusClient } from './HttpPrometheusClient';

type Handler = (
  body: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
) => void;

describe('HttpPrometheusClient', () => {
  let server: Server;
  let handler: Handler;
  let url: string;
  const at = { timeMilliseconds: 1_700_000_000_500 };

  beforeAll(async () => {
    server = createServer((request, response) => {
      let text = '';
      request.on('data', chunk => {
        text += chunk;
      });
      request.on('end', () =>
        handler(new URLSearchParams(text), request, response),
      );
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise(resolve => {
      server.close(resolve);
    });
  });

  function client(
    overrides: Partial<
      ConstructorParameters<typeof HttpPrometheusClient>[0]
    > = {},
    onQuery?: () => void,
  ) {
    return new HttpPrometheusClient(
      {
        url,
        headers: {},
        timeoutSeconds: 5,
        maxConcurrency: 8,
        retentionDays: 15,
        ...overrides,
      },
      { onQuery },
    );
  }

  function vector(...values: string[]) {
    return JSON.stringify({
      status: 'success',
      data: {
        resultType: 'vector',
        result: values.map((value, index) => ({
          metric: { index: String(index) },
          value: [1, value],
        })),
      },
    });
  }

  it('reads vectors, special numbers and scalars, and sends its headers', async () => {
    let seen: unknown;
    handler = (body, request, response) => {
      seen = [body.get('time'), request.headers['x-scope-orgid']];
      response.end(vector('1.5', 'NaN', '+Inf'));
    };
    const samples = await client({
      headers: { 'X-Scope-OrgID': 'team' },
    }).query('up', at);
    expect(samples.map(({ value }) => value)).toEqual([1.5, NaN, Infinity]);
    expect(seen).toEqual(['1700000000.5', 'team']);
    handler = (_body, _request, response) =>
      response.end(
        '{"status":"success","data":{"resultType":"scalar","result":[1,"3"]}}',
      );
    await expect(client().query('3', at)).resolves.toEqual([
      { metric: {}, value: 3 },
    ]);
  });

  it('asks identical queries in flight once, and bounds the rest', async () => {
    let running = 0;
    let most = 0;
    let queries = 0;
    handler = (_body, _request, response) => {
      running += 1;
      most = Math.max(most, running);
      setTimeout(() => {
        running -= 1;
        response.end(vector('1'));
      }, 20);
    };
    const limited = client({ maxConcurrency: 2 }, () => {
      queries += 1;
    });
    await Promise.all(
      ['a', 'a', 'a', 'b', 'c', 'd'].map(name => limited.query(name, at)),
    );
    expect(queries).toBe(4);
    expect(most).toBe(2);
  });

  it('keeps the answers that came when another query fails', async () => {
    handler = (body, _request, response) => {
      if (body.get('query') === 'bad') {
        response.statusCode = 400;
        response.end('{"status":"error","error":"parse error at char 3"}');
      } else {
        response.end(vector('7'));
      }
    };
    const { answers, failures } = await client().queryAll(
      { good: 'good', bad: 'bad' },
      at,
    );
    expect(answers.good?.[0].value).toBe(7);
    expect(answers.bad).toBeUndefined();
    expect(failures.bad?.message).toBe(
      'Prometheus refused the query: parse error at char 3',
    );
  });

  it.each([
    [200, '<html>login</html>', /not its API: <html>login/],
    [200, '{"status":"success"}', /without data/],
    [
      200,
      '{"status":"success","data":{"resultType":"vector","result":[{}]}}',
      /without labels/,
    ],
    [502, 'bad gateway', /answered 502/],
    [401, '', /refuses our credentials \(401\)/],
    [200, 'null', /not its API/],
  ])('says what is wrong with %i %s', async (status, body, message) => {
    handler = (_body, _request, response) => {
      response.statusCode = status;
      response.end(body);
    };
    await expect(client().query('up', at)).rejects.toThrow(message);
  });

  it('gives up on a slow answer and on a dead server', async () => {
    handler = () => undefined;
    await expect(
      client({ timeoutSeconds: 0.1 }).query('up', at),
    ).rejects.toThrow('Prometheus did not answer within 0.1 s');
    await expect(
      client({ url: 'http://127.0.0.1:9' }).query('up', at),
    ).rejects.toThrow(/Prometheus cannot be reached/);
  });

  it('reads matrices', async () => {
    handler = (body, _request, response) => {
      expect(Object.fromEntries(body)).toEqual({
        query: 'up',
        start: '0',
        end: '60',
        step: '30',
      });
      response.end(
        '{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"a":"b"},"values":[[0,"1"],[30,"2"]]}]}}',
      );
    };
    await expect(
      client().queryRange('up', {
        fromMilliseconds: 0,
        toMilliseconds: 60_000,
        stepSeconds: 30,
      }),
    ).resolves.toEqual([
      {
        metric: { a: 'b' },
        points: [
          { timeMilliseconds: 0, value: 1 },
          { timeMilliseconds: 30_000, value: 2 },
        ],
      },
    ]);
  });
});
