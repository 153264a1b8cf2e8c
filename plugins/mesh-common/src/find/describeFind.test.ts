import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeFindLanguage } from './describeFind';

describe('describeFindLanguage', () => {
  const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
  const section = readme.slice(readme.indexOf('## Find language'));

  it('has nothing that the README leaves out', () => {
    const documented = new Set(
      [...section.matchAll(/`(%?[a-z0-9]+)[^`]*`/g)].map(([, name]) => name),
    );
    const missing = describeFindLanguage()
      .flatMap(row => row.names)
      .filter(name => name !== 'label:…' && !documented.has(name));
    // `flags` is a second spelling that needs no place of its own.
    expect(missing).toEqual(['flags']);
  });

  it('says what each is compared with', () => {
    const rows = describeFindLanguage();
    const rowOf = (name: string) => rows.find(row => row.names.includes(name));
    expect(rowOf('rt')).toEqual({
      group: 'edge',
      names: ['responsetime', 'rt'],
      kind: 'number',
      unit: 'milliseconds',
      example: 'rt > 200ms',
    });
    expect(rowOf('protocol')?.choices).toEqual(['http', 'grpc', 'tcp']);
    expect(rowOf('health')?.group).toBe('both');
    expect(rowOf('upstream')?.group).toBe('function');
  });
});
