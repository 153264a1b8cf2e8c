import type { Clock } from '../../clock';
import { createRandom } from '../../random';
import { isFailure } from '../../simulator/flow/outcome';
import { hashOf } from '../../simulator/hash';
import type { LiveCluster } from '../../simulator/live/cluster';
import { createMembership } from '../../simulator/live/membership';
import type { LivePod } from '../../simulator/live/model';
import { chatterLine } from '../../simulator/logs/chatter';
import { messageOf, type LoggedCall } from '../../simulator/logs/format';
import { writesOfRequests } from '../../simulator/logs/lines';
import { answeredAt, type TraceBook } from '../../simulator/traces';
import { containerNames, PROXY_CONTAINER } from '../../world/inject';
import type { LogKind, LogRecord } from './LogRecord';
import { LogShelf } from './LogShelf';
import { isCollected, Origins } from './origins';
import { programLine } from './programLine';
import { indexOf } from './source';
import { StartWatch } from './StartWatch';

/** How long documents are kept. */
const KEPT_SECONDS = 30 * 60;
/** The longest time from writing a line to finding it, in milliseconds. */
const LONGEST_LAG = 2000;

/** One request in so many has an app write all that it was sent: a mebibyte in one line. */
const HUGE_ONE_IN = 20_000;

const hugeLine = (id: string) =>
  `payload dump ${id} ${'7b226b6579223a'.repeat(2 ** 20 / 14)}`;

export interface LogArchiveOptions {
  cluster: LiveCluster;
  book: TraceBook;
  clock: Clock;
  seed: number;
  /** A node whose clock is wrong, and by how many milliseconds. */
  skew?: { node: string; milliseconds: number };
}

/** The lines of a cluster's containers, as an agent on every node ships them to the store. */
export class LogArchive {
  readonly shelf = new LogShelf();
  readonly origins = new Origins();
  readonly #options: LogArchiveOptions;
  readonly #isMine: (pod: LivePod) => boolean;
  readonly #starts: StartWatch;
  #order = 0;
  /** Seconds of the book from here to `#next` are on the shelf. */
  #first: number;
  #next: number;
  #watched: number | undefined;

  constructor(options: LogArchiveOptions) {
    this.#options = options;
    this.#first = Math.floor(options.clock.now() / 1000);
    this.#next = this.#first;
    this.#isMine = createMembership(options.cluster);
    this.#starts = new StartWatch(options.cluster);
  }

  /** Order of the next record; what a point in time remembers. */
  get order(): number {
    return this.#order;
  }

  /** How many documents an index has. */
  countOf(index: string): number {
    let count = 0;
    for (const records of this.shelf.seconds(-Infinity, Infinity, true)) {
      if (indexOf(records[0]) === index) count += records.length;
    }
    return count;
  }

  /** Takes in what has been told since the last time, of the present and of the time before the beginning. */
  advance(): void {
    const { book, clock } = this.#options;
    for (; this.#next < book.nextSecond; this.#next++) this.#take(this.#next);
    while (book.second(this.#first - 1)) this.#take(--this.#first);
    const oldest = Math.floor(clock.now() / 1000) - KEPT_SECONDS;
    if (this.#watched !== this.#next) {
      // Looking at all pods is dear in large worlds: once a second.
      this.#watched = this.#next;
      for (const { pod, container, at, text } of this.#starts.news()) {
        if (at >= oldest * 1000) this.#program(pod, container, at, text);
      }
    }
    this.shelf.forgetBefore(oldest);
    this.#first = Math.max(this.#first, oldest);
  }

  #take(second: number): void {
    for (const trace of this.#options.book.second(second) ?? []) {
      for (const call of trace.calls) this.#call({ trace, call });
    }
    for (const pod of this.#options.cluster.pods.pods.values()) {
      if (writesOfRequests(pod)) continue;
      const random = createRandom(this.#options.seed).fork(
        `${pod.key}@${second}`,
      );
      const text = chatterLine(pod, random);
      if (text === undefined) continue;
      const container = containerNames(pod.object)[0];
      const at = second * 1000 + random.integer(1000);
      if (container) this.#program(pod, container, at, text);
    }
  }

  #call(logged: LoggedCall): void {
    const { call } = logged;
    const { caller, callee } = call;
    const at = answeredAt(call);
    if (caller?.workload.dataPlane === 'gateway' && this.#isMine(caller)) {
      if (writesOfRequests(caller)) this.#proxy(caller, at, logged);
    }
    if (!callee || callee.workload.dataPlane === 'gateway') return;
    if (!this.#isMine(callee) || !writesOfRequests(callee)) return;
    const failed = isFailure(call.outcome);
    const container = containerNames(callee.object).find(
      name => name !== PROXY_CONTAINER,
    );
    if (container) {
      const text =
        hashOf(`huge/${call.id}`) % HUGE_ONE_IN === 0
          ? hugeLine(call.id)
          : messageOf(callee, call);
      const level = failed ? 'error' : 'info';
      const key = call.id;
      this.#add('app', callee, container, at, { key, text, level, logged });
    }
    if (failed && callee.workload.dataPlane === 'sidecar') {
      this.#proxy(callee, at, logged);
    }
  }

  #proxy(pod: LivePod, at: number, logged: LoggedCall): void {
    // A gateway and the sidecar behind it both write of one call.
    const end = pod.workload.dataPlane === 'gateway' ? 'g' : 'p';
    const key = `${logged.call.id}${end}`;
    this.#add('proxy', pod, PROXY_CONTAINER, at, { key, logged });
  }

  #program(pod: LivePod, container: string, at: number, line: string): void {
    const key = hashOf(`${pod.key}/${container}/${at}/${line}`).toString(16);
    this.#add('program', pod, container, at, { key, ...programLine(line) });
  }

  #add(
    kind: LogKind,
    pod: LivePod,
    container: string,
    written: number,
    rest: Pick<LogRecord, 'key' | 'text' | 'level' | 'logged'>,
  ): void {
    const { skew, cluster } = this.#options;
    const { annotations = {} } = pod.object.metadata;
    const namespace =
      cluster.config.get('namespaces', '', pod.namespace)?.metadata
        .annotations ?? {};
    if (!isCollected(annotations, namespace, container)) return;
    const wrong = skew?.node === pod.nodeName ? skew?.milliseconds ?? 0 : 0;
    const lag = 200 + (hashOf(rest.key) % (LONGEST_LAG - 200));
    const at = written + wrong;
    this.shelf.add({
      at: Math.floor(at),
      visibleAt: written + lag,
      // Files are rotated at midnight; a hundred bytes a millisecond keeps lines apart.
      offset: Math.floor((at % 86_400_000) * 100),
      order: this.#order++,
      kind,
      origin: this.origins.of(pod, container),
      ...rest,
    });
  }
}
