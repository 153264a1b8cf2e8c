import type {
  Labels,
  SampleSink,
  SeriesWriter,
} from '../../prometheus/storage';

/** One series that an object gives rise to. */
export interface ObjectSample {
  name: string;
  labels: Labels;
  value: number;
}

const seriesKey = ({ name, labels }: ObjectSample) =>
  `${name}\u0000${Object.values(labels).join('\u0000')}`;

/** Series that follow objects: opened, changed and ended as the objects are. */
export class ObjectSeries {
  readonly #byObject = new Map<string, Map<string, SeriesWriter>>();

  constructor(
    private readonly sink: SampleSink,
    /** When the process started; what is older has a past. */
    private readonly started: number,
  ) {}

  /** Replaces the series of one object. `since` is when the object came to be, in milliseconds. */
  set(object: string, samples: readonly ObjectSample[], since: number): void {
    const before = this.#byObject.get(object);
    const after = new Map<string, SeriesWriter>();
    for (const sample of samples) {
      const key = seriesKey(sample);
      const writer = before?.get(key) ?? this.#open(sample, since);
      before?.delete(key);
      writer.set(sample.value);
      after.set(key, writer);
    }
    before?.forEach(writer => writer.end());
    if (after.size > 0) this.#byObject.set(object, after);
    else this.#byObject.delete(object);
  }

  delete(object: string): void {
    this.set(object, [], 0);
  }

  #open({ name, labels, value }: ObjectSample, since: number): SeriesWriter {
    if (since >= this.started) return this.sink.open(name, labels);
    // What it was when the process started is what it had been before.
    return this.sink.open(name, labels, milliseconds =>
      milliseconds >= since ? value : undefined,
    );
  }
}
