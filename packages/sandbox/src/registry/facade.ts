import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock';
import type { Facade } from '../facade';
import type { Effects } from '../simulator';
import { distribution } from './api/distribution';
import { json, Refusal, type Answer, type Exchange } from './api/Exchange';
import { Harbor } from './api/harbor';
import { Tokens } from './api/tokens';
import { fullRefusal, Uploads } from './api/uploads';
import { StoreFull } from './BlobStore';
import type { ImageStore } from './ImageStore';

export interface RegistryOptions {
  images: ImageStore;
  /** Host name of the images, such as `registry.kepler.example`. */
  host: string;
  clock: Clock;
  seed: number;
  effects: Effects;
  /** Whether clients have to get a token first. */
  asksForTokens?: boolean;
}

function refused(error: Refusal): Answer {
  const { code, message, detail, status, headers } = error;
  return json({ errors: [{ code, message, detail }] }, headers, status);
}

class Registry {
  readonly #uploads = new Uploads();
  readonly #harbor: Harbor;
  readonly #tokens: Tokens;

  constructor(private readonly options: RegistryOptions) {
    const { images, clock, seed, host } = options;
    this.#harbor = new Harbor(images, clock, seed);
    this.#tokens = new Tokens(clock, host);
  }

  async handle(
    prefix: string,
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    query: URLSearchParams,
  ): Promise<void> {
    const method = request.method ?? 'GET';
    const answer = await this.#answer({
      images: this.options.images,
      request,
      method,
      prefix,
      base: `http://${request.headers.host ?? 'localhost'}${prefix}`,
      path,
      query,
    }).catch((error: unknown) => {
      request.resume();
      if (error instanceof Refusal) return refused(error);
      if (error instanceof StoreFull) return refused(fullRefusal(error));
      throw error;
    });
    const { status, body = '', type, headers } = answer;
    response.writeHead(status, {
      'Docker-Distribution-Api-Version': 'registry/2.0',
      ...(type === undefined ? {} : { 'Content-Type': type }),
      ...(status === 204 ? {} : { 'Content-Length': Buffer.byteLength(body) }),
      ...headers,
    });
    response.end(method === 'HEAD' || status === 204 ? undefined : body);
  }

  async #answer(exchange: Exchange): Promise<Answer> {
    const { path, prefix } = exchange;
    if (this.options.effects.registry === 'down') {
      throw new Refusal(503, 'UNAVAILABLE', 'service unavailable');
    }
    if (prefix !== '' && path === '/token') {
      exchange.request.resume();
      return this.#tokens.issue(exchange);
    }
    const harbor = /^\/api\/v2\.0(\/.*)$/.exec(path);
    if (harbor && prefix !== '')
      return this.#harbor.handle(exchange, harbor[1]);
    if (this.options.asksForTokens) this.#tokens.check(exchange);
    return distribution(exchange, this.#uploads);
  }
}

/**
 * The image registry over the OCI distribution protocol, below `/registry`
 * and, as Docker's clients know no paths, at the root. A client that knows
 * images as `registry.kepler.example/wealth/payment` asks for
 * `wealth/payment` here.
 */
export function createRegistry(options: RegistryOptions): Facade[] {
  const registry = new Registry(options);
  const [first = 'wealth/payment'] = options.images.repositories();
  return [
    {
      prefix: '/registry',
      title: `Image registry ${options.host}`,
      examples: [
        'curl {origin}/registry/v2/_catalog',
        `curl {origin}/registry/v2/${first}/tags/list`,
        `curl '{origin}/registry/api/v2.0/projects?page_size=50'`,
      ],
      handle: (request, response, path, query) =>
        registry.handle('/registry', request, response, path, query),
    },
    {
      prefix: '/v2',
      title: 'Image registry, as docker reaches it',
      examples: [
        'skopeo copy --dest-tls-verify=false docker-archive:image.tar docker://{host}/wealth/shiny:1.0.0',
      ],
      handle: (request, response, path, query) =>
        registry.handle('', request, response, `/v2${path}`, query),
    },
  ];
}
