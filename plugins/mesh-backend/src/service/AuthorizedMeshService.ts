import type { SightSource } from '../sight/Sights';
import type { MeshService, SharedMeshService } from './types';

/** Answers each caller with what they may see. */
export class AuthorizedMeshService implements MeshService {
  readonly #service: SharedMeshService;
  readonly #sights: SightSource;

  constructor(service: SharedMeshService, sights: SightSource) {
    this.#service = service;
    this.#sights = sights;
  }

  graph: MeshService['graph'] = async (query, credentials) =>
    this.#service.graph(query, await this.#sights.of(credentials));

  node: MeshService['node'] = async (id, query, credentials) =>
    this.#service.node(id, query, await this.#sights.of(credentials));

  history: MeshService['history'] = async (query, credentials) =>
    this.#service.history(query, await this.#sights.of(credentials));

  timeline: MeshService['timeline'] = async (query, credentials) =>
    this.#service.timeline(query, await this.#sights.of(credentials));

  controlPlanes: MeshService['controlPlanes'] = async (query, credentials) =>
    this.#service.controlPlanes(query, await this.#sights.of(credentials));

  summaries: MeshService['summaries'] = async (query, credentials) =>
    this.#service.summaries(query, await this.#sights.of(credentials));
}
