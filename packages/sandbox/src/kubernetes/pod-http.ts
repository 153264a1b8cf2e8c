import type { KubernetesObject } from './store';

/** A request that the API server passes on to a port of a pod. */
export interface PodHttpRequest {
  pod: KubernetesObject;
  port: number;
  method: string;
  /** Starts with a slash, without the query. */
  path: string;
  query: URLSearchParams;
}

export interface PodHttpAnswer {
  code: number;
  contentType: string;
  body: string;
}

/** What the program in a pod answers; undefined when nothing listens on that port. */
export type PodHttp = (request: PodHttpRequest) => PodHttpAnswer | undefined;
