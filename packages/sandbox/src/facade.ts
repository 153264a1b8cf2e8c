import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * One upstream's wire protocol, mounted below a path prefix of the sandbox's
 * single port. The server strips the prefix: `path` starts with `/` and has
 * no query string; `query` is what follows the question mark.
 */
export interface Facade {
  /** Path prefix without a trailing slash, such as `/kubernetes`. */
  readonly prefix: string;
  /** What it stands in for, shown on the sandbox's index page. */
  readonly title: string;
  /** Commands a person can copy; `{origin}` becomes the sandbox's address, `{host}` that without its scheme. */
  readonly examples: readonly string[];
  handle(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    query: URLSearchParams,
  ): Promise<void> | void;
  /** Ends open streams and timers. */
  close?(): Promise<void> | void;
}

/** The same interface below another path, for a cluster that is not the first. */
export function mountBelow(prefix: string, facade: Facade): Facade {
  if (prefix === '') return facade;
  return {
    prefix: `${prefix}${facade.prefix}`,
    title: `${facade.title} (${prefix.slice(1)})`,
    examples: facade.examples.map(example =>
      example.split('{origin}').join(`{origin}${prefix}`),
    ),
    handle: (request, response, path, query) =>
      facade.handle(request, response, path, query),
    close: () => facade.close?.(),
  };
}
