import { topLevel } from './meta';
import {
  integer,
  keyedList,
  listOf,
  object,
  open,
  text,
  type JsonSchema,
} from './schema';

const parentReference = object(
  {
    group: text,
    kind: text,
    namespace: text,
    name: text,
    sectionName: text,
    port: integer,
  },
  ['name'],
);

const backendReference = object(
  {
    group: text,
    kind: text,
    namespace: text,
    name: text,
    port: integer,
    weight: integer,
    filters: listOf(open),
  },
  ['name'],
);

const route = (match: JsonSchema): JsonSchema =>
  topLevel({
    spec: object({
      parentRefs: listOf(parentReference),
      useDefaultGateways: text,
      hostnames: listOf(text),
      rules: listOf(
        object({
          name: text,
          matches: listOf(match),
          filters: listOf(open),
          backendRefs: listOf(backendReference),
          timeouts: object({ request: text, backendRequest: text }),
          retry: open,
          sessionPersistence: open,
        }),
      ),
    }),
    status: open,
  });

export const httpRoute = route(
  object({
    path: object({ type: text, value: text }),
    headers: listOf(open),
    queryParams: listOf(open),
    method: text,
  }),
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
