import fc from 'fast-check';
import { hasMask, maskChange, maskSecrets, SECRET_MASK } from './maskSecrets';
import { isSecretName, secretSpans } from './secretSpans';

describe('names of secrets', () => {
  it.each([
    'database/password',
    'bank/api-key',
    'apiKey',
    'oauth.client.secret',
    'GITLAB_TOKEN',
    'privateKey',
    'server-key.pem/private-key',
  ])('%s is one', name => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each([
    'token-ttl',
    'password.min-length',
    'secretName',
    'cache/key',
    'partition-key',
    'passenger',
    'features.json',
    'database/user',
  ])('%s is none', name => {
    expect(isSecretName(name)).toBe(false);
  });
});

describe('masking', () => {
  const mask = (key: string, text: string) => maskSecrets(key, text).text;

  it.each([
    ['database/password', 'Plum-1-tide', SECRET_MASK],
    ['database/password', 'Plum-1-tide\n', `${SECRET_MASK}\n`],
    [
      'url',
      'jdbc:mysql://root:hunter2@db:3306/x',
      `jdbc:mysql://root:${SECRET_MASK}@db:3306/x`,
    ],
    [
      'a.json',
      '{"db": {"password": "x\\"y", "user": "u"}}',
      `{"db": {"password": "${SECRET_MASK}", "user": "u"}}`,
    ],
    [
      'a.yaml',
      'db:\n  password: x # c\n  tokens:\n    - token: abc\n',
      `db:\n  password: ${SECRET_MASK} # c\n  tokens:\n    - token: ${SECRET_MASK}\n`,
    ],
    [
      'a.properties',
      '# c\ndb.password = x\ndb.user=u\n',
      `# c\ndb.password = ${SECRET_MASK}\ndb.user=u\n`,
    ],
    // Broken documents are masked by their lines.
    ['a.json', '{\n"password": "x",', `{\n"password": "${SECRET_MASK}",`],
    [
      'note',
      'see eyJhbGciOiJI.eyJzdWIiOiIx.c2ln and go',
      `see ${SECRET_MASK} and go`,
    ],
    [
      'note',
      '-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----',
      SECRET_MASK,
    ],
  ])('%s: %j', (key, text, masked) => {
    expect(mask(key, text)).toBe(masked);
  });

  it.each([
    ['database/password', '${DB_PASSWORD}'],
    ['database/password', ''],
    ['a.yaml', 'password: ${DB_PASSWORD}\nother: 1\n'],
    ['a.json', '{"token": true, "secret": ""}'],
    ['_schema.json', '{"properties": {"bank/api-key": {"type": "string"}}}'],
    ['link', 'https://a.example:8443/path'],
  ])('leaves %s with %j as it is', (key, text) => {
    expect(maskSecrets(key, text)).toEqual({ text, isMasked: false });
  });

  it('tells that a secret changes without telling it', () => {
    expect(maskChange('a.properties', 'p.password=x', 'p.password=y')).toEqual({
      before: `p.password=${SECRET_MASK}`,
      after: `p.password=${SECRET_MASK} (changed)`,
    });
    expect(
      maskChange('a.properties', 'p.password=x', 'p.password=x\nb=1'),
    ).toEqual({
      before: `p.password=${SECRET_MASK}`,
      after: `p.password=${SECRET_MASK}\nb=1`,
    });
    expect(maskChange('password', undefined, 'x').after).toBe(SECRET_MASK);
    expect(hasMask(mask('password', 'x'))).toBe(true);
  });

  it('never shows a password, wherever it stands', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9]{12,20}$/);
    const name = fc.constantFrom('password', 'db.password', 'apiKey');
    fc.assert(
      fc.property(secret, name, fc.string(), (value, field, other) => {
        const documents = {
          'a.json': JSON.stringify({ other, [field]: value }, null, 2),
          'a.properties': `x=1\n${field}=${value}\n`,
          'a.yaml': `x: 1\n${field}: "${value}"\n`,
        };
        for (const [key, text] of Object.entries(documents)) {
          expect(mask(key, text)).not.toContain(value);
        }
      }),
    );
  });

  it('finds spans in order, apart and inside of the text', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('a.json', 'a.yaml', 'a.properties', 'a', 'password'),
        fc.string({ unit: 'grapheme' }),
        (key, text) => {
          let last = -1;
          for (const { from, to } of secretSpans(key, text)) {
            expect(from).toBeGreaterThan(last);
            expect(to).toBeLessThanOrEqual(text.length);
            last = to;
          }
        },
      ),
    );
  });
});
