import { ConfigReader } from '@backstage/config';
import { startFakeRegistry } from '../__testUtils__/fakeRegistry';
import { OciImageRegistry } from './OciImageRegistry';
import { readRegistries } from './readRegistries';

const HOST = 'registry.example';
const CREATED = '2026-11-20T10:00:00Z';

describe('OciImageRegistry', () => {
  let server: Awaited<ReturnType<typeof startFakeRegistry>>;

  afterEach(() => server?.stop());

  const registry = (credentials = {}) =>
    new OciImageRegistry([
      {
        host: HOST,
        url: server.url,
        kind: 'distribution',
        ...credentials,
      },
    ]);

  it('tells what an image is, and asks once', async () => {
    server = await startFakeRegistry();
    const digest = server.push('1.4', CREATED);
    const images = registry();
    const expected = {
      state: 'exists',
      digest,
      createdAt: CREATED,
      revision: 'c0ffee',
      platforms: ['linux/amd64'],
    };
    const both = await Promise.all([
      images.inspect(`${HOST}/wealth/pay:1.4`),
      images.inspect(`${HOST}/wealth/pay:1.4`),
    ]);
    expect(both).toEqual([
      expect.objectContaining(expected),
      expect.objectContaining(expected),
    ]);
    expect(both[0]).toMatchObject({ bytes: expect.any(Number) });
    const count = server.asked.length;
    expect(await images.inspect(`${HOST}/wealth/pay@${digest}`)).toMatchObject(
      expected,
    );
    expect(server.asked).toHaveLength(count);
  });

  it('reads indexes of several platforms', async () => {
    server = await startFakeRegistry();
    const digest = server.pushIndex('2.0', CREATED);
    expect(await registry().inspect(`${HOST}/wealth/pay:2.0`)).toMatchObject({
      digest,
      createdAt: CREATED,
      platforms: ['linux/amd64', 'linux/arm64/v8'],
    });
  });

  it('works out a digest that it is not told', async () => {
    server = await startFakeRegistry({ tellsDigest: false });
    const digest = server.push('1.4', CREATED);
    expect(await registry().inspect(`${HOST}/wealth/pay:1.4`)).toMatchObject({
      digest,
    });
  });

  it('gets a token where one is wanted, and keeps it', async () => {
    server = await startFakeRegistry({ withToken: true });
    server.push('1.4', CREATED);
    const images = registry({ username: 'orrery', password: 'secret' });
    expect(await images.inspect(`${HOST}/wealth/pay:1.4`)).toMatchObject({
      state: 'exists',
    });
    expect(await images.tags(`${HOST}/wealth/pay`)).toEqual({
      state: 'ok',
      tags: ['1.4'],
    });
    expect(server.asked.filter(path => path === 'GET /token')).toHaveLength(1);
    expect(
      await registry({ username: 'orrery', password: 'wrong' }).inspect(
        `${HOST}/wealth/pay:1.4`,
      ),
    ).toEqual({ state: 'unknown', reason: `${HOST} refuses access` });
  });

  it.each([
    [`${HOST}/wealth/pay:nope`, 'absent', `${HOST} does not have it`],
    ['other.example/pay:1', 'unknown', /no registry other.example is config/],
    ['pay:1', 'unknown', /no registry pay is configured/],
  ])('says of %s that it is %s', async (image, state, reason) => {
    server = await startFakeRegistry();
    expect(await registry().inspect(image)).toEqual({
      state,
      reason: expect.stringMatching(reason),
    });
  });

  it.each([
    [500, /answered 500/],
    [429, /asked too often/],
    [403, /refuses access/],
  ])('does not know while the registry answers %d', async (status, reason) => {
    server = await startFakeRegistry({ status });
    const unknown = {
      state: 'unknown',
      reason: expect.stringMatching(reason),
    };
    expect(await registry().inspect(`${HOST}/pay:1`)).toEqual(unknown);
    expect(await registry().tags(`${HOST}/pay:1`)).toEqual(unknown);
  });

  it('does not know while the registry is away', async () => {
    const images = new OciImageRegistry([
      { host: HOST, url: 'http://127.0.0.1:1', kind: 'distribution' },
    ]);
    expect(await images.inspect(`${HOST}/pay:1`)).toEqual({
      state: 'unknown',
      reason: `${HOST} cannot be reached`,
    });
    expect(await images.tags('nowhere/pay')).toMatchObject({
      state: 'unknown',
    });
  });
});

describe('readRegistries', () => {
  const read = (...registries: object[]) =>
    readRegistries(new ConfigReader({ orrery: { registries } }));

  it('reads what is right', () => {
    expect(readRegistries(new ConfigReader({}))).toEqual([]);
    expect(
      read({ host: 'r:5000', url: 'http://r/', username: 'a', password: 'b' }),
    ).toEqual([
      {
        host: 'r:5000',
        url: 'http://r',
        kind: 'distribution',
        username: 'a',
        password: 'b',
      },
    ]);
  });

  it.each([
    [[{ host: 'http://r', url: 'http://r' }], /\[0\].host: expected a host/],
    [
      [{ host: 'r', url: 'http://r', kind: 'quay' }],
      /\[0\].kind: expected distribution or harbor, got "quay"/,
    ],
    [[{ host: 'r', url: 'r' }], /\[0\].url: expected an http/],
    [[{ host: 'r', url: 'http://a:b@r' }], /without credentials/],
    [[{ host: 'r', url: 'http://r', username: 'a' }], /together/],
    [
      [
        { host: 'r', url: 'http://r' },
        { host: 'r', url: 'http://r' },
      ],
      /\[1\].host: expected a host that no other/,
    ],
  ])('refuses %j', (registries, message) => {
    expect(() => read(...registries)).toThrow(message);
  });
});
