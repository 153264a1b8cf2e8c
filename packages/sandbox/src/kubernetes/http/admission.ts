import { targetSchema } from '../patch/managed-fields';
import { collectionOf } from '../resources/resource';
import { fillDefaults } from '../schema/defaults';
import type { KubernetesObject } from '../store';
import { checkSchema, prune } from '../validation/schema-check';
import { validate } from '../validation/validate';
import { addWarnings } from './answer';
import type { Exchange } from './context';
import { invalid, type StatusCause } from './status-error';
import { badRequest } from './request-failures';

const modes = ['Ignore', 'Strict', 'Warn'];

/** Refuses, warns of or ignores fields that the kind does not have, as asked. */
function reportUnknown(exchange: Exchange, unknown: string[]): void {
  const { query, target } = exchange;
  const mode = query.get('fieldValidation') || 'Warn';
  if (!modes.includes(mode)) {
    throw invalid('meta.k8s.io', 'CreateOptions', '', [
      {
        reason: 'FieldValueNotSupported',
        field: 'fieldValidation',
        message: `Unsupported value: "${mode}": supported values: "", "Ignore", "Strict", "Warn"`,
      },
    ]);
  }
  const sentences = unknown.map(path => `unknown field "${path}"`);
  if (sentences.length === 0 || mode === 'Ignore') {
    return;
  }
  if (mode === 'Warn') {
    addWarnings(exchange.response, sentences);
    return;
  }
  const { kind } = target.type;
  throw badRequest(
    `${kind} in version "${
      target.version
    }" cannot be handled as a ${kind}: strict decoding error: ${sentences.join(
      ', ',
    )}`,
  );
}

function isWrongType(cause: StatusCause): boolean {
  return cause.reason === 'FieldValueTypeInvalid';
}

/** The API server decodes its own kinds into structs: a wrong type is a bad request there. */
function refuseTypes(exchange: Exchange, causes: StatusCause[]): void {
  const { type, version } = exchange.target;
  const [wrong] = causes.filter(isWrongType);
  if (wrong && !type.custom) {
    throw badRequest(
      `${type.kind} in version "${version}" cannot be handled as a ${type.kind}: json: cannot unmarshal value into field ${wrong.field}: ${wrong.message}`,
    );
  }
}

/** Fills defaults in and checks an object that is about to be stored. */
export function admit(
  exchange: Exchange,
  object: KubernetesObject,
  current: KubernetesObject | undefined,
): KubernetesObject {
  const { context, target } = exchange;
  const { type } = target;
  const schema = targetSchema(exchange);
  const { causes, unknown } = checkSchema(object, schema);
  const before = new Set(checkSchema(current, schema).unknown);
  reportUnknown(
    exchange,
    unknown.filter(path => !before.has(path)),
  );
  refuseTypes(exchange, causes);
  const pruned = prune(object, schema) as KubernetesObject;
  const complete = type.custom
    ? (fillDefaults(pruned, schema) as KubernetesObject)
    : pruned;
  const prepared = context.store.prepare(collectionOf(type), complete);
  const own = validate(type, prepared, current);
  const fields = new Set(own.map(cause => cause.field));
  const all = [...own, ...causes.filter(cause => !fields.has(cause.field))];
  if (all.length > 0 && target.subresource !== 'status') {
    throw invalid(type.group, type.kind, object.metadata.name, all);
  }
  return prepared;
}
