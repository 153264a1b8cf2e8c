import type { Entity } from '@backstage/catalog-model';

/** What a component says of its service. */
export type EntityFacts = {
  owner?: string;
  description?: string;
  /** Of GitLab, with its group. */
  project?: string;
  /** One of those that templates know. */
  language?: string;
};

/** Languages of templates by what tags call them. */
const LANGUAGES: Readonly<Record<string, string>> = {
  go: 'go',
  golang: 'go',
  java: 'java',
  kotlin: 'java',
  node: 'node',
  nodejs: 'node',
  javascript: 'node',
  typescript: 'node',
  python: 'python',
  static: 'static',
};

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Reads a component as far as templates look at it. */
export function entityFacts({ metadata, spec }: Entity): EntityFacts {
  return {
    owner: textOf(spec?.owner),
    description: textOf(metadata.description),
    project: textOf(metadata.annotations?.['gitlab.com/project-slug']),
    language: (metadata.tags ?? [])
      .map(tag => LANGUAGES[tag])
      .find(language => language !== undefined),
  };
}
