import { asText, evaluate, type Value } from '../groovy/evaluate';
import { parseScript } from '../groovy/Parser';
import type { CallSyntax, Expression, Statement } from '../groovy/syntax';
import { ScriptError } from '../groovy/tokenize';

/** A parameter that a job asks for. */
export interface ParameterDefinition {
  name: string;
  type:
    | 'StringParameterDefinition'
    | 'BooleanParameterDefinition'
    | 'ChoiceParameterDefinition'
    | 'PasswordParameterDefinition'
    | 'TextParameterDefinition';
  description: string;
  defaultValue: string | boolean;
  choices?: string[];
}

/** A variable that a pipeline or stage sets. */
export interface Setting {
  name: string;
  value: Expression;
}

export interface Stage {
  name: string;
  environment: Setting[];
  when: Statement[];
  steps: Statement[];
  /** Stages within it, one after the other; parallel ones are run so too. */
  stages: Stage[];
  post: ReadonlyMap<string, Statement[]>;
}

/** A declarative pipeline. */
export interface Pipeline {
  parameters: ParameterDefinition[];
  environment: Setting[];
  skipsCheckout: boolean;
  isConcurrent: boolean;
  stages: Stage[];
  post: ReadonlyMap<string, Statement[]>;
}

const conditions = [
  'always',
  'changed',
  'fixed',
  'regression',
  'aborted',
  'failure',
  'success',
  'unstable',
  'unsuccessful',
  'cleanup',
];

const refuse = (
  { line, column }: { line: number; column: number },
  message: string,
) => new ScriptError(message, line, column);

/** Sections of a block by name. @throws ScriptError of what is none of the known ones */
function sections(
  owner: CallSyntax,
  known: readonly string[],
  what: string,
): Map<string, CallSyntax> {
  const found = new Map<string, CallSyntax>();
  for (const statement of owner.body ?? []) {
    if (statement.kind !== 'call')
      throw refuse(owner, `Expected a ${what} section`);
    const { call } = statement;
    if (!known.includes(call.name))
      throw refuse(call, `Undefined section "${call.name}"`);
    if (found.has(call.name))
      throw refuse(call, `Multiple occurrences of the ${call.name} section`);
    found.set(call.name, call);
  }
  return found;
}

const fixed = { lookUp: () => '', step: () => '' };
const constant = (expression: Expression | undefined): Value =>
  expression && evaluate(expression, fixed);

function parameter({ call }: { call: CallSyntax }): ParameterDefinition {
  const { name: kind, named } = call;
  const types: Readonly<Record<string, ParameterDefinition['type']>> = {
    string: 'StringParameterDefinition',
    text: 'TextParameterDefinition',
    booleanParam: 'BooleanParameterDefinition',
    choice: 'ChoiceParameterDefinition',
    password: 'PasswordParameterDefinition',
  };
  const type = types[kind];
  if (!type)
    throw refuse(
      call,
      `Invalid parameter type "${kind}". Valid parameter types: [${Object.keys(
        types,
      ).join(', ')}]`,
    );
  if (!named.name) throw refuse(call, 'Missing required parameter: "name"');
  const choices = constant(named.choices);
  const list = Array.isArray(choices)
    ? choices.map(asText)
    : asText(choices).split('\n');
  const given = constant(named.defaultValue);
  return {
    name: asText(constant(named.name)),
    type,
    description: asText(constant(named.description) ?? ''),
    ...(kind === 'choice'
      ? { choices: list, defaultValue: list[0] }
      : {
          defaultValue:
            kind === 'booleanParam' ? given === true : asText(given ?? ''),
        }),
  };
}

function settings(section: CallSyntax | undefined): Setting[] {
  return (section?.body ?? []).map(statement => {
    if (statement.kind !== 'assign')
      throw refuse(
        section ?? { line: 1, column: 1 },
        'Expected name=value pairs',
      );
    return { name: statement.target, value: statement.value };
  });
}

function postOf(section: CallSyntax | undefined): Map<string, Statement[]> {
  const parts = section
    ? sections(section, conditions, 'post condition')
    : new Map<string, CallSyntax>();
  return new Map([...parts].map(([name, { body = [] }]) => [name, body]));
}

function stageOf(call: CallSyntax): Stage {
  const [name] = call.positional;
  if (call.name !== 'stage' || !name) throw refuse(call, 'Expected a stage');
  const parts = sections(
    call,
    [
      'agent',
      'environment',
      'options',
      'tools',
      'input',
      'when',
      'steps',
      'stages',
      'parallel',
      'matrix',
      'post',
      'failFast',
    ],
    'stage',
  );
  const inner = parts.get('stages') ?? parts.get('parallel');
  const steps = parts.get('steps');
  if (!inner && !steps)
    throw refuse(
      call,
      `Expected one of "steps", "stages", or "parallel" for stage "${asText(
        constant(name),
      )}"`,
    );
  if (steps && steps.body?.length === 0)
    throw refuse(steps, 'No steps specified for branch');
  return {
    name: asText(constant(name)),
    environment: settings(parts.get('environment')),
    when: parts.get('when')?.body ?? [],
    steps: steps?.body ?? [],
    stages: inner ? stagesOf(inner) : [],
    post: postOf(parts.get('post')),
  };
}

function stagesOf(section: CallSyntax): Stage[] {
  const stages = (section.body ?? []).map(statement => {
    if (statement.kind !== 'call') throw refuse(section, 'Expected a stage');
    return stageOf(statement.call);
  });
  if (stages.length === 0) throw refuse(section, 'No stages specified');
  return stages;
}

/** Reads a Jenkinsfile. @throws ScriptError of what is no declarative pipeline */
export function readPipeline(source: string): Pipeline {
  const [statement, ...more] = parseScript(source);
  if (
    statement?.kind !== 'call' ||
    statement.call.name !== 'pipeline' ||
    more.length > 0
  ) {
    const place =
      statement?.kind === 'call' ? statement.call : { line: 1, column: 1 };
    throw refuse(place, 'Expected exactly one pipeline block');
  }
  const { call } = statement;
  const parts = sections(
    call,
    [
      'agent',
      'parameters',
      'environment',
      'options',
      'triggers',
      'tools',
      'libraries',
      'stages',
      'post',
    ],
    'pipeline',
  );
  const stages = parts.get('stages');
  if (!parts.has('agent'))
    throw refuse(call, 'Missing required section "agent"');
  if (!stages) throw refuse(call, 'Missing required section "stages"');
  const options = (parts.get('options')?.body ?? []).flatMap(option =>
    option.kind === 'call' ? [option.call.name] : [],
  );
  return {
    parameters: (parts.get('parameters')?.body ?? []).map(each => {
      if (each.kind !== 'call') throw refuse(call, 'Expected a parameter');
      return parameter(each);
    }),
    environment: settings(parts.get('environment')),
    skipsCheckout: options.includes('skipDefaultCheckout'),
    isConcurrent: !options.includes('disableConcurrentBuilds'),
    stages: stagesOf(stages),
    post: postOf(parts.get('post')),
  };
}
