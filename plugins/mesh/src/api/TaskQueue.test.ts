import { TaskQueue } from './TaskQueue';

const settle = (milliseconds = 30) =>
  new Promise(resolve => {
    setTimeout(resolve, milliseconds);
  });

describe('TaskQueue', () => {
  it('keeps the order, and lets others run between jobs', async () => {
    const seen: string[] = [];
    const queue = new TaskQueue(new AbortController().signal);
    for (const name of ['first', 'second']) {
      queue.add(() => {
        seen.push(name);
        Promise.resolve().then(() => seen.push(`after ${name}`));
      });
    }
    expect(seen).toEqual([]);
    await settle();
    queue.add(() => seen.push('third'));
    await settle();
    expect(seen).toEqual([
      'first',
      'after first',
      'second',
      'after second',
      'third',
    ]);
  });

  it('drops what waits when it is told to end', async () => {
    const abort = new AbortController();
    const queue = new TaskQueue(abort.signal);
    const jobs = [jest.fn(() => abort.abort()), jest.fn()];
    jobs.forEach(job => queue.add(job));
    await settle();
    expect(jobs.map(job => job.mock.calls.length)).toEqual([1, 0]);
  });
});
