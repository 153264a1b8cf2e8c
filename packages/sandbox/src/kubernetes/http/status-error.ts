import { isObject, type JsonObject } from '../values';

/** One reason among several why an object was refused. */
export interface StatusCause {
  reason: string;
  message: string;
  field?: string;
}

/** What a Status says about the object it concerns. */
export interface StatusDetails {
  name?: string;
  group?: string;
  kind?: string;
  uid?: string;
  causes?: StatusCause[];
  retryAfterSeconds?: number;
}

/** What an error is about: plural and group name the resource. */
export interface ResourceReference {
  group: string;
  plural: string;
}

/** An answer that the API server gives as a `Status` object. */
export class StatusError extends Error {
  readonly code: number;
  readonly reason: string;
  readonly details?: StatusDetails;

  constructor(
    code: number,
    reason: string,
    message: string,
    details?: StatusDetails,
  ) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  /** The wire form. */
  toJSON(): JsonObject {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      reason: this.reason,
      ...(this.details ? { details: this.details } : {}),
      code: this.code,
    };
  }
}

/** `pods`, or `deployments.apps`. */
export function qualified(resource: ResourceReference): string {
  return resource.group
    ? `${resource.plural}.${resource.group}`
    : resource.plural;
}

function detailsOf(
  resource: ResourceReference,
  name?: string,
  more: StatusDetails = {},
): StatusDetails {
  return {
    ...(name ? { name } : {}),
    ...(resource.group ? { group: resource.group } : {}),
    kind: resource.plural,
    ...more,
  };
}

export function notFound(
  resource: ResourceReference,
  name: string,
): StatusError {
  return new StatusError(
    404,
    'NotFound',
    `${qualified(resource)} "${name}" not found`,
    detailsOf(resource, name),
  );
}

export function alreadyExists(
  resource: ResourceReference,
  name: string,
): StatusError {
  return new StatusError(
    409,
    'AlreadyExists',
    `${qualified(resource)} "${name}" already exists`,
    detailsOf(resource, name),
  );
}

export function conflict(
  resource: ResourceReference,
  name: string,
  explanation: string,
): StatusError {
  return new StatusError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualified(
      resource,
    )} "${name}": ${explanation}`,
    detailsOf(resource, name),
  );
}

/** The usual conflict: the caller read an older version. */
export function staleVersion(
  resource: ResourceReference,
  name: string,
): StatusError {
  return conflict(
    resource,
    name,
    'the object has been modified; please apply your changes to the latest version and try again',
  );
}

/** Refused fields; each cause names its field. */
export function invalid(
  group: string,
  kind: string,
  name: string,
  causes: StatusCause[],
): StatusError {
  const sentences = causes.map(cause =>
    cause.field ? `${cause.field}: ${cause.message}` : cause.message,
  );
  const joined =
    sentences.length === 1 ? sentences[0] : `[${sentences.join(', ')}]`;
  const subject = group ? `${kind}.${group}` : kind;
  return new StatusError(
    422,
    'Invalid',
    `${subject} "${name}" is invalid: ${joined}`,
    {
      ...(name ? { name } : {}),
      ...(group ? { group } : {}),
      kind,
      causes,
    },
  );
}

export function forbidden(
  resource: ResourceReference,
  name: string | undefined,
  explanation: string,
): StatusError {
  const subject = name
    ? `${qualified(resource)} "${name}"`
    : qualified(resource);
  return new StatusError(
    403,
    'Forbidden',
    `${subject} is forbidden: ${explanation}`,
    detailsOf(resource, name),
  );
}

export function expired(message: string): StatusError {
  return new StatusError(410, 'Expired', message);
}

export function tooManyRequests(
  message: string,
  causes: StatusCause[] = [],
): StatusError {
  return new StatusError(429, 'TooManyRequests', message, {
    ...(causes.length ? { causes } : {}),
  });
}

/** Whether a JSON value looks like a failure `Status`. */
export function isStatus(value: unknown): boolean {
  return isObject(value) && value.kind === 'Status';
}
