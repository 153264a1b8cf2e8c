import { parseWith } from '@orrery/backstage-plugin-orrery-common';
import { MemoryCluster } from '../__testUtils__/MemoryCluster';
import { playHttp } from '../__testUtils__/playHttp';
import type { ActionTools } from '../workloads/actions/ActionTools';
import { createScanImageAction } from './createScanImageAction';
import { ImageScans } from './ImageScans';

const HOST = 'harbor.example';
const IMAGE = `${HOST}/wealth/web/pay:1.4`;
const WORKLOAD = 'kepler/wealth/Deployment/pay';
const PATH = '/api/v2.0/projects/wealth/repositories/web%252Fpay/artifacts';
const DIGEST = 'sha256:a';
const REPORT = 'application/vnd.security.vulnerability.report; version=1.1';

const report = (status: string, more: object = {}) => ({
  [REPORT]: { scan_status: status, ...more },
});
const scanned = (end: string, found: object) =>
  report('Success', { end_time: end, summary: { summary: found } });

describe('scans of images', () => {
  let harbor: Awaited<ReturnType<typeof playHttp>>;
  let scans: ImageScans;

  beforeEach(async () => {
    harbor = await playHttp({});
    scans = new ImageScans([
      { host: HOST, url: harbor.url, kind: 'harbor' },
      { host: 'plain.example', url: harbor.url, kind: 'distribution' },
    ]);
  });

  afterEach(() => harbor.stop());

  const put = (artifact: object, digest = DIGEST) => {
    harbor.answers[`GET ${PATH}/${digest}`] = {
      status: 200,
      body: { digest, ...artifact },
    };
  };

  it('are read from one answer for all tags of a repository', async () => {
    harbor.answers[`GET ${PATH}`] = {
      status: 200,
      body: [
        {
          digest: DIGEST,
          labels: [{ name: 'release' }],
          scan_overview: scanned('2026-11-26T10:00:00Z', { High: 2 }),
        },
        { digest: 'sha256:b', labels: null, scan_overview: null },
      ],
    };
    expect(
      await Promise.all([
        scans.describe(IMAGE, DIGEST),
        scans.describe(IMAGE, 'sha256:b'),
      ]),
    ).toMatchObject([
      {
        labels: [{ name: 'release' }],
        scan: { state: 'scanned', counts: { high: 2, critical: 0 } },
      },
      { scan: { state: 'unknown', reason: 'It was not scanned yet' } },
    ]);
    expect(harbor.seen).toHaveLength(1);
  });

  it('of an older image are asked for by its digest', async () => {
    harbor.answers[`GET ${PATH}`] = { status: 200, body: [] };
    put({ scan_overview: report('Running', { complete_percent: 40 }) });
    expect((await scans.describe(IMAGE, DIGEST)).scan).toEqual({
      state: 'running',
      percent: 40,
    });
    expect((await scans.describe(IMAGE, 'sha256:gone')).scan).toEqual({
      state: 'unknown',
      reason: 'Harbor does not have it',
    });
  });

  it('of an index are those of its images where Harbor tells none of it', async () => {
    const child = (digest: string, architecture: string) => ({
      child_digest: digest,
      platform: { os: 'linux', architecture },
    });
    harbor.answers[`GET ${PATH}`] = {
      status: 200,
      body: [
        {
          digest: DIGEST,
          references: [
            child('sha256:amd', 'amd64'),
            child('sha256:arm', 'arm64'),
            child('sha256:proof', 'unknown'),
          ].map((each, index) =>
            index < 2 ? each : { ...each, platform: { os: 'unknown' } },
          ),
        },
      ],
    };
    put({ scan_overview: scanned('2026-11-26', { Low: 1 }) }, 'sha256:amd');
    put({ scan_overview: null }, 'sha256:arm');
    expect((await scans.describe(IMAGE, DIGEST)).scan).toEqual({
      state: 'unknown',
      reason: 'linux/arm64: It was not scanned yet',
    });
    put({ scan_overview: scanned('2026-11-25', { Low: 2 }) }, 'sha256:arm');
    expect((await scans.describe(IMAGE, DIGEST)).scan).toMatchObject({
      state: 'scanned',
      at: '2026-11-25',
      counts: { low: 3 },
    });
  });

  it.each([
    ['plain.example/wealth/pay:1', DIGEST, 'This registry does not scan'],
    ['other.example/wealth/pay:1', DIGEST, 'This registry does not scan'],
    [IMAGE, undefined, 'The registry does not tell which image it is'],
  ])('are unknown of %s as %s', async (image, digest, reason) => {
    expect(await scans.describe(image, digest)).toEqual({
      scan: { state: 'unknown', reason },
    });
    expect(harbor.seen).toEqual([]);
  });

  it('are unknown while Harbor is away, or is something else', async () => {
    harbor.answers[`GET ${PATH}`] = { status: 200, body: { no: 'list' } };
    expect((await scans.describe(IMAGE, DIGEST)).scan).toEqual({
      state: 'unknown',
      reason: 'harbor.example answered something that is not Harbor’s API',
    });
    harbor.state.isDown = true;
    const away = new ImageScans([
      { host: HOST, url: harbor.url, kind: 'harbor' },
    ]);
    expect((await away.describe(IMAGE, DIGEST)).scan).toEqual({
      state: 'unknown',
      reason: 'harbor.example answered 502: "Bad gateway"',
    });
  });

  describe('that are asked for', () => {
    const action = () =>
      createScanImageAction({
        client: new MemoryCluster(),
        config: {
          clusters: [{ name: 'kepler', title: 'Kepler' }],
        } as unknown as ActionTools['config'],
        indexes: {
          read: async () => ({
            index: {
              find: () => ({
                summary: { images: [{ container: 'app', image: IMAGE }] },
              }),
            },
          }),
        } as unknown as ActionTools['indexes'],
        registry: {
          inspect: async () => ({
            state: 'exists',
            digest: DIGEST,
            platforms: [],
          }),
          tags: async () => ({ state: 'ok', tags: [] }),
        },
        scans,
        pollMilliseconds: 5,
      });
    const context = { resourceVersion: DIGEST, actor: 'user:default/lin' };

    it.each([202, 409])('are followed to their end (%d)', async status => {
      put({ scan_overview: scanned('2026-11-25', { High: 2 }) });
      harbor.answers[`POST ${PATH}/${DIGEST}/scan`] = () => {
        setTimeout(() => put({ scan_overview: report('Running') }), 15);
        setTimeout(
          () => put({ scan_overview: scanned('2026-11-26', { High: 1 }) }),
          40,
        );
        return { status };
      };
      const { preview, run, verify, input } = action();
      const asked = parseWith(
        input,
        { workload: WORKLOAD, image: IMAGE },
        'input',
      );
      expect(await preview(asked)).toMatchObject({
        summary: `Scan ${IMAGE}`,
        resourceVersion: DIGEST,
      });
      await run(asked, { ...context, reason: 'Because' });
      const follow = {
        signal: AbortSignal.timeout(2000),
        report: () => undefined,
      };
      expect(await verify?.(asked, follow)).toEqual({
        state: 'succeeded',
        message: 'It is scanned: 0 critical and 1 high findings',
      });
    });

    it.each([
      [`${HOST}/wealth/other:1`, /^image: expected an image of what the work/],
      ['pay:1', /^image: expected an image of what the workload runs/],
    ])('are refused of %s', async (image, message) => {
      const { preview } = action();
      await expect(preview({ workload: WORKLOAD, image })).rejects.toThrow(
        message,
      );
      expect(harbor.seen).toEqual([]);
    });

    it('are refused while one runs', async () => {
      put({ scan_overview: report('Pending') });
      await expect(
        action().preview({ workload: WORKLOAD, image: IMAGE }),
      ).rejects.toThrow(/^image: expected an image that is not being scanned/);
    });
  });
});
