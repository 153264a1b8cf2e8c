import type { IncomingMessage } from 'node:http';
import type { Facade } from '../facade';
import { sendJson } from '../http';
import { evaluate, type ResultSeries } from './evaluate';
import { InfluxSyntaxError, type Statement } from './influxql/ast';
import { parseInfluxQL } from './influxql/parse';
import { LongHistory, type LongHistoryOptions } from './LongHistory';

/** The one database. */
export const INFLUX_DATABASE = 'prometheus';
const VERSION = '1.8.10';
const LARGEST_BODY = 1024 * 1024;

/** Milliseconds of one unit that times are answered in. */
const EPOCHS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  u: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > LARGEST_BODY) break;
  }
  const type = request.headers['content-type'] ?? '';
  return new URLSearchParams(
    type.startsWith('application/x-www-form-urlencoded') ? text : '',
  );
}

function written(
  { name, tags, columns, rows }: ResultSeries,
  epoch: string | null,
) {
  const unit = EPOCHS[epoch ?? ''];
  return {
    name,
    ...(Object.keys(tags).length > 0 ? { tags } : {}),
    columns: ['time', ...columns],
    values: rows.map(([at, ...values]) => [
      unit === undefined
        ? new Date(at).toISOString().replace('.000Z', 'Z')
        : Math.round(at / unit),
      ...values.map(value => value ?? null),
    ]),
  };
}

const table = (name: string, columns: string[], values: unknown[][]) => [
  { name, columns, values },
];

async function answer(
  history: LongHistory,
  statement: Statement,
  epoch: string | null,
  now: number,
): Promise<unknown[]> {
  switch (statement.type) {
    case 'select':
      return (await evaluate(history, statement.select, now)).map(series =>
        written(series, epoch),
      );
    case 'tag keys':
    case 'tag values': {
      const names =
        statement.measurement === undefined
          ? history.measurements
          : [statement.measurement];
      const isKeys = statement.type === 'tag keys';
      const lists = await Promise.all(
        names.map(async name => {
          const series = await history.series(name);
          const found = new Set(
            series.flatMap(({ tags }) =>
              isKeys ? Object.keys(tags) : tags[statement.key] ?? [],
            ),
          );
          const values = [...found].sort();
          return values.length === 0
            ? []
            : table(
                name,
                isKeys ? ['tagKey'] : ['key', 'value'],
                values.map(value =>
                  isKeys ? [value] : [statement.key, value],
                ),
              );
        }),
      );
      return lists.flat();
    }
    default:
      if (statement.what === 'databases') {
        return table('databases', ['name'], [[INFLUX_DATABASE]]);
      }
      return statement.what === 'measurements'
        ? table(
            'measurements',
            ['name'],
            history.measurements.map(name => [name]),
          )
        : [
            {
              columns: ['name', 'duration', 'replicaN', 'default'],
              values: [['autogen', '2160h0m0s', 1, true]],
            },
          ];
  }
}

async function results(
  history: LongHistory,
  query: URLSearchParams,
  now: number,
): Promise<{ status: number; body: unknown }> {
  const text = query.get('q');
  if (text === null || text === '') {
    return { status: 400, body: { error: 'missing required parameter "q"' } };
  }
  let statements: Statement[];
  try {
    statements = parseInfluxQL(text, now);
  } catch (error) {
    if (
      !(error instanceof InfluxSyntaxError) &&
      !(error instanceof SyntaxError)
    ) {
      throw error;
    }
    return { status: 400, body: { error: error.message } };
  }
  const database = query.get('db');
  const answers = await Promise.all(
    statements.map(async (statement, index) => {
      const base = { statement_id: index };
      const needsDatabase =
        statement.type !== 'show' || statement.what !== 'databases';
      if (needsDatabase && !database) {
        return { ...base, error: 'database name required' };
      }
      if (needsDatabase && database !== INFLUX_DATABASE) {
        return { ...base, error: `database not found: ${database}` };
      }
      try {
        const epoch = query.get('epoch');
        const series = await answer(history, statement, epoch, now);
        return series.length === 0 ? base : { ...base, series };
      } catch (error) {
        if (!(error instanceof InfluxSyntaxError)) throw error;
        return { ...base, error: error.message };
      }
    }),
  );
  return { status: 200, body: { results: answers } };
}

/** An InfluxDB 1.x that Prometheus has written to for months, to read only. */
export function createInflux(options: LongHistoryOptions): Facade {
  const history = new LongHistory(options);
  return {
    prefix: '/influxdb',
    title: 'InfluxDB with the metrics of three months',
    examples: [
      `curl -G '{origin}/influxdb/query?db=${INFLUX_DATABASE}&epoch=ms' --data-urlencode 'q=SELECT non_negative_derivative(last("value"), 1s) FROM "istio_requests_total" WHERE "reporter" = '"'destination'"' AND "destination_canonical_service" = '"'payment'"' AND time > now() - 30d GROUP BY time(1d), "destination_version"'`,
    ],
    async handle(request, response, path, query) {
      response.setHeader('X-Influxdb-Version', VERSION);
      response.setHeader('X-Influxdb-Build', 'OSS');
      const form = await formOf(request);
      form.forEach((value, name) => query.append(name, value));
      if (path === '/ping') {
        if (query.get('verbose') === 'true') {
          sendJson(response, 200, { version: VERSION });
        } else response.writeHead(204).end();
      } else if (path !== '/query') {
        sendJson(response, 404, { error: 'not found' });
      } else {
        const { clock } = options;
        const { status, body } = await results(history, query, clock.now());
        sendJson(response, status, body);
      }
    },
  };
}
