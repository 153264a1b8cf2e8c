import { dirname, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  resolveSafeChildPath,
  type UrlReaderService,
} from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  parseLocationRef,
  type Entity,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { serializeDirectoryContents } from '@backstage/plugin-scaffolder-node';

/** A file beside a template, by its path from there. */
export type TemplateSource = { path: string; content: Buffer };

/** Folders beside the template that its steps fetch from. */
export function foldersOf(steps: readonly unknown[]): string[] {
  const folders = steps.flatMap(step => {
    const input: unknown = Reflect.get(Object(step), 'input');
    const url: unknown = Reflect.get(Object(input), 'url');
    const action: unknown = Reflect.get(Object(step), 'action');
    const isRelative =
      typeof action === 'string' &&
      action.startsWith('fetch:') &&
      typeof url === 'string' &&
      !/^[a-z][a-z0-9+.-]*:/i.test(url);
    return isRelative ? [posix.normalize(url)] : [];
  });
  const bad = folders.find(
    folder => folder.startsWith('..') || folder.startsWith('/'),
  );
  if (bad) {
    throw new InputError(
      `The template fetches from ${bad}: expected a folder below the template's own`,
    );
  }
  return [...new Set(folders.map(folder => folder.replace(/\/$/, '')))];
}

/** Where the template's own file is: `file:…` or `url:…`. */
function locationOf(entity: Entity): { type: string; target: string } {
  const annotations = entity.metadata.annotations ?? {};
  const ref =
    annotations[ANNOTATION_SOURCE_LOCATION] ?? annotations[ANNOTATION_LOCATION];
  if (!ref) {
    throw new InputError(
      `The catalog does not say where ${entity.metadata.name} is kept, so its files cannot be read`,
    );
  }
  return parseLocationRef(ref);
}

async function readFolder(
  location: { type: string; target: string },
  folder: string,
  reader: UrlReaderService,
): Promise<TemplateSource[]> {
  if (location.type === 'file') {
    const base = location.target.startsWith('file:')
      ? fileURLToPath(location.target)
      : location.target;
    const found = await serializeDirectoryContents(
      resolveSafeChildPath(dirname(base), folder),
    );
    return found.map(({ path, content }) => ({
      path: posix.join(folder, path),
      content,
    }));
  }
  const tree = await reader.readTree(new URL(folder, location.target).href);
  return Promise.all(
    (await tree.files()).map(async file => ({
      path: posix.join(folder, file.path),
      content: await file.content(),
    })),
  );
}

/**
 * Reads what a template's steps fetch from beside it, as the scaffolder would
 * while it runs. What steps fetch from elsewhere they read themselves.
 *
 * @throws InputError where it fetches from above its own folder
 */
export async function readTemplateFiles(
  entity: Entity,
  steps: readonly unknown[],
  reader: UrlReaderService,
): Promise<TemplateSource[]> {
  const folders = foldersOf(steps);
  if (folders.length === 0) {
    return [];
  }
  const location = locationOf(entity);
  const files = await Promise.all(
    folders.map(folder => readFolder(location, folder, reader)),
  );
  return files.flat();
}
