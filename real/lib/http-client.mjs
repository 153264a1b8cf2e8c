import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';

/**
 * A plain HTTP client for one server that may have its own certificate
 * authority. Everything an API's raw behaviour shows is left visible: code,
 * headers, body.
 */
export function createClient({ url, token, caFile }) {
  const base = url.replace(/\/$/, '');
  const transport = base.startsWith('https:') ? https : http;
  const ca = caFile ? readFileSync(caFile) : undefined;

  function open(method, path, { body, headers = {}, type } = {}) {
    const payload =
      body === undefined || typeof body === 'string'
        ? body
        : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const request = transport.request(
        `${base}${path}`,
        {
          method,
          ca,
          headers: {
            accept: 'application/json',
            ...(token ? { authorization: `Bearer ${token}` } : {}),
            ...(payload === undefined
              ? {}
              : {
                  'content-type': type ?? 'application/json',
                  'content-length': Buffer.byteLength(payload),
                }),
            ...headers,
          },
        },
        resolve,
      );
      request.on('error', reject);
      request.end(payload);
    });
  }

  return {
    /** Sends one request and answers `{ code, headers, body }`; the body is parsed when it is JSON. */
    async request(method, path, options) {
      const response = await open(method, path, options);
      let content = '';
      for await (const chunk of response) {
        content += chunk;
      }
      const isJson = /json/.test(response.headers['content-type'] ?? '');
      return {
        code: response.statusCode,
        headers: response.headers,
        body: isJson && content ? JSON.parse(content) : content,
      };
    },
    /** Opens a stream and hands its JSON lines on; `close` aborts it. */
    async stream(path, onEvent) {
      const response = await open('GET', path);
      let closed = false;
      const ended = (async () => {
        let rest = '';
        try {
          for await (const chunk of response) {
            const lines = `${rest}${chunk}`.split('\n');
            rest = lines.pop();
            lines.filter(Boolean).forEach(line => onEvent(JSON.parse(line)));
          }
        } catch (error) {
          if (!closed) {
            throw error;
          }
        }
      })();
      return {
        code: response.statusCode,
        ended,
        close: () => {
          closed = true;
          response.destroy();
        },
      };
    },
    /** The same server as somebody else. */
    as: other => createClient({ url, token: other, caFile }),
  };
}
