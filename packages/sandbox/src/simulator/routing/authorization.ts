import type { KubernetesObject } from '../../kubernetes/store';
import { principal } from '../../world/names';
import type { Operation } from '../../world/types';
import type { ConfigIndex } from '../live/config';
import type { LiveWorkload } from '../live/model';
import {
  asRecord,
  asRecords,
  asString,
  asStrings,
  asTextMap,
  type JsonRecord,
} from '../read';

/** Who asks, as far as the asked proxy knows. */
export interface Caller {
  workload: LiveWorkload | undefined;
  /** Whether mutual TLS has proven it. */
  isProven: boolean;
}

/** Istio's patterns: exact, `prefix*`, `*suffix`, or `*` for anything that is there. */
export function patternMatches(pattern: string, value: string): boolean {
  if (pattern === '*') return value !== '';
  if (pattern.endsWith('*')) return value.startsWith(pattern.slice(0, -1));
  if (pattern.startsWith('*')) return value.endsWith(pattern.slice(1));
  return pattern === value;
}

/** A field of a rule and its negation; a field that is not there asks for nothing. */
function fieldMatches(
  record: JsonRecord,
  field: string,
  value: string | undefined,
): boolean {
  const wanted = asStrings(record[field]);
  const unwanted = asStrings(
    record[`not${field[0].toUpperCase()}${field.slice(1)}`],
  );
  const matches = (pattern: string) =>
    value !== undefined && patternMatches(pattern, value);
  return (
    (wanted.length === 0 || wanted.some(matches)) && !unwanted.some(matches)
  );
}

function sourceMatches(source: JsonRecord, caller: Caller): boolean {
  const known = caller.isProven ? caller.workload : undefined;
  const identity =
    known &&
    principal(known.namespace, known.serviceAccount).replace('spiffe://', '');
  return (
    fieldMatches(source, 'principals', identity) &&
    fieldMatches(source, 'namespaces', known?.namespace)
  );
}

function operationMatches(rule: JsonRecord, operation: Operation): boolean {
  return (
    fieldMatches(rule, 'methods', operation.method) &&
    fieldMatches(rule, 'paths', operation.path)
  );
}

/** Whether a rule covers a request; `when` conditions are not followed, so a rule with one covers nothing. */
function ruleMatches(
  rule: JsonRecord,
  caller: Caller,
  operation: Operation,
): boolean {
  const from = asRecords(rule.from);
  const to = asRecords(rule.to);
  return (
    asRecords(rule.when).length === 0 &&
    (from.length === 0 ||
      from.some(entry => sourceMatches(asRecord(entry.source), caller))) &&
    (to.length === 0 ||
      to.some(entry => operationMatches(asRecord(entry.operation), operation)))
  );
}

function selects(policy: KubernetesObject, workload: LiveWorkload): boolean {
  const { namespace } = policy.metadata;
  if (namespace !== workload.namespace && namespace !== 'istio-system') {
    return false;
  }
  // Those that are attached to a Gateway or Service are for waypoints.
  if (asRecords(policy.spec?.targetRefs).length > 0) return false;
  return Object.entries(
    asTextMap(asRecord(policy.spec?.selector).matchLabels),
  ).every(([key, value]) => workload.labels[key] === value);
}

/** Whether Istio's policies let a request through: no DENY covers it, and an ALLOW does where there are any. */
function isAllowed(
  policies: readonly KubernetesObject[],
  caller: Caller,
  operation: Operation,
): boolean {
  const covering = (action: string) =>
    policies
      .filter(({ spec }) => (asString(spec?.action) ?? 'ALLOW') === action)
      .map(({ spec }) =>
        asRecords(spec?.rules).some(rule =>
          ruleMatches(rule, caller, operation),
        ),
      );
  const allowing = covering('ALLOW');
  return (
    !covering('DENY').includes(true) &&
    (allowing.length === 0 || allowing.includes(true))
  );
}

/** Share (0..1) of requests that the sidecar of a workload refuses by AuthorizationPolicy (403, as RBAC of Envoy answers). */
export function deniedShare(
  config: ConfigIndex,
  workload: LiveWorkload,
  operations: readonly Operation[],
  caller: Caller,
): number {
  if (workload.dataPlane !== 'sidecar') return 0;
  const policies = [
    ...config.all('authorizationpolicies.security.istio.io'),
  ].filter(policy => selects(policy, workload));
  if (policies.length === 0) return 0;
  return operations.reduce(
    (sum, operation) =>
      isAllowed(policies, caller, operation) ? sum : sum + operation.share,
    0,
  );
}
