import { DEFAULT_NAMING } from '@orrery/backstage-plugin-orrery-common';
import { ConfigReader } from '@backstage/config';
import { readOrreryConfig } from './readOrreryConfig';

const kubernetes = {
  clusterLocatorMethods: [
    { type: 'config', clusters: [{ name: 'kepler', url: 'http://k' }] },
  ],
};

function read(orrery: object, extra: object = { kubernetes }) {
  return readOrreryConfig(new ConfigReader({ orrery, ...extra }));
}

describe('readOrreryConfig', () => {
  it('has defaults', () => {
    expect(read({})).toEqual({
      readOnly: false,
      clusters: [],
      environments: [],
      naming: DEFAULT_NAMING,
      approvalExpiryHours: 24,
    });
    const { clusters } = read({
      clusters: [{ name: 'kepler', prometheus: { url: 'http://p:9090/' } }],
    });
    expect(clusters[0]).toEqual({
      name: 'kepler',
      title: 'kepler',
      protectedNamespaces: [],
      prometheus: {
        url: 'http://p:9090',
        headers: {},
        timeoutSeconds: 15,
        maxConcurrency: 8,
        retentionDays: 15,
      },
    });
  });

  it('turns credentials and tenant into headers', () => {
    const prometheus = {
      url: 'http://p',
      basicAuth: { username: 'u', password: 'p' },
      headers: { 'X-Scope-OrgID': 'team' },
    };
    expect(
      read({ clusters: [{ name: 'kepler', prometheus }] }).clusters[0]
        .prometheus?.headers,
    ).toEqual({ Authorization: 'Basic dTpw', 'X-Scope-OrgID': 'team' });
  });

  it.each([
    [{ url: 'ftp://p' }, /clusters\[0\]\.prometheus\.url: expected an http/],
    [{ url: 'http://u:p@h' }, /prometheus\.url: expected a URL without cred/],
    [
      { url: 'http://p', timeoutSeconds: 0 },
      /prometheus\.timeoutSeconds: expected a number above 0, got 0/,
    ],
    [
      {
        url: 'http://p',
        bearerToken: 'x',
        basicAuth: { username: 'u', password: 'p' },
      },
      /expected either basicAuth or bearerToken/,
    ],
    [{}, /orrery\.clusters\[0\]\.prometheus\.url/],
  ])('refuses %j and names the key', (prometheus, message) => {
    expect(() => read({ clusters: [{ name: 'kepler', prometheus }] })).toThrow(
      message,
    );
  });

  it('reads names, and refuses patterns that two services would share', () => {
    const naming = {
      host: '{app}.{namespace}.example',
      consulPrefix: 'c/{system}/{app}',
    };
    expect(read({ naming }).naming).toEqual({
      ...DEFAULT_NAMING,
      host: '{app}.{namespace}.example',
      consulPrefix: 'c/{system}/{app}/',
    });
    expect(() => read({ naming: { job: '{app}' } })).toThrow(
      /Configuration orrery\.naming\.job: expected a pattern with/,
    );
  });

  it('refuses a cluster that Kubernetes does not declare, where that can be told', () => {
    const clusters = [{ name: 'east' }];
    expect(() => read({ clusters })).toThrow(
      /orrery\.clusters\[0\]\.name: expected a cluster declared .*kepler/,
    );
    const located = { clusterLocatorMethods: [{ type: 'catalog' }] };
    expect(read({ clusters }, { kubernetes: located }).clusters[0].name).toBe(
      'east',
    );
  });

  it('refuses the same cluster twice', () => {
    expect(() =>
      read({ clusters: [{ name: 'kepler' }, { name: 'kepler' }] }),
    ).toThrow(/clusters\[1\]\.name: expected a name that no other/);
  });
});
