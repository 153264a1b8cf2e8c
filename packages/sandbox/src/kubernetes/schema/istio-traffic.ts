import { topLevel } from './meta';
import {
  boolean,
  choice,
  duration,
  integer,
  listOf,
  mapOf,
  number,
  object,
  oneOf,
  open,
  text,
  type JsonSchema,
} from './schema';

const stringMatch = choice(
  { exact: text, prefix: text, regex: text },
  'exact',
  'prefix',
  'regex',
);

const destination = object(
  { host: text, subset: text, port: object({ number: integer }) },
  ['host'],
);

const headerOperations = object({
  set: mapOf(text),
  add: mapOf(text),
  remove: listOf(text),
});

const headers = object({
  request: headerOperations,
  response: headerOperations,
});

const percent = object({ value: number });

const httpMatch = object({
  name: text,
  uri: stringMatch,
  scheme: stringMatch,
  method: stringMatch,
  authority: stringMatch,
  headers: mapOf(stringMatch),
  withoutHeaders: mapOf(stringMatch),
  queryParams: mapOf(stringMatch),
  port: integer,
  sourceLabels: mapOf(text),
  sourceNamespace: text,
  gateways: listOf(text),
  ignoreUriCase: boolean,
  statPrefix: text,
});

const httpRoute = object({
  name: text,
  match: listOf(httpMatch),
  route: listOf(
    object({ destination, weight: integer, headers }, ['destination']),
  ),
  redirect: open,
  directResponse: object({ status: integer, body: open }, ['status']),
  delegate: object({ name: text, namespace: text }),
  rewrite: object({
    uri: text,
    authority: text,
    uriRegexRewrite: object({ match: text, rewrite: text }),
  }),
  timeout: duration,
  retries: object({
    attempts: integer,
    perTryTimeout: duration,
    retryOn: text,
    backoff: text,
    retryRemoteLocalities: { ...boolean, nullable: true },
    retryIgnorePreviousHosts: { ...boolean, nullable: true },
  }),
  fault: object({
    delay: object({
      percent: integer,
      percentage: percent,
      fixedDelay: duration,
      exponentialDelay: duration,
    }),
    abort: object({
      percentage: percent,
      httpStatus: integer,
      grpcStatus: text,
      http2Error: text,
    }),
  }),
  mirror: destination,
  mirrors: listOf(
    object({ destination, percentage: percent }, ['destination']),
  ),
  mirrorPercent: { ...integer, nullable: true },
  mirror_percent: { ...integer, nullable: true },
  mirrorPercentage: percent,
  corsPolicy: open,
  headers,
});

const l4Match = object({
  destinationSubnets: listOf(text),
  port: integer,
  sourceLabels: mapOf(text),
  sourceSubnet: text,
  sourceNamespace: text,
  gateways: listOf(text),
  sniHosts: listOf(text),
});

const l4Route = object({
  match: listOf(l4Match),
  route: listOf(object({ destination, weight: integer }, ['destination'])),
});

/** Routes of a host. */
export const virtualService: JsonSchema = topLevel({
  spec: object({
    hosts: listOf(text),
    gateways: listOf(text),
    http: listOf(httpRoute),
    tls: listOf(l4Route),
    tcp: listOf(l4Route),
    exportTo: listOf(text),
  }),
  status: open,
});

const port = object(
  { number: integer, protocol: text, name: text, targetPort: integer },
  ['number', 'protocol', 'name'],
);

/** Listeners of a gateway. */
export const gateway: JsonSchema = topLevel({
  spec: object({
    selector: mapOf(text),
    servers: listOf(
      object(
        {
          port,
          bind: text,
          hosts: listOf(text),
          tls: open,
          defaultEndpoint: text,
          name: text,
        },
        ['port', 'hosts'],
      ),
    ),
  }),
  status: open,
});

/** A host outside the mesh, or a piece of it that is added by hand. */
export const serviceEntry: JsonSchema = topLevel({
  spec: object(
    {
      hosts: listOf(text),
      addresses: listOf(text),
      ports: listOf(
        object(
          { number: integer, protocol: text, name: text, targetPort: integer },
          ['number', 'name'],
        ),
      ),
      location: oneOf('MESH_EXTERNAL', 'MESH_INTERNAL'),
      resolution: oneOf(
        'NONE',
        'STATIC',
        'DNS',
        'DNS_ROUND_ROBIN',
        'DYNAMIC_DNS',
      ),
      endpoints: listOf(open),
      workloadSelector: open,
      exportTo: listOf(text),
      subjectAltNames: listOf(text),
    },
    ['hosts'],
  ),
  status: open,
});
