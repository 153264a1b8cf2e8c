import type { Operation } from '../../world/types';
import {
  asRecord,
  asRecords,
  asString,
  asStrings,
  asTextMap,
  type JsonRecord,
} from '../read';

/** A request as route tables look at it. */
export interface RoutedRequest {
  operation: Operation;
  host: string;
  /** Labels and namespace of the caller's pods. */
  sourceLabels: Readonly<Record<string, string>>;
  sourceNamespace: string;
  port?: number;
  /** Whether a gateway (`mesh` for sidecars) named by a match is where the request is. */
  isAt(gateway: string): boolean;
}

/** RE2 patterns that JavaScript does not accept match nothing, as Envoy would refuse them. */
function fullMatch(pattern: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(text);
  } catch {
    return false;
  }
}

/** Istio's StringMatch: exact, prefix or regex; `ignoreCase` as for `ignoreUriCase`. */
export function stringMatches(
  rule: unknown,
  value: string | undefined,
  ignoreCase = false,
): boolean {
  const { exact, prefix, regex } = asTextMap(rule);
  if (value === undefined) return false;
  const fold = (text: string) => (ignoreCase ? text.toLowerCase() : text);
  if (exact !== undefined) return fold(value) === fold(exact);
  if (prefix !== undefined) return fold(value).startsWith(fold(prefix));
  if (regex !== undefined) return fullMatch(regex, value);
  // An empty match asks only for presence.
  return true;
}

function labelsMatch(
  wanted: unknown,
  labels: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(asTextMap(wanted)).every(
    ([name, value]) => labels[name] === value,
  );
}

/** Whether one HTTPMatchRequest of a VirtualService covers a request. All its fields must. */
export function virtualServiceMatches(
  match: JsonRecord,
  request: RoutedRequest,
): boolean {
  const { operation } = request;
  const header = (name: string) => {
    if (name === ':method') return operation.method;
    if (name === ':authority') return request.host;
    return operation.headers?.[name.toLowerCase()];
  };
  if (
    match.uri !== undefined &&
    !stringMatches(match.uri, operation.path, match.ignoreUriCase === true)
  ) {
    return false;
  }
  if (
    match.method !== undefined &&
    !stringMatches(match.method, operation.method)
  ) {
    return false;
  }
  if (
    match.authority !== undefined &&
    !stringMatches(match.authority, request.host)
  ) {
    return false;
  }
  if (match.scheme !== undefined && !stringMatches(match.scheme, 'http')) {
    return false;
  }
  for (const [name, rule] of Object.entries(asRecord(match.headers))) {
    if (!stringMatches(rule, header(name))) return false;
  }
  for (const [name, rule] of Object.entries(asRecord(match.withoutHeaders))) {
    if (stringMatches(rule, header(name))) return false;
  }
  // The world's requests carry no query string.
  if (Object.keys(asRecord(match.queryParams)).length > 0) return false;
  if (!labelsMatch(match.sourceLabels, request.sourceLabels)) return false;
  const gateways = asStrings(match.gateways);
  if (gateways.length > 0 && !gateways.some(name => request.isAt(name))) {
    return false;
  }
  const namespace = asString(match.sourceNamespace);
  if (namespace !== undefined && namespace !== request.sourceNamespace) {
    return false;
  }
  return (
    typeof match.port !== 'number' ||
    request.port === undefined ||
    match.port === request.port
  );
}

function pathMatches(rule: JsonRecord, path: string): boolean {
  const value = asString(rule.value) ?? '/';
  switch (rule.type ?? 'PathPrefix') {
    case 'Exact':
      return path === value;
    case 'RegularExpression':
      return fullMatch(value, path);
    default: {
      // Gateway API prefixes match whole path elements.
      const prefix = value.replace(/\/$/, '');
      return path === prefix || path.startsWith(`${prefix}/`);
    }
  }
}

/** Whether one HTTPRouteMatch or GRPCRouteMatch of the Gateway API covers a request. */
export function gatewayRouteMatches(
  match: JsonRecord,
  request: RoutedRequest,
): boolean {
  const { operation } = request;
  if (
    match.path !== undefined &&
    !pathMatches(asRecord(match.path), operation.path)
  ) {
    return false;
  }
  if (typeof match.method === 'string' && match.method !== operation.method) {
    return false;
  }
  const method = asRecord(match.method);
  const [, service, name] = operation.path.split('/');
  if (method.service !== undefined && method.service !== service) return false;
  if (method.method !== undefined && method.method !== name) return false;
  if (asRecords(match.queryParams).length > 0) return false;
  return asRecords(match.headers).every(rule => {
    const value =
      operation.headers?.[(asString(rule.name) ?? '').toLowerCase()];
    if (value === undefined) return false;
    return rule.type === 'RegularExpression'
      ? fullMatch(asString(rule.value) ?? '', value)
      : value === rule.value;
  });
}
