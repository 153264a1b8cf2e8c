import { ConfigReader } from '@backstage/config';
import { readTelemetryConfig } from './readTelemetryConfig';

const read = (cluster: object) =>
  readTelemetryConfig(
    new ConfigReader({
      orrery: { clusters: [{ name: 'kepler', ...cluster }] },
    }),
  ).get('kepler');

const url = 'http://upstream.test/';

describe('readTelemetryConfig', () => {
  it('reads where telemetry is', () => {
    expect(
      read({
        zipkin: { url, headers: { 'X-Tenant': 'a' } },
        grafana: [{ url, token: 'secret' }],
        longRange: {
          type: 'influxdb',
          url,
          database: 'prometheus',
          username: 'a',
          password: 'b',
        },
      }),
    ).toMatchObject({
      zipkin: {
        url: 'http://upstream.test',
        headers: { 'X-Tenant': 'a' },
        timeoutSeconds: 15,
      },
      grafana: [
        {
          name: 'grafana',
          publicUrl: 'http://upstream.test',
          headers: { Authorization: 'Bearer secret' },
          embed: 'auto',
        },
      ],
      longRange: {
        headers: { Authorization: 'Basic YTpi' },
        retentionDays: 365,
      },
    });
    expect(read({})).toEqual({ grafana: [] });
  });

  it.each([
    [{ zipkin: { url: 'ftp://x' } }, 'orrery.clusters[0].zipkin.url'],
    [{ zipkin: { url: 'http://a:b@x' } }, 'orrery.clusters[0].zipkin.url'],
    [
      { zipkin: { url, timeoutSeconds: 0 } },
      'orrery.clusters[0].zipkin.timeoutSeconds',
    ],
    [{ grafana: [{ url }, { url }] }, 'orrery.clusters[0].grafana[1].name'],
    [
      { grafana: [{ url, publicUrl: 'here' }] },
      'orrery.clusters[0].grafana[0].publicUrl',
    ],
    [
      { grafana: [{ url, embed: 'always' }] },
      'orrery.clusters[0].grafana[0].embed',
    ],
    [
      { longRange: { type: 'graphite', url } },
      'orrery.clusters[0].longRange.type',
    ],
    [
      { longRange: { type: 'influxdb', url } },
      'orrery.clusters[0].longRange.database',
    ],
    [
      { longRange: { type: 'prometheus', url, retentionDays: -1 } },
      'orrery.clusters[0].longRange.retentionDays',
    ],
  ])('refuses %j by the key', (cluster, key) => {
    expect(() => read(cluster)).toThrow(`Configuration ${key}: expected`);
  });

  it('tells no secret in a refusal', () => {
    expect(() => read({ zipkin: { url: 'http://a:hunter2@x' } })).toThrow(
      /^(?!.*hunter2)/,
    );
  });
});
