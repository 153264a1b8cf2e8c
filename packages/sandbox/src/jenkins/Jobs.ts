import type { SourceHistory } from '../gitlab';
import type { ImageCatalog } from '../registry/catalog';
import { readBranchSource, readJobConfig, rootOf } from './jobConfig';
import type { Folder, Item, Job } from './model';
import { isMultibranch, seedMultibranch } from './seedBranches';
import { jobNameOf, seedJob } from './seedBuilds';

const folderRoots: readonly string[] = [
  'com.cloudbees.hudson.plugin.folder.Folder',
  'org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject',
];

export interface JobsOptions {
  seed: number;
  source: SourceHistory;
  catalog: ImageCatalog;
  /** Address of a repository. */
  urlOf(path: string): string;
}

/** Jobs and folders by their full names. Those of the world's apps are made when they are first looked at. */
export class Jobs {
  readonly #items = new Map<string, Item>();
  /** Paths of the repositories of jobs that nobody has looked at, by name. */
  readonly #latent: Map<string, string>;

  constructor(private readonly options: JobsOptions) {
    this.#latent = new Map(
      options.source.paths().map(path => [jobNameOf(path), path]),
    );
  }

  find(name: string): Item | undefined {
    // A job of a multibranch project is there once the project is.
    this.#wake(name.split('/')[0]);
    return this.#items.get(name);
  }

  #wake(name: string): void {
    const path = this.#latent.get(name);
    if (path === undefined) return;
    this.#latent.delete(name);
    const { seed, source, catalog, urlOf } = this.options;
    const input = { path, name, url: urlOf(path), seed, source, catalog };
    const made = isMultibranch(path)
      ? seedMultibranch(input)
      : [seedJob(input)];
    made.forEach(item => this.#items.set(item.name, item));
  }

  job(name: string): Job | undefined {
    const item = this.find(name);
    return item?.kind === 'job' ? item : undefined;
  }

  /** Items right within a folder, or at the top. */
  within(folder: string): Item[] {
    const prefix = folder === '' ? '' : `${folder}/`;
    const names = [...this.#items.keys(), ...this.#latent.keys()];
    return names
      .filter(
        name =>
          name.startsWith(prefix) && !name.slice(prefix.length).includes('/'),
      )
      .sort()
      .flatMap(name => this.find(name) ?? []);
  }

  /** Makes an item, or gives it another configuration. @throws ConfigError */
  put(name: string, xml: string): Item {
    const known = this.find(name);
    if (folderRoots.includes(rootOf(xml))) {
      const hasBranches = rootOf(xml) === folderRoots[1];
      const { description, ...source } = readBranchSource(xml);
      const folder: Folder = {
        kind: 'folder',
        name,
        xml,
        description,
        ...(hasBranches ? source : {}),
      };
      this.#items.set(name, folder);
      return folder;
    }
    const config = readJobConfig(xml);
    if (known?.kind === 'job') {
      known.xml = xml;
      known.config = config;
      return known;
    }
    const job: Job = {
      kind: 'job',
      name,
      xml,
      config,
      isConcurrent: true,
      builds: [],
      nextNumber: 1,
    };
    this.#items.set(name, job);
    return job;
  }

  /** Forgets an item with all that is within it; answers its jobs. */
  remove(name: string): Job[] {
    const gone: Job[] = [];
    this.find(name);
    for (const [known, item] of this.#items) {
      if (known === name || known.startsWith(`${name}/`)) {
        this.#items.delete(known);
        if (item.kind === 'job') gone.push(item);
      }
    }
    return gone;
  }
}
