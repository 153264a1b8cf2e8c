import {
  harborArtifactSchema,
  imageScanSchema,
  mergeScans,
  readHarborArtifact,
} from '.';

const REPORT = 'application/vnd.security.vulnerability.report; version=1.1';

const read = (artifact: object) =>
  readHarborArtifact(
    harborArtifactSchema.parse({ digest: 'sha256:a', ...artifact }),
  );

const report = (value: object) => ({ scan_overview: { [REPORT]: value } });

const counts = (found: object) => ({
  critical: 0,
  high: 0,
  medium: 0,
  low: 0,
  negligible: 0,
  unknown: 0,
  ...found,
});

describe('artifacts of Harbor', () => {
  it.each([
    [
      'scanned',
      report({
        scan_status: 'Success',
        end_time: '2026-11-26T10:00:00Z',
        summary: { total: 5, fixable: 2, summary: { High: 3, Odd: 2 } },
        scanner: { name: 'Trivy' },
      }),
      {
        state: 'scanned',
        at: '2026-11-26T10:00:00Z',
        counts: counts({ high: 3, unknown: 2 }),
        fixable: 2,
        scanner: 'Trivy',
      },
    ],
    [
      'without a finding',
      report({ scan_status: 'Success', summary: { total: 0, summary: {} } }),
      { state: 'scanned', counts: counts({}) },
    ],
    [
      'said to be scanned, without what was found',
      report({ scan_status: 'Success', severity: 'None' }),
      {
        state: 'unknown',
        reason: 'The scan ended without telling what it found',
      },
    ],
    [
      'being scanned',
      report({ scan_status: 'Running', complete_percent: 40 }),
      { state: 'running', percent: 40 },
    ],
    ['waiting', report({ scan_status: 'Scheduled' }), { state: 'running' }],
    [
      'failed',
      report({ scan_status: 'Error' }),
      { state: 'unknown', reason: 'The last scan failed' },
    ],
    [
      'stopped',
      report({ scan_status: 'Stopped' }),
      { state: 'unknown', reason: 'The last scan was stopped' },
    ],
    [
      'never scanned',
      { scan_overview: null },
      { state: 'unknown', reason: 'It was not scanned yet' },
    ],
    [
      'something new',
      report({ scan_status: 'Dreaming' }),
      { state: 'unknown', reason: 'Harbor says of the scan: Dreaming' },
    ],
  ])('are read when %s', (_, artifact, expected) => {
    const { scan } = read(artifact);
    expect(scan).toEqual(expected);
    expect(imageScanSchema.parse(scan)).toEqual(expected);
  });

  it('have labels, and images for platforms', () => {
    expect(
      read({
        labels: [{ name: 'release', description: '' }],
        references: [
          {
            child_digest: 'sha256:b',
            platform: { os: 'linux', architecture: 'arm64', variant: 'v8' },
          },
          {
            child_digest: 'sha256:c',
            platform: { os: 'unknown', architecture: 'unknown' },
          },
        ],
      }),
    ).toMatchObject({
      labels: [{ name: 'release' }],
      children: [{ digest: 'sha256:b', platform: 'linux/arm64/v8' }],
    });
  });
});

describe('scans of an index', () => {
  const scanned = (at: string, found: object) => ({
    state: 'scanned' as const,
    at,
    counts: counts(found),
    fixable: 1,
    scanner: 'Trivy',
  });

  it('add up where all are known', () => {
    expect(
      mergeScans([
        { platform: 'linux/amd64', scan: scanned('2026-11-26', { high: 2 }) },
        { platform: 'linux/arm64', scan: scanned('2026-11-25', { high: 1 }) },
      ]),
    ).toEqual({ ...scanned('2026-11-25', { high: 3 }), fixable: 2 });
  });

  it('are unknown where one is, and running where one runs', () => {
    const known = { platform: 'linux/amd64', scan: scanned('2026', {}) };
    const unknown = {
      platform: 'linux/arm64',
      scan: { state: 'unknown' as const, reason: 'It was not scanned yet' },
    };
    expect(mergeScans([known, unknown])).toEqual({
      state: 'unknown',
      reason: 'linux/arm64: It was not scanned yet',
    });
    expect(
      mergeScans([known, unknown, { ...known, scan: { state: 'running' } }]),
    ).toEqual({ state: 'running' });
    expect(mergeScans([])).toMatchObject({ state: 'unknown' });
  });
});
