import type { KubernetesObject } from './store';

/** Which lines of a container's log are wanted. */
export interface PodLogOptions {
  /** Lines at or after this instant, milliseconds since the epoch. */
  sinceMs?: number;
  /** The last so many lines. */
  tailLines?: number;
  /** The log of the container's previous run. */
  previous?: boolean;
}

/**
 * Where pod logs come from. Every line starts with its own RFC 3339 timestamp
 * and a space, as the container runtime keeps it; the server strips it unless
 * the caller asked for timestamps.
 */
export interface PodLogSource {
  /** Lines written until now, oldest first. */
  read(
    pod: KubernetesObject,
    container: string,
    options: PodLogOptions,
  ): string[];
  /** Calls back for every line from now on; returns the way to stop. */
  follow(
    pod: KubernetesObject,
    container: string,
    onLine: (line: string) => void,
  ): () => void;
}
