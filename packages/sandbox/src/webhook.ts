const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Posts JSON to a webhook on this machine. The world's other addresses lead
 * nowhere, and nothing that the sandbox simulates may reach a real network.
 *
 * @throws Error when the address is another one, or does not answer in time
 */
export async function postWebhook(
  url: string,
  body: unknown,
  timeoutMilliseconds: number,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number; body: string }> {
  const { protocol, hostname, host } = new URL(url);
  if (protocol !== 'http:' || !loopback.has(hostname)) {
    throw new Error(`dial tcp: lookup ${host}: no such host`);
  }
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMilliseconds),
  });
  return { status: response.status, body: await response.text() };
}
