import type { LivePod } from '../../simulator/live/model';
import { asRecord, asRecords, asString } from '../../simulator/read';
import { hashOf } from '../../simulator/hash';

/** One container of one pod: what all of its lines have in common. */
export interface LogOrigin {
  /** Small and dense, for tables by origin. */
  index: number;
  pod: LivePod;
  container: string;
  containerId: string;
  image: string;
  node: string;
  uid: string;
  /** Labels as Filebeat names them: dots become underscores. */
  labels: Readonly<Record<string, string>>;
}

const ENABLED = 'co.elastic.logs/enabled';

/** Whether hints of a pod, or of its namespace, have a container's log collected. */
export function isCollected(
  pod: Readonly<Record<string, string>>,
  namespace: Readonly<Record<string, string>>,
  container: string,
): boolean {
  const hint =
    pod[`co.elastic.logs.${container}/enabled`] ??
    pod[ENABLED] ??
    namespace[ENABLED];
  return hint !== 'false';
}

/** 64 hexadecimal digits that depend on a text. */
function longHex(text: string): string {
  return Array.from({ length: 8 }, (_, part) =>
    hashOf(`${text}/${part}`).toString(16).padStart(8, '0'),
  ).join('');
}

/** The containers that have written so far; each is described once. */
export class Origins {
  readonly #known = new Map<string, LogOrigin>();
  readonly #labels = new Set<string>();

  /** How many there are; every index is below it. */
  get size(): number {
    return this.#known.size;
  }

  /** Names of labels, as documents have them. */
  labels(): Iterable<string> {
    return this.#labels;
  }

  of(pod: LivePod, container: string): LogOrigin {
    const uid = pod.object.metadata.uid ?? pod.key;
    const key = `${uid}/${container}`;
    const found = this.#known.get(key);
    if (found) return found;
    const spec = asRecords(pod.object.spec?.containers).find(
      entry => entry.name === container,
    );
    const origin: LogOrigin = {
      index: this.#known.size,
      pod,
      container,
      containerId: longHex(key),
      image: asString(asRecord(spec).image) ?? '',
      node: pod.nodeName ?? 'unknown',
      uid,
      labels: Object.fromEntries(
        Object.entries(pod.labels).map(([name, value]) => [
          name.split('.').join('_'),
          value,
        ]),
      ),
    };
    this.#known.set(key, origin);
    Object.keys(origin.labels).forEach(label => this.#labels.add(label));
    return origin;
  }
}
