import { ConfigReader } from '@backstage/config';
import { readLogStores } from './readLogStores';

const read = (logs: object) =>
  readLogStores(
    new ConfigReader({
      orrery: { clusters: [{ name: 'a' }, { name: 'kepler', logs }] },
    }),
  );

describe('readLogStores', () => {
  it('reads a store', () => {
    expect(
      read({
        url: 'https://logs.example/',
        username: 'u',
        password: 'p',
        headers: { 'X-Tenant': 't' },
        fields: { message: 'log' },
        kibana: { url: 'https://kibana.example', dataView: 'd' },
      }),
    ).toEqual([
      {
        cluster: 'kepler',
        url: 'https://logs.example',
        index: 'filebeat-*',
        headers: { 'X-Tenant': 't', Authorization: 'Basic dTpw' },
        timeoutSeconds: 15,
        maxConcurrency: 8,
        fields: { message: 'log' },
        kibana: { url: 'https://kibana.example', dataView: 'd' },
      },
    ]);
  });

  const url = 'https://logs.example';
  it.each<[string, object]>([
    ['orrery.clusters[1].logs.url', { url: 'ftp://x' }],
    ['orrery.clusters[1].logs.url', { url: 'https://a:b@x' }],
    ['orrery.clusters[1].logs', { url, username: 'u', apiKey: 'k' }],
    ['orrery.clusters[1].logs.password', { url, username: 'u' }],
    ['orrery.clusters[1].logs.timeoutSeconds', { url, timeoutSeconds: 0 }],
    ['orrery.clusters[1].logs.index', { url, index: '_all' }],
    ['orrery.clusters[1].logs.index', { url, index: 'a/_doc' }],
    ['orrery.clusters[1].logs.fields.mesage', { url, fields: { mesage: 'x' } }],
    ['orrery.clusters[1].logs.kibana.url', { url, kibana: { url: 'no' } }],
  ])('refuses %s', (key, logs) => {
    expect(() => read(logs)).toThrow(`Configuration ${key}:`);
  });
});
