import type { IncomingMessage } from 'node:http';
import { notAcceptable, unknownForm } from './request-failures';

/** The form in which a caller wants objects. */
export type Representation = 'Object' | 'Table' | 'Metadata';

const plainTypes = ['application/json', 'application/yaml', '*/*'];

function representationOf(parameters: string[]): Representation | undefined {
  const as = parameters.find(part => part.startsWith('as='))?.slice(3);
  if (as === undefined) {
    return 'Object';
  }
  const isMeta = parameters.includes('g=meta.k8s.io');
  const version = parameters.find(part => part.startsWith('v='));
  if (!isMeta || (version !== 'v=v1' && version !== 'v=v1beta1')) {
    return undefined;
  }
  switch (as) {
    case 'Table':
      return 'Table';
    case 'PartialObjectMetadata':
    case 'PartialObjectMetadataList':
      return 'Metadata';
    default:
      return undefined;
  }
}

/** The first form in the Accept header that the server has; 406 when there is none. */
export function negotiate(request: IncomingMessage): Representation {
  const { accept } = request.headers;
  if (!accept) {
    return 'Object';
  }
  let known = false;
  for (const entry of accept.split(',')) {
    const [type, ...parameters] = entry.split(';').map(part => part.trim());
    const form = representationOf(parameters);
    const isPlain = plainTypes.includes(type) || type === 'application/*';
    if (form && isPlain) {
      return form;
    }
    known = known || isPlain;
  }
  throw known ? unknownForm() : notAcceptable();
}
