import {
  harborArtifactSchema,
  readHarborArtifact,
  type ImageFindings,
} from '@orrery/backstage-plugin-delivery-common';
import {
  HttpUpstream,
  UpstreamError,
} from '@orrery/backstage-plugin-orrery-node';
import { z } from 'zod';
import type { RegistryConfig } from './types';

/** Most artifacts that Harbor tells in one answer. */
const PAGE = 100;
const QUERY = 'with_scan_overview=true&with_label=true&with_tag=false';
/** Reports of other scanners are not what their name says. */
const REPORTS =
  'application/vnd.security.vulnerability.report; version=1.1, application/vnd.scanner.adapter.vuln.report.harbor+json; version=1.0';

/** Harbor's API of a registry (https://goharbor.io/docs/2.11.0/build-customize-contribute/configure-swagger/). */
export function harborUpstream({
  host,
  url,
  username,
  password,
}: RegistryConfig): HttpUpstream {
  const pair = `${username ?? ''}:${password ?? ''}`;
  return new HttpUpstream({
    name: host,
    url: `${url}/api/v2.0`,
    headers:
      username === undefined
        ? {}
        : { Authorization: `Basic ${Buffer.from(pair).toString('base64')}` },
    timeoutSeconds: 15,
    maxConcurrency: 4,
  });
}

/** `<project>/<repository>` as Harbor addresses its artifacts. */
function artifactsOf(repository: string): string {
  const slash = repository.indexOf('/');
  const project = encodeURIComponent(repository.slice(0, slash));
  // Slashes within the name are encoded twice.
  const name = encodeURIComponent(
    encodeURIComponent(repository.slice(slash + 1)),
  );
  return `/projects/${project}/repositories/${name}/artifacts`;
}

/** Asks one Harbor what it knows of images besides what they are made of. */
export class HarborClient {
  readonly #upstream: HttpUpstream;

  constructor(config: RegistryConfig) {
    this.#upstream = harborUpstream(config);
  }

  /**
   * Artifacts of a repository by digest: those that were pushed last.
   *
   * @throws UpstreamError
   */
  async artifacts(
    repository: string,
  ): Promise<ReadonlyMap<string, ImageFindings>> {
    const found = await this.#read(
      z.array(harborArtifactSchema),
      `${artifactsOf(repository)}?page_size=${PAGE}&${QUERY}`,
    );
    return new Map(
      found.map(artifact => [artifact.digest, readHarborArtifact(artifact)]),
    );
  }

  /**
   * One artifact, as it is now; undefined where Harbor has none.
   *
   * @throws UpstreamError
   */
  async artifact(
    repository: string,
    digest: string,
  ): Promise<ImageFindings | undefined> {
    try {
      return readHarborArtifact(
        await this.#read(
          harborArtifactSchema,
          `${artifactsOf(repository)}/${digest}?${QUERY}`,
        ),
      );
    } catch (error) {
      if (error instanceof UpstreamError && error.status === 404) {
        return undefined;
      }
      throw error;
    }
  }

  /**
   * Has an artifact scanned, with the images of an index.
   *
   * @throws UpstreamError with 409 where a scan runs
   */
  async scan(repository: string, digest: string): Promise<void> {
    const answer = await this.#upstream.send(
      `${artifactsOf(repository)}/${digest}/scan`,
      { method: 'POST' },
    );
    if (answer.status >= 300) {
      throw this.#upstream.refusal(answer);
    }
  }

  async #read<T>(schema: z.ZodType<T>, path: string): Promise<T> {
    const answer = await this.#upstream.json(path, {
      headers: { 'X-Accept-Vulnerabilities': REPORTS },
    });
    const result = schema.safeParse(answer);
    if (!result.success) {
      throw new UpstreamError(
        `${this.#upstream.name} answered something that is not Harbor’s API`,
      );
    }
    return result.data;
  }
}
