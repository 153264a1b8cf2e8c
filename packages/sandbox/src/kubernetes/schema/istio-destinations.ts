import { topLevel } from './meta';
import {
  boolean,
  duration,
  integer,
  listOf,
  mapOf,
  object,
  oneOf,
  open,
  text,
  type JsonSchema,
} from './schema';

const trafficPolicy: JsonSchema = {
  ...object({
    loadBalancer: open,
    connectionPool: open,
    outlierDetection: object({
      consecutiveErrors: integer,
      splitExternalLocalOriginErrors: boolean,
      consecutiveLocalOriginFailures: { ...integer, nullable: true },
      consecutiveGatewayErrors: { ...integer, nullable: true },
      consecutive5xxErrors: { ...integer, nullable: true },
      interval: duration,
      baseEjectionTime: duration,
      maxEjectionPercent: integer,
      minHealthPercent: integer,
    }),
    tls: object({
      mode: oneOf('DISABLE', 'SIMPLE', 'MUTUAL', 'ISTIO_MUTUAL'),
      clientCertificate: text,
      privateKey: text,
      caCertificates: text,
      caCrl: text,
      credentialName: text,
      subjectAltNames: listOf(text),
      sni: text,
      insecureSkipVerify: { ...boolean, nullable: true },
    }),
    portLevelSettings: listOf(open),
    tunnel: open,
    proxyProtocol: open,
    retryBudget: open,
  }),
};

/** What applies to traffic after routing, and the subsets of a host. */
export const destinationRule: JsonSchema = topLevel({
  spec: object(
    {
      host: text,
      trafficPolicy,
      subsets: listOf(
        object({ name: text, labels: mapOf(text), trafficPolicy }, ['name']),
      ),
      exportTo: listOf(text),
      workloadSelector: open,
    },
    ['host'],
  ),
  status: open,
});
