import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** All files below a folder, relative to it, in order. */
export function filesBelow(directory) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(directory, join(entry.parentPath, entry.name)))
    .sort();
}

/** The objects of a YAML file; throws where it is not good YAML. */
export function readYaml(file) {
  return parseAllDocuments(readFileSync(file, 'utf8')).map(document => {
    if (document.errors.length > 0) {
      throw new Error(`${file}: ${document.errors[0].message}`);
    }
    return document.toJS();
  });
}

/** The objects below a folder of manifests. */
export function readManifests(directory) {
  return filesBelow(directory)
    .filter(file => file.endsWith('.yaml'))
    .flatMap(file => readYaml(join(directory, file)));
}

/** Gives a folder to a function, and removes it afterwards. */
export async function inTemporaryDirectory(use) {
  const directory = await mkdtemp(join(tmpdir(), 'orrery-rendered-'));
  try {
    return await use(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
