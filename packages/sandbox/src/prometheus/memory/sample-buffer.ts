/** Samples of one series in a span, in buffers that the next read overwrites. */
export class SampleBuffer {
  times = new Float64Array(64);
  values = new Float64Array(64);
  /** 1 where the sample is a staleness marker; its value is then meaningless. */
  stale = new Uint8Array(64);
  length = 0;

  clear(): void {
    this.length = 0;
  }

  /** Forgets all samples but the newest. */
  keepLast(): void {
    if (this.length < 2) return;
    this.times[0] = this.times[this.length - 1];
    this.values[0] = this.values[this.length - 1];
    this.stale[0] = this.stale[this.length - 1];
    this.length = 1;
  }

  /** Removes the staleness markers. */
  dropStale(): void {
    let kept = 0;
    for (let index = 0; index < this.length; index++) {
      if (this.stale[index] === 1) continue;
      if (kept !== index) {
        this.times[kept] = this.times[index];
        this.values[kept] = this.values[index];
        this.stale[kept] = 0;
      }
      kept += 1;
    }
    this.length = kept;
  }

  push(time: number, value: number, stale: boolean): void {
    if (this.length === this.times.length) this.#grow();
    this.times[this.length] = time;
    this.values[this.length] = value;
    this.stale[this.length] = stale ? 1 : 0;
    this.length += 1;
  }

  #grow(): void {
    const size = this.times.length * 2;
    const times = new Float64Array(size);
    const values = new Float64Array(size);
    const stale = new Uint8Array(size);
    times.set(this.times);
    values.set(this.values);
    stale.set(this.stale);
    this.times = times;
    this.values = values;
    this.stale = stale;
  }
}
