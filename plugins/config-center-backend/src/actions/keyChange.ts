import { createHash } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import {
  checkValue,
  maskChange,
  type PrefixSchema,
} from '@orrery/backstage-plugin-config-center-common';
import {
  InvalidValueError,
  type Warning,
} from '@orrery/backstage-plugin-orrery-common';
import type { ConsulEntry } from '../sources/answers';
import type { ConsulOperation } from '../sources/ConsulClient';

/** A key of a prefix, as it is and as it is to be. */
export type KeyChange = {
  /** Below the prefix. */
  key: string;
  before?: ConsulEntry;
  /** Absent where the key is deleted. */
  after?: string;
};

/**
 * Refuses when a key is no longer what the person has seen.
 *
 * @param seen - index of the value that was edited, 0 for none; undefined
 *   means the present one
 * @throws ConflictError
 */
export function refuseUnlessSeen(
  key: string,
  before: ConsulEntry | undefined,
  seen: number | undefined,
): void {
  const present = before?.modifyIndex ?? 0;
  if (seen === undefined || seen === present) {
    return;
  }
  if (present === 0) {
    throw new ConflictError(
      `Somebody has deleted ${key} since it was read (index ${seen})`,
    );
  }
  throw new ConflictError(
    seen === 0
      ? `Somebody has created ${key} in the meantime (index ${present}): look at their value`
      : `Somebody has changed ${key} since it was read (index ${seen}, now ${present}): look at their value`,
  );
}

/**
 * Refuses a value that is not what its key says, or that the prefix's schema
 * does not allow.
 *
 * @returns what is to be said though it is allowed
 * @throws InvalidValueError that names `value` and the place
 */
export function refuseUnlessValid(
  { key, after }: KeyChange,
  schema: PrefixSchema,
): Warning[] {
  if (after === undefined) {
    return schema.required.includes(key)
      ? [
          {
            code: 'required-key',
            message: `The schema of the prefix wants ${key}`,
          },
        ]
      : [];
  }
  const { kind, problems } = checkValue(key, after);
  const all = [...problems, ...schema.check(key, kind, after)];
  const error = all.find(({ severity }) => severity === 'error');
  if (error) {
    throw new InvalidValueError(
      'value',
      `a value of ${key} that can be read (line ${error.line}, column ${error.column}: ${error.message})`,
      after.split('\n')[error.line - 1]?.trim().slice(0, 80),
    );
  }
  return all.map(({ line, message }) => ({
    code: 'value',
    message: `${key}, line ${line}: ${message}`,
  }));
}

/** What a person compares; of several keys each behind its name. */
export function shownChange(changes: readonly KeyChange[]): {
  before: string;
  after: string;
} {
  const texts = changes.map(({ key, before, after }) => ({
    key,
    ...maskChange(
      key,
      before && (before.text ?? `(${before.bytes} bytes that are no text)\n`),
      after,
    ),
    isThere: before !== undefined,
    stays: after !== undefined,
  }));
  if (texts.length === 1) {
    return { before: texts[0].before, after: texts[0].after };
  }
  const block = (key: string, text: string) =>
    `# ${key}\n${text.endsWith('\n') || text === '' ? text : `${text}\n`}\n`;
  return {
    before: texts
      .filter(({ isThere }) => isThere)
      .map(({ key, before }) => block(key, before))
      .join(''),
    after: texts
      .filter(({ stays }) => stays)
      .map(({ key, after }) => block(key, after))
      .join(''),
  };
}

/** The version of all keys that a change is about. */
export function versionOf(changes: readonly KeyChange[]): string {
  if (changes.length === 1) {
    return String(changes[0].before?.modifyIndex ?? 0);
  }
  const indices = changes.map(
    ({ key, before }) => `${key}@${before?.modifyIndex ?? 0}`,
  );
  return createHash('sha256')
    .update(indices.join('\n'))
    .digest('hex')
    .slice(0, 16);
}

/** The steps that make a change, each only on what was seen. */
export function operationsOf(
  prefix: string,
  changes: readonly KeyChange[],
): ConsulOperation[] {
  return changes.map(({ key, before, after }): ConsulOperation => {
    const at = { key: `${prefix}${key}`, index: before?.modifyIndex ?? 0 };
    return after === undefined
      ? { verb: 'delete-cas', ...at }
      : { verb: 'cas', ...at, value: after, flags: before?.flags ?? 0 };
  });
}
