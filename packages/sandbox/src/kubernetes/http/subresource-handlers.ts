import type { Exchange } from './context';
import { evict } from './eviction';
import { podLog } from './pod-log';
import { podProxy } from './pod-proxy';
import { getScale, patchScale, updateScale } from './scale';
import { createToken } from './token';
import { methodNotAllowed, unknownPath } from './request-failures';
import { subresourcesOf } from './subresources';

type Handler = (exchange: Exchange) => Promise<void> | void;

const handlers: Record<string, Handler> = {
  'get log': podLog,
  'create proxy': podProxy,
  'delete proxy': podProxy,
  'get proxy': podProxy,
  'patch proxy': podProxy,
  'update proxy': podProxy,
  'create eviction': evict,
  'create token': createToken,
  'get scale': getScale,
  'update scale': updateScale,
  'patch scale': patchScale,
};

/**
 * The handler of a subresource that is not simply a part of its object;
 * undefined for `status` and `finalize`, which are read and written as usual.
 */
export function subresourceHandler({ target }: Exchange): Handler | undefined {
  const { type, subresource, verb } = target;
  if (subresource === undefined) {
    return undefined;
  }
  const known = subresourcesOf(type).find(entry => entry.name === subresource);
  if (!known) {
    throw unknownPath();
  }
  if (!known.verbs.includes(verb)) {
    throw methodNotAllowed();
  }
  return handlers[`${verb} ${subresource}`];
}
