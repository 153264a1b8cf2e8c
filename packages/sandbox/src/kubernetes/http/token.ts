import { timestamp } from '../storage/timestamp';
import { asNumber, asObject } from '../values';
import { sendObject } from './answer';
import { readObject } from './body';
import type { Exchange } from './context';
import { stored } from './write';

const defaultSeconds = 3600;

/** Answers `serviceaccounts/token`: a new token with which one acts as the account. */
export async function createToken(exchange: Exchange): Promise<void> {
  const { context, request, response, target } = exchange;
  const body = await readObject(request);
  const account = stored(exchange);
  const { name, namespace = '' } = account.metadata;
  const spec = asObject(body?.spec);
  const seconds = asNumber(spec.expirationSeconds) ?? defaultSeconds;
  const token = `sandbox.${namespace}.${name}.${context.store.newUid()}`;
  context.authenticator.issue(token, {
    name: `system:serviceaccount:${namespace}:${name}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`],
  });
  sendObject(response, 201, {
    kind: 'TokenRequest',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: { name: target.name, namespace },
    spec: { ...spec, expirationSeconds: seconds },
    status: {
      token,
      expirationTimestamp: timestamp(context.clock.now() + seconds * 1000),
    },
  });
}
