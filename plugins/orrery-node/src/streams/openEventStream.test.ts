import { EventEmitter } from 'node:events';
import type { Request, Response } from 'express';
import express from 'express';
import request from 'supertest';
import { openEventStream, type EventStream } from './openEventStream';

/** The parts of a connection that a stream touches, with the client's end in our hands. */
function connection(options: { gone?: boolean; full?: boolean } = {}) {
  const incoming = Object.assign(new EventEmitter(), {
    destroyed: options.gone ?? false,
  });
  const written: string[] = [];
  const outgoing = Object.assign(new EventEmitter(), {
    closed: options.gone ?? false,
    status: jest.fn(),
    set: jest.fn(),
    flushHeaders: jest.fn(),
    end: jest.fn(),
    write: (text: string) => {
      written.push(text);
      return !options.full;
    },
  });
  return { incoming, outgoing, written };
}

function open({ incoming, outgoing }: ReturnType<typeof connection>) {
  return openEventStream(
    incoming as unknown as Request,
    outgoing as unknown as Response,
  );
}

describe('openEventStream', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('sends events, and heartbeats into silence, until the client leaves', () => {
    const wire = connection();
    const stream = open(wire);
    expect(stream.send({ event: 'delta', id: '7', data: '{}' })).toBe(true);
    jest.advanceTimersByTime(15_000);
    expect(wire.written).toEqual([
      'event: delta\nid: 7\ndata: {}\n\n',
      'event: heartbeat\ndata: {}\n\n',
    ]);
    wire.incoming.emit('close');
    expect(stream.signal.aborted).toBe(true);
    expect(stream.send({ event: 'delta', data: '{}' })).toBe(false);
    expect(jest.getTimerCount()).toBe(0);
    expect(wire.written).toHaveLength(2);
  });

  it('says when the client does not keep up, and when it does again', () => {
    const wire = connection({ full: true });
    const stream = open(wire);
    const drained = jest.fn();
    stream.onDrain(drained);
    expect(stream.send({ event: 'delta', data: '{}' })).toBe(false);
    expect(stream.signal.aborted).toBe(false);
    wire.outgoing.emit('drain');
    expect(drained).toHaveBeenCalledTimes(1);
    stream.close();
    expect(wire.outgoing.end).toHaveBeenCalled();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is over before it starts when the client did not wait', () => {
    const stream = open(connection({ gone: true }));
    expect(stream.signal.aborted).toBe(true);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('answers with headers that nothing on the way holds back', async () => {
    jest.useRealTimers();
    const app = express();
    let stream: EventStream | undefined;
    app.get('/', (incoming, outgoing) => {
      stream = openEventStream(incoming, outgoing);
      stream.send({ event: 'snapshot', data: '1\n2' });
      stream.close();
    });
    const response = await request(app).get('/');
    expect(response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    expect(response.text).toBe('event: snapshot\ndata: 1\ndata: 2\n\n');
    expect(stream?.signal.aborted).toBe(true);
  });
});
