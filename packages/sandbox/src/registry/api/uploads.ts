import { randomUUID } from 'node:crypto';
import { digestOfBytes, StoreFull } from '../BlobStore';
import { Refusal, type Answer, type Exchange } from './Exchange';

interface Upload {
  repository: string;
  chunks: Buffer[];
  size: number;
  /** Milliseconds since the process started; forgotten uploads are thrown away. */
  touchedAt: number;
}

const FORGOTTEN = 30 * 60_000;

const unknown = () =>
  new Refusal(404, 'BLOB_UPLOAD_UNKNOWN', 'blob upload unknown to registry');

/** Blobs on their way into the registry: begun, sent in one or many pieces, finished or given up. */
export class Uploads {
  readonly #uploads = new Map<string, Upload>();

  /** POST: mounts another repository's blob, or begins an upload. */
  async begin(exchange: Exchange, repository: string): Promise<Answer> {
    const { query, images, base } = exchange;
    const mount = query.get('mount');
    const from = query.get('from');
    if (mount && from && images.pushed.mount(repository, mount, from)) {
      exchange.request.resume();
      return created(base, repository, mount);
    }
    this.#forget();
    const id = randomUUID();
    const upload = {
      repository,
      chunks: [],
      size: 0,
      touchedAt: performance.now(),
    };
    this.#uploads.set(id, upload);
    const digest = query.get('digest');
    if (digest) {
      await this.#receive(exchange, upload);
      return this.#store(exchange, id, upload, digest);
    }
    exchange.request.resume();
    return this.#progress(exchange, id, upload, 202);
  }

  async handle(
    exchange: Exchange,
    repository: string,
    id: string,
  ): Promise<Answer> {
    const upload = this.#uploads.get(id);
    const { method, request, query } = exchange;
    if (!upload || upload.repository !== repository) {
      request.resume();
      throw unknown();
    }
    upload.touchedAt = performance.now();
    if (method === 'GET' || method === 'HEAD') {
      request.resume();
      return this.#progress(exchange, id, upload, 204);
    }
    if (method === 'DELETE') {
      request.resume();
      this.#uploads.delete(id);
      return { status: 204 };
    }
    if (method === 'PATCH') {
      const range = /^(\d+)-(\d+)$/.exec(
        request.headers['content-range'] ?? '',
      );
      if (range && Number(range[1]) !== upload.size) {
        request.resume();
        throw new Refusal(416, 'RANGE_INVALID', 'invalid content range');
      }
      await this.#receive(exchange, upload);
      return this.#progress(exchange, id, upload, 202);
    }
    if (method !== 'PUT') {
      request.resume();
      throw new Refusal(405, 'UNSUPPORTED', 'The operation is unsupported.');
    }
    const digest = query.get('digest');
    if (!digest) {
      request.resume();
      throw new Refusal(
        400,
        'DIGEST_INVALID',
        'provided digest did not match uploaded content',
        'digest missing',
      );
    }
    await this.#receive(exchange, upload);
    return this.#store(exchange, id, upload, digest);
  }

  async #receive({ request, images }: Exchange, upload: Upload): Promise<void> {
    for await (const chunk of request) {
      upload.chunks.push(chunk);
      upload.size += chunk.length;
      images.pushed.blobs.reserve(upload.size);
    }
  }

  #store(
    { images, base }: Exchange,
    id: string,
    upload: Upload,
    digest: string,
  ): Answer {
    const bytes = Buffer.concat(upload.chunks);
    this.#uploads.delete(id);
    const found = digestOfBytes(bytes);
    if (found !== digest) {
      throw new Refusal(
        400,
        'DIGEST_INVALID',
        'provided digest did not match uploaded content',
        { Digest: digest, Reason: {} },
      );
    }
    images.pushed.putBlob(upload.repository, bytes);
    return created(base, upload.repository, digest);
  }

  #progress(
    { base }: Exchange,
    id: string,
    { repository, size }: Upload,
    status: number,
  ): Answer {
    return {
      status,
      headers: {
        Location: `${base}/v2/${repository}/blobs/uploads/${id}`,
        'Docker-Upload-UUID': id,
        Range: `0-${Math.max(size - 1, 0)}`,
      },
    };
  }

  #forget(): void {
    const now = performance.now();
    for (const [id, { touchedAt }] of this.#uploads) {
      if (now - touchedAt > FORGOTTEN) this.#uploads.delete(id);
    }
  }
}

function created(base: string, repository: string, digest: string): Answer {
  return {
    status: 201,
    headers: {
      Location: `${base}/v2/${repository}/blobs/${digest}`,
      'Docker-Content-Digest': digest,
    },
  };
}

/** How a store without room says it. */
export const fullRefusal = (error: StoreFull) =>
  new Refusal(413, 'DENIED', error.message);
