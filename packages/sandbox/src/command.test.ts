import { parseCommand } from './command';

describe('parseCommand', () => {
  it('has defaults', () => {
    expect(parseCommand([], {})).toEqual({
      kind: 'serve',
      options: { port: 7100, seed: 1, speed: 1 },
    });
  });

  it('reads flags in both notations', () => {
    expect(
      parseCommand(
        ['--port', '7300', '--seed=42', '--services', '1000', '--speed=2.5'],
        { ORRERY_SANDBOX_PORT: '7200' },
      ),
    ).toEqual({
      kind: 'serve',
      options: { port: 7300, seed: 42, services: 1000, speed: 2.5 },
    });
  });

  it('serves one cluster unless two are asked for', () => {
    expect(parseCommand(['--clusters', '2'], {})).toMatchObject({
      options: { clusters: 2 },
    });
    expect(parseCommand(['--clusters', '1'], {})).toEqual(parseCommand([], {}));
  });

  it('keeps repositories in a folder and asks for tokens when told to', () => {
    expect(
      parseCommand(['--registry-tokens', '--data', '/tmp/forge'], {}),
    ).toMatchObject({ options: { registryTokens: true, data: '/tmp/forge' } });
    expect(() => parseCommand(['--data'], {})).toThrow('--data needs a folder');
  });

  it('takes the port from the environment', () => {
    expect(parseCommand([], { ORRERY_SANDBOX_PORT: '7200' })).toMatchObject({
      options: { port: 7200 },
    });
  });

  it.each([
    [
      ['--port', 'http'],
      '--port must be a whole number from 1 to 65535, not "http"',
    ],
    [['--port'], '--port must be a whole number from 1 to 65535, not missing'],
    [
      ['--services', '3'],
      '--services must be a whole number from 30 to 5000, not "3"',
    ],
    [['--speed', '0'], '--speed must be a number from 0.1 to 1000, not "0"'],
    [['--clusters', '3'], '--clusters must be a whole number from 1 to 2'],
    [
      ['--clusters', '2', '--services', '100'],
      '--clusters 2 goes with the default world',
    ],
    [['--seed=1.5'], '--seed must be a whole number'],
    [['--verbose'], 'unknown flag --verbose'],
    [['incident'], 'incident takes exactly one name'],
    [['incidents'], 'unknown command incidents'],
  ])('refuses %j by name', (words, message) => {
    expect(() => parseCommand(words, {})).toThrow(message);
  });

  it('refuses a bad variable by name', () => {
    expect(() => parseCommand([], { ORRERY_SANDBOX_PORT: 'x' })).toThrow(
      'ORRERY_SANDBOX_PORT must be a whole number',
    );
  });

  it('starts and stops incidents', () => {
    expect(parseCommand(['incident', 'mysql-slow', '--stop'], {})).toEqual({
      kind: 'incident',
      name: 'mysql-slow',
      stop: true,
      port: 7100,
    });
  });
});
