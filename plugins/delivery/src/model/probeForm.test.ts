import { describeProbe, probeFormOf, probeOfForm } from './probeForm';

const HTTP = {
  httpGet: { path: '/ready', port: 8080, scheme: 'HTTPS' },
  periodSeconds: 5,
  successThreshold: 2,
};
const EXEC = { exec: { command: ['sh', '-c', 'test -f /tmp/ready file'] } };

describe('probe fields', () => {
  it.each([
    [HTTP],
    [EXEC],
    [{ tcpSocket: { port: 'http' } }],
    [{ grpc: { port: 9000 } }],
  ])('give back %j as it was', probe =>
    expect(probeOfForm(probeFormOf(probe), probe)).toEqual(probe),
  );

  it('change one thing and keep the rest', () => {
    const form = { ...probeFormOf(HTTP), port: '9090', timeoutSeconds: '3' };
    expect(probeOfForm(form, HTTP)).toEqual({
      ...HTTP,
      httpGet: { ...HTTP.httpGet, port: 9090 },
      timeoutSeconds: 3,
    });
  });

  it('are no probe while a part is missing', () => {
    expect(probeFormOf(undefined).way).toBe('none');
    expect(
      probeOfForm({ ...probeFormOf(undefined), way: 'tcpSocket' }, undefined),
    ).toBeUndefined();
  });

  it('are told in a line', () => {
    expect(describeProbe(HTTP)).toBe('GET /ready :8080, 5 s');
    expect(describeProbe(undefined)).toBeUndefined();
  });
});
