import type { AuthService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ServicePlaceInput } from '@orrery/backstage-plugin-delivery-common';
import {
  baseNamespaceOf,
  formatRef,
  nameByConvention,
} from '@orrery/backstage-plugin-orrery-common';
import type {
  OrreryConfig,
  TargetAuthority,
} from '@orrery/backstage-plugin-orrery-node';
import { LRUCache } from 'lru-cache';

/** Annotations of upstream's plugins, which count before the convention. */
const JOB_ANNOTATION = 'jenkins.io/job-full-name';
const PROJECT_ANNOTATION = 'gitlab.com/project-slug';

const KEPT_MILLISECONDS = 30_000;

/** What belongs to a service elsewhere. */
export type NamesOfService = {
  /** Ref that permissions are asked for. */
  ref: string;
  system: string;
  /** Full name of the job in Jenkins. */
  job: string;
  /** Path of the project in GitLab. */
  project: string;
  /** Repository of images, without the registry's host. */
  image: string;
};

/**
 * Names by the component's annotations, and otherwise by the convention. They
 * are told here and never taken from a request: permission is asked for on
 * the service, not on its job.
 */
export class ServiceNames {
  readonly #config: OrreryConfig;
  readonly #authority: TargetAuthority;
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #annotations = new LRUCache<
    string,
    Promise<Readonly<Record<string, string>>>
  >({ max: 2000, ttl: KEPT_MILLISECONDS });

  constructor(options: {
    config: OrreryConfig;
    authority: TargetAuthority;
    catalog: CatalogService;
    auth: AuthService;
  }) {
    this.#config = options.config;
    this.#authority = options.authority;
    this.#catalog = options.catalog;
    this.#auth = options.auth;
  }

  async of(place: ServicePlaceInput): Promise<NamesOfService> {
    const { naming } = this.#config;
    const service = this.#service(place);
    const ref = this.refOf(place);
    const annotations = await this.annotationsOf(ref);
    const [job] = (annotations[JOB_ANNOTATION] ?? '').split(',').map(
      // `name:folder/job` names several jobs of one component.
      text => text.slice(text.indexOf(':') + 1).trim(),
    );
    return {
      ref,
      system: service.system,
      job: job || nameByConvention(naming.job, service),
      project:
        annotations[PROJECT_ANNOTATION] ||
        nameByConvention(naming.project, service),
      image: nameByConvention(naming.image, service),
    };
  }

  /** Annotations of the component that something in a cluster belongs to. */
  async annotationsOf(ref: string): Promise<Readonly<Record<string, string>>> {
    const { entityRef } = await this.#authority.resolve(ref);
    return entityRef ? this.#read(entityRef) : {};
  }

  refOf({ cluster, namespace, app }: ServicePlaceInput): string {
    return formatRef({ type: 'service', cluster, namespace, name: app });
  }

  #service({ cluster, namespace, app }: ServicePlaceInput) {
    const { environments } = this.#config;
    const system = baseNamespaceOf(environments, cluster, namespace);
    return { app, namespace, system };
  }

  #read(entityRef: string): Promise<Readonly<Record<string, string>>> {
    let reading = this.#annotations.get(entityRef);
    if (!reading) {
      reading = this.#fetch(entityRef);
      this.#annotations.set(entityRef, reading);
      reading.catch(() => this.#annotations.delete(entityRef));
    }
    return reading;
  }

  async #fetch(entityRef: string): Promise<Readonly<Record<string, string>>> {
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials: await this.#auth.getOwnServiceCredentials(),
    });
    return entity?.metadata.annotations ?? {};
  }
}
