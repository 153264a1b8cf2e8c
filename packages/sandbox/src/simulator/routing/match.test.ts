import {
  gatewayRouteMatches,
  stringMatches,
  virtualServiceMatches,
} from './match';

const request = {
  operation: {
    method: 'POST',
    path: '/api/orders/7',
    share: 1,
    headers: { 'x-user-group': 'beta' },
  },
  host: 'order.wealth.svc.cluster.local',
  sourceLabels: { app: 'portal-bff', version: 'v1' },
  isAt: (gateway: string) => gateway === 'mesh',
  sourceNamespace: 'wealth',
  port: 8080,
};

describe('stringMatches', () => {
  it.each([
    [{ exact: 'a' }, 'a', true],
    [{ exact: 'a' }, 'ab', false],
    [{ prefix: '/api' }, '/api/x', true],
    [{ regex: '/api/.*' }, '/api/x', true],
    // Envoy's regexes match the whole text.
    [{ regex: 'api' }, '/api/x', false],
    [{ regex: '(' }, '(', false],
    [{}, 'anything', true],
    [{}, undefined, false],
  ])('%j on %s: %s', (rule, value, expected) => {
    expect(stringMatches(rule, value)).toBe(expected);
  });
});

describe('virtualServiceMatches', () => {
  it.each([
    [{ uri: { prefix: '/api' } }, true],
    [{ uri: { exact: '/API/orders/7' } }, false],
    [{ uri: { exact: '/API/orders/7' }, ignoreUriCase: true }, true],
    [{ method: { exact: 'GET' } }, false],
    [{ headers: { 'x-user-group': { exact: 'beta' } } }, true],
    [{ headers: { ':method': { exact: 'POST' } } }, true],
    [{ headers: { cookie: {} } }, false],
    [{ withoutHeaders: { 'x-user-group': {} } }, false],
    [{ queryParams: { debug: { exact: '1' } } }, false],
    [{ sourceLabels: { app: 'portal-bff' } }, true],
    [{ sourceLabels: { app: 'order' } }, false],
    [{ sourceNamespace: 'loan' }, false],
    [{ gateways: ['mesh'] }, true],
    [{ gateways: ['istio-system/kepler'] }, false],
    [{ port: 8080 }, true],
    [{ port: 9090 }, false],
    [{ uri: { prefix: '/api' }, method: { exact: 'GET' } }, false],
  ])('%j: %s', (match, expected) => {
    expect(virtualServiceMatches(match, request)).toBe(expected);
  });
});

describe('gatewayRouteMatches', () => {
  it.each([
    [{ path: { value: '/api' } }, true],
    // Prefixes end where path elements do.
    [{ path: { type: 'PathPrefix', value: '/ap' } }, false],
    [{ path: { type: 'Exact', value: '/api/orders/7' } }, true],
    [{ path: { type: 'RegularExpression', value: '/api/orders/\\d+' } }, true],
    [{ method: 'GET' }, false],
    [{ method: { service: 'api', method: 'orders' } }, true],
    [{ headers: [{ name: 'X-User-Group', value: 'beta' }] }, true],
    [
      {
        headers: [
          { name: 'x-user-group', type: 'RegularExpression', value: 'b.*' },
        ],
      },
      true,
    ],
    [{ queryParams: [{ name: 'a', value: 'b' }] }, false],
  ])('%j: %s', (match, expected) => {
    expect(gatewayRouteMatches(match, request)).toBe(expected);
  });
});
