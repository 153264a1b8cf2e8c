import { z } from 'zod';
import {
  scanSeveritySchema,
  type ImageLabel,
  type ImageScan,
  type ScanSeverity,
} from './schema';

/** A report's summary, by the media type of the report. */
const reportSchema = z.object({
  scan_status: z.string().nullish(),
  end_time: z.string().nullish(),
  complete_percent: z.number().nullish(),
  summary: z
    .object({
      fixable: z.number().int().nullish(),
      summary: z.record(z.string(), z.number().int()).nullish(),
    })
    .nullish(),
  scanner: z.object({ name: z.string().nullish() }).nullish(),
});

/**
 * An artifact of Harbor's API v2.0, asked for with its tags, labels and scan
 * overview.
 *
 * @public
 */
export const harborArtifactSchema = z.object({
  digest: z.string(),
  labels: z
    .array(z.object({ name: z.string(), description: z.string().nullish() }))
    .nullish(),
  /** Images of an index. */
  references: z
    .array(
      z.object({
        child_digest: z.string(),
        platform: z
          .object({
            os: z.string().nullish(),
            architecture: z.string().nullish(),
            variant: z.string().nullish(),
          })
          .nullish(),
      }),
    )
    .nullish(),
  scan_overview: z.record(z.string(), reportSchema).nullish(),
});

/** @public */
export type HarborArtifact = z.infer<typeof harborArtifactSchema>;

/** What Harbor knows of an image besides what it is made of. @public */
export type ImageFindings = {
  labels: ImageLabel[];
  scan: ImageScan;
  /** Images of an index by platform, such as `linux/arm64/v8`. */
  children: { digest: string; platform: string }[];
};

const NOBODY = 'It was not scanned yet';
const NONE: Record<ScanSeverity, number> = {
  critical: 0,
  high: 0,
  medium: 0,
  low: 0,
  negligible: 0,
  unknown: 0,
};

/** Reads an artifact of Harbor. @public */
export function readHarborArtifact(artifact: HarborArtifact): ImageFindings {
  const [report] = Object.values(artifact.scan_overview ?? {});
  return {
    labels: (artifact.labels ?? []).map(({ name, description }) => ({
      name,
      ...(description && { description }),
    })),
    scan: report ? readReport(report) : { state: 'unknown', reason: NOBODY },
    children: (artifact.references ?? []).flatMap(
      ({ child_digest: digest, platform }) =>
        // Attestations are listed as images of an unknown platform.
        platform?.os === 'unknown'
          ? []
          : [
              {
                digest,
                platform: [
                  platform?.os,
                  platform?.architecture,
                  platform?.variant,
                ]
                  .filter(Boolean)
                  .join('/'),
              },
            ],
    ),
  };
}

function readReport(report: z.infer<typeof reportSchema>): ImageScan {
  const { summary, scan_status: status, end_time: at, scanner } = report;
  switch (status?.toLocaleLowerCase('en-US')) {
    case 'success': {
      const found = summary?.summary;
      if (!found) {
        return {
          state: 'unknown',
          reason: 'The scan ended without telling what it found',
        };
      }
      return {
        state: 'scanned',
        ...(at && { at }),
        counts: readCounts(found),
        ...(typeof summary.fixable === 'number' && {
          fixable: summary.fixable,
        }),
        ...(scanner?.name && { scanner: scanner.name }),
      };
    }
    case 'running':
    case 'pending':
    case 'scheduled': {
      const percent = report.complete_percent;
      return {
        state: 'running',
        ...(typeof percent === 'number' && { percent }),
      };
    }
    case 'error':
      return { state: 'unknown', reason: 'The last scan failed' };
    case 'stopped':
      return { state: 'unknown', reason: 'The last scan was stopped' };
    default:
      return {
        state: 'unknown',
        reason: status ? `Harbor says of the scan: ${status}` : NOBODY,
      };
  }
}

/** What Harbor does not name was not found; names that are new count as unknown. */
function readCounts(
  found: Readonly<Record<string, number>>,
): Record<ScanSeverity, number> {
  const counts = { ...NONE };
  for (const [name, count] of Object.entries(found)) {
    const severity = scanSeveritySchema
      .catch('unknown')
      .parse(name.toLocaleLowerCase('en-US'));
    counts[severity] += count;
  }
  return counts;
}

/**
 * What is known of an index by the scans of its images: all of them together,
 * and only where all are known.
 *
 * @public
 */
export function mergeScans(
  scans: readonly { platform: string; scan: ImageScan }[],
): ImageScan {
  const running = scans.find(({ scan }) => scan.state === 'running');
  if (running) {
    return { state: 'running' };
  }
  const done: Extract<ImageScan, { state: 'scanned' }>[] = [];
  for (const { platform, scan } of scans) {
    if (scan.state === 'unknown') {
      return { state: 'unknown', reason: `${platform}: ${scan.reason}` };
    }
    if (scan.state === 'scanned') {
      done.push(scan);
    }
  }
  if (done.length === 0) {
    return { state: 'unknown', reason: NOBODY };
  }
  const counts = { ...NONE };
  for (const severity of scanSeveritySchema.options) {
    counts[severity] = done.reduce(
      (sum, scan) => sum + scan.counts[severity],
      0,
    );
  }
  // What was scanned first is as old as the whole.
  const at = done
    .flatMap(scan => scan.at ?? [])
    .sort()
    .at(0);
  const scanner = done[0].scanner;
  return {
    state: 'scanned',
    counts,
    ...(at && { at }),
    ...(done.every(scan => scan.fixable !== undefined) && {
      fixable: done.reduce((sum, scan) => sum + (scan.fixable ?? 0), 0),
    }),
    ...(scanner && { scanner }),
  };
}
