import { z } from 'zod';
import { InvalidValueError } from '../errors';

/**
 * What belongs to a service by convention, as patterns. Placeholders are
 * `{app}`, `{namespace}` and `{system}`: the namespace without what its
 * environment appends, so that all environments share code and images.
 *
 * @public
 */
export const namingSchema = z.object({
  /** Path of its project in GitLab. */
  project: z.string(),
  /** Full name of its job in Jenkins. */
  job: z.string(),
  /** Repository of its images, without the registry's host. */
  image: z.string(),
  /** Host under which the mesh's gateway serves it; undefined where none is configured. */
  host: z.string().optional(),
  /** Prefix of its keys in Consul, with a slash at its end. */
  consulPrefix: z.string(),
});

/** @public */
export type Naming = z.infer<typeof namingSchema>;

/** The convention where nothing else is configured. @public */
export const DEFAULT_NAMING: Naming = {
  project: '{system}/{app}',
  job: '{app}.{system}',
  image: '{system}/{app}',
  consulPrefix: '{namespace}.{app}/',
};

/** What placeholders of a pattern stand for. @public */
export type NamedService = { app: string; namespace: string; system: string };

const PLACEHOLDER = /\{([^{}]*)\}/g;

/**
 * Fills a pattern.
 *
 * @public
 */
export function nameByConvention(
  pattern: string,
  service: NamedService,
): string {
  return pattern.replace(PLACEHOLDER, (text, name: string) =>
    name === 'app' || name === 'namespace' || name === 'system'
      ? service[name]
      : text,
  );
}

/**
 * Refuses a pattern that would give two services one name, or that has
 * placeholders of no meaning.
 *
 * @param field - what the pattern is called where it was written
 * @throws InvalidValueError that names the field
 * @public
 */
export function checkPattern(field: string, pattern: string): string {
  const names = [...pattern.matchAll(PLACEHOLDER)].map(([, name]) => name);
  const isKnown = names.every(name =>
    ['app', 'namespace', 'system'].includes(name),
  );
  const tellsPlaces = names.includes('namespace') || names.includes('system');
  if (!isKnown || !names.includes('app') || !tellsPlaces) {
    throw new InvalidValueError(
      field,
      'a pattern with {app} and one of {namespace} and {system}, and no other placeholder',
      pattern,
    );
  }
  return pattern;
}
