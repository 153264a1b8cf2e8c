import { StatusError } from './status-error';

const representations = [
  'application/json',
  'application/yaml',
  'application/vnd.kubernetes.protobuf',
];

export function unauthorized(): StatusError {
  return new StatusError(401, 'Unauthorized', 'Unauthorized');
}

export function badRequest(message: string): StatusError {
  return new StatusError(400, 'BadRequest', message);
}

export function methodNotAllowed(): StatusError {
  return new StatusError(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    {},
  );
}

export function unsupportedMediaType(accepted: string[]): StatusError {
  return new StatusError(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${accepted.join(
      ', ',
    )}`,
  );
}

/** A body of a type that no patch has. */
export function unknownMediaType(): StatusError {
  return new StatusError(
    415,
    'UnsupportedMediaType',
    '415: Unsupported Media Type',
    {},
  );
}

/** No media type that the caller accepts is one of the server's. */
export function notAcceptable(): StatusError {
  return new StatusError(
    406,
    'NotAcceptable',
    `406: Not Acceptable\n\nAvailable representations: ${representations.join(
      ', ',
    )}`,
    {},
  );
}

/** The media type is known, the form asked for with it is not. */
export function unknownForm(): StatusError {
  return new StatusError(
    406,
    'NotAcceptable',
    `only the following media types are accepted: ${representations.join(
      ', ',
    )}`,
  );
}

/** Nothing is served at the address. */
export function unknownPath(): StatusError {
  return new StatusError(
    404,
    'NotFound',
    'the server could not find the requested resource',
    {},
  );
}
