import { evaluate, RuntimeError, type Value } from './evaluate';
import { parseScript } from './Parser';
import { ScriptError } from './tokenize';

const values: Readonly<Record<string, Value>> = {
  'params.TAG': '',
  'params.KIND': 'large',
  'env.REVISION': 'abcdef1234567890',
  IMAGE: 'wealth/shiny',
};

function valueOf(source: string): Value {
  const [statement] = parseScript(`x = ${source}`);
  if (statement.kind !== 'assign') throw new Error('no assignment');
  return evaluate(statement.value, {
    lookUp: path => values[path.join('.')],
    step: ({ name }) => `result of ${name}\n`,
  });
}

describe('Groovy', () => {
  it.each<[string, Value]>([
    [`'plain $IMAGE'`, 'plain $IMAGE'],
    [`"to \${env.REVISION.take(7)} of $IMAGE"`, 'to abcdef1 of wealth/shiny'],
    [`"$IMAGE:\${params.KIND}"`, 'wealth/shiny:large'],
    [`"a \\$IMAGE"`, 'a $IMAGE'],
    [`params.TAG ?: env.REVISION.take(4)`, 'abcd'],
    [`params.KIND == 'large' ? 'yes' : 'no'`, 'yes'],
    [`params.KIND != 'large' || !params.TAG`, true],
    [`params.TAG && env.REVISION`, false],
    [`'a' + 1 + "b"`, 'a1b'],
    [`1 + 2`, 3],
    [`env['REVISION']`, 'abcdef1234567890'],
    [`sh(script: 'git', returnStdout: true).trim()`, 'result of sh'],
    [`env.MISSING`, undefined],
    [`"\${env.MISSING}"`, 'null'],
    [`['a', 'b']`, ['a', 'b']],
    [`''' one \\\n two '''`, ' one  two '],
    [`true && null`, false],
    [`'a-b'.replace('-', '_').toUpperCase()`, 'A_B'],
  ])('%s', (source, expected) => {
    expect(valueOf(source)).toEqual(expected);
  });

  it('reads steps with and without brackets, over lines and with bodies', () => {
    const statements = parseScript(`
      // a comment
      string(
        name: 'A',
        defaultValue: ''
      )
      echo "x"; sh 'y' /* another */
      timeout(time: 5, unit: 'MINUTES') {
        deleteDir()
      }
      if (a == 'b') { echo 'c' } else { echo 'd' }
    `);
    expect(statements.map(({ kind }) => kind)).toEqual([
      'call',
      'call',
      'call',
      'call',
      'if',
    ]);
    expect(statements[0]).toMatchObject({
      call: { name: 'string', named: { name: { value: 'A' } } },
    });
    expect(statements[3]).toMatchObject({
      call: { name: 'timeout', body: [{ call: { name: 'deleteDir' } }] },
    });
  });

  it.each([
    ['pipeline {', 1, "expecting '}'"],
    ["echo 'open", 1, "found '\\n'"],
    ['a {\n  b(c\n}', 3, "expecting ')'"],
    ['x = `y`', 1, 'unexpected char'],
    ['/* never ends', 1, 'comment'],
  ])('refuses %j in line %d', (source, line, message) => {
    let refusal: unknown;
    try {
      parseScript(source);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(ScriptError);
    expect(refusal).toMatchObject({
      line,
      report: expect.stringContaining(message),
    });
  });

  it('fails as the JVM does', () => {
    expect(() => valueOf('env.MISSING.trim()')).toThrow(RuntimeError);
    expect(() => valueOf('env.MISSING.trim()')).toThrow('null object');
    expect(() => valueOf("'a'.constructor()")).toThrow('No signature');
  });
});
