import { topLevel } from './meta';
import {
  integer,
  keyedList,
  listOf,
  object,
  oneOf,
  open,
  text,
  type JsonSchema,
} from './schema';

const parentReference = object(
  {
    group: { ...text, default: 'gateway.networking.k8s.io' },
    kind: { ...text, default: 'Gateway' },
    namespace: text,
    name: text,
    sectionName: text,
    port: integer,
  },
  ['name'],
);

const withDefault = (schema: JsonSchema, value: unknown): JsonSchema => ({
  ...schema,
  default: value,
});

/** An object of which only the parts with defaults are described. */
const described = (properties: Record<string, JsonSchema>): JsonSchema => ({
  ...open,
  properties,
});

const serviceReference = described({
  group: withDefault(text, ''),
  kind: withDefault(text, 'Service'),
});

const filter = described({
  type: oneOf(
    'RequestHeaderModifier',
    'ResponseHeaderModifier',
    'RequestMirror',
    'RequestRedirect',
    'URLRewrite',
    'ExtensionRef',
  ),
  requestMirror: described({
    backendRef: serviceReference,
    percent: { ...integer, minimum: 0, maximum: 100 },
    fraction: described({ denominator: withDefault(integer, 100) }),
  }),
  requestRedirect: described({ statusCode: withDefault(integer, 302) }),
});

const backendReference = object(
  {
    group: withDefault(text, ''),
    kind: withDefault(text, 'Service'),
    namespace: text,
    name: text,
    port: integer,
    weight: withDefault({ ...integer, minimum: 0, maximum: 1_000_000 }, 1),
    filters: listOf(filter),
  },
  ['name'],
);

const everyPath = { path: { type: 'PathPrefix', value: '/' } };

const route = (match: JsonSchema, matches?: unknown): JsonSchema =>
  topLevel({
    spec: object({
      parentRefs: listOf(parentReference),
      useDefaultGateways: text,
      hostnames: listOf(text),
      rules: {
        ...listOf(
          object({
            name: text,
            matches: matches
              ? withDefault(listOf(match), matches)
              : listOf(match),
            filters: listOf(filter),
            backendRefs: listOf(backendReference),
            timeouts: object({ request: text, backendRequest: text }),
            retry: open,
            sessionPersistence: open,
          }),
        ),
        maxItems: 16,
      },
    }),
    status: open,
  });

const comparison = described({
  type: withDefault(oneOf('Exact', 'RegularExpression'), 'Exact'),
});

/** With the defaults and limits that the definitions of Gateway API 1.3 have. */
export const httpRoute = route(
  object({
    path: withDefault(
      object({
        type: withDefault(
          oneOf('Exact', 'PathPrefix', 'RegularExpression'),
          'PathPrefix',
        ),
        value: withDefault(text, '/'),
      }),
      everyPath.path,
    ),
    headers: listOf(comparison),
    queryParams: listOf(comparison),
    method: text,
  }),
  [everyPath],
);

export const grpcRoute = route(
  object({
    method: object({ type: text, service: text, method: text }),
    headers: listOf(open),
  }),
);

export const gatewayApiGateway: JsonSchema = topLevel({
  spec: object(
    {
      gatewayClassName: text,
      listeners: keyedList(
        ['name'],
        object(
          {
            name: text,
            hostname: text,
            port: integer,
            protocol: text,
            tls: open,
            allowedRoutes: open,
          },
          ['name', 'port', 'protocol'],
        ),
      ),
      addresses: listOf(object({ type: text, value: text })),
      infrastructure: open,
      allowedListeners: open,
      defaultScope: text,
      tls: open,
      backendTLS: open,
    },
    ['gatewayClassName', 'listeners'],
  ),
  status: open,
});

export const gatewayClass: JsonSchema = topLevel({
  spec: object(
    { controllerName: text, parametersRef: open, description: text },
    ['controllerName'],
  ),
  status: open,
});
