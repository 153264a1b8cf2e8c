import { podLogSchema } from '@orrery/backstage-plugin-delivery-common';
import { RESOURCE_TYPES } from '@orrery/backstage-plugin-orrery-node';
import request from 'supertest';
import { pod } from '../__testUtils__/sampleObjects';
import { startWorkloads } from '../__testUtils__/startWorkloads';
import { streamPodLog } from './streamPodLog';

const REF = encodeURIComponent('kepler/wealth/Pod/order-1');
const at = (second: number) => `2026-11-26T12:00:0${second}Z`;

describe('the log of a pod', () => {
  let world: Awaited<ReturnType<typeof startWorkloads>>;

  afterEach(() => world.stop());

  const get = (path: string) =>
    request(world.server).get(`/api/delivery/pods/${path}`);

  async function start(options: { denied?: boolean } = {}) {
    world = await startWorkloads(options);
    world.cluster.put(RESOURCE_TYPES.pods, pod('order-1', 1));
    world.cluster.logs.set('order-1', [
      `${at(1)} started`,
      `${at(2)} ERROR lost the database`,
      'no instant',
    ]);
  }

  it('is answered line by line with levels', async () => {
    await start();
    const { status, body } = await get(`${REF}/log?tailLines=3`);
    expect(status).toBe(200);
    expect(podLogSchema.parse(body).lines).toEqual([
      { at: at(1), level: 'unknown', text: 'started' },
      { at: at(2), level: 'error', text: 'ERROR lost the database' },
    ]);
  });

  it('is followed, from where the reader was, until the container ends', async () => {
    await start();
    const { status, text } = await get(`${REF}/log/stream`).set(
      'Last-Event-ID',
      at(1),
    );
    expect(status).toBe(200);
    expect(text).toContain('event: delta');
    expect(text).not.toContain('started');
    expect(text).toContain('lost the database');
    expect(text).toContain('"end":"container"');
  });

  it.each([
    ['tailLines', `${REF}/log?tailLines=2001`],
    ['container', `${REF}/log?container=A/B`],
    ['pod', `${encodeURIComponent('kepler/wealth/Deployment/order')}/log`],
  ])('refuses a bad %s by its name', async (field, path) => {
    await start();
    const { status, body } = await get(path);
    expect(status).toBe(400);
    expect(body.error.message).toContain(field);
  });

  it('is kept from those who may not see the workload', async () => {
    await start({ denied: true });
    expect((await get(`${REF}/log`)).status).toBe(403);
    expect((await get(`${REF}/log/stream`)).status).toBe(403);
  });

  it('ends after long silence, and says so', async () => {
    await start();
    const sent: (string | undefined)[] = [];
    const close = jest.fn();
    await streamPodLog({
      stream: {
        send: ({ event, data }) => sent.push(`${event} ${data}`) > 0,
        onDrain: () => undefined,
        signal: new AbortController().signal,
        close,
      },
      silenceMilliseconds: 20,
      async *follow(signal) {
        yield `${at(1)} one`;
        await new Promise(resolve =>
          signal.addEventListener('abort', resolve, { once: true }),
        );
        throw new Error('aborted');
      },
    });
    expect(sent).toEqual([
      expect.stringMatching(/^delta .*"text":"one".*"end":"silence"/),
    ]);
    expect(close).toHaveBeenCalled();
  });
});
