/** Whether a page may be shown in a frame, and why not. */
export type Framing = { isAllowed: boolean; reason?: string };

function no(reason: string): Framing {
  return { isAllowed: false, reason };
}

function isAncestor(source: string, origin: string): boolean {
  if (source === '*') {
    return true;
  }
  const { protocol, host } = new URL(origin);
  if (/^[a-z]+:$/.test(source)) {
    return source === protocol;
  }
  const [, scheme, name] = /^(?:([a-z]+):\/\/)?(.+?)\/?$/.exec(source) ?? [];
  if (scheme && `${scheme}:` !== protocol) {
    return false;
  }
  return name?.startsWith('*.') ? host.endsWith(name.slice(1)) : name === host;
}

/**
 * What a page's headers say about frames: `frame-ancestors` (CSP level 3)
 * where it is given, otherwise `X-Frame-Options`. A page that sends browsers
 * to a login would show that in the frame.
 *
 * @param origin - the portal's, such as `https://portal.example`
 */
export function framingOf(
  response: { status: number; headers: Headers },
  origin: string,
): Framing {
  const { status, headers } = response;
  if (status >= 300 && status < 400) {
    return no('Grafana asks for a login');
  }
  if (status === 401 || status === 403) {
    return no(`Grafana asks for a login (${status})`);
  }
  if (status >= 400) {
    return no(`Grafana answered ${status}`);
  }
  const ancestors = /(?:^|;)\s*frame-ancestors\s+([^;]*)/i.exec(
    headers.get('content-security-policy') ?? '',
  )?.[1];
  if (ancestors !== undefined) {
    return ancestors
      .trim()
      .split(/\s+/)
      .some(source => isAncestor(source.toLocaleLowerCase('en-US'), origin))
      ? { isAllowed: true }
      : no(`Grafana allows frames for ${ancestors.trim()} only`);
  }
  const option = headers.get('x-frame-options');
  return option
    ? no(`Grafana refuses frames (X-Frame-Options: ${option})`)
    : { isAllowed: true };
}
