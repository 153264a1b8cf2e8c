import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** A template's file, relative to the folder, and what it says. */
function load(directory, target) {
  const file = join(directory, target);
  return { file, entity: parse(readFileSync(file, 'utf8')) };
}

/**
 * All templates that the location lists.
 *
 * @param {string} root the repository's root
 * @returns {{ file: string, entity: object }[]}
 */
export function loadTemplates(root) {
  const directory = join(root, 'templates');
  const { entity: location } = load(directory, 'all.yaml');
  return location.spec.targets.map(target => load(directory, target));
}
