import { parseAllDocuments } from 'yaml';
import { declaredKind, detectKind, type ValueKind } from './kinds';
import { problemAt, type ValueProblem } from './places';
import { checkProperties } from './properties';

/** Most bytes of one value that Consul takes. @public */
export const LARGEST_VALUE_BYTES = 512 * 1024;

/** Engines tell the place of an error in words of their own. */
function placeOf(text: string, message: string): number {
  const position = /position (\d+)/.exec(message)?.[1];
  if (position !== undefined) {
    return Number(position);
  }
  const place = /line (\d+) column (\d+)/.exec(message);
  if (!place) {
    return /end of|Unexpected end/i.test(message) ? text.length : 0;
  }
  const lines = text.split('\n').slice(0, Number(place[1]) - 1);
  return (
    lines.join('\n').length + (lines.length > 0 ? 1 : 0) + Number(place[2]) - 1
  );
}

function checkJson(text: string): ValueProblem[] {
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const from = placeOf(text, message);
    const said = message
      .replace(/^JSON\.parse: /, '')
      .replace(/,? (in JSON )?at position.*$/s, '')
      .replace(/, (\.\.\.)?".*$/s, '');
    return [problemAt(text, from, from + 1, `JSON: ${said}`)];
  }
}

function checkYaml(text: string): ValueProblem[] {
  const documents = parseAllDocuments(text, { prettyErrors: false });
  return [...documents].flatMap(({ errors, warnings }) =>
    [...errors, ...warnings].map(({ message, pos: [from, to], name }) =>
      problemAt(
        text,
        from,
        to,
        `YAML: ${message.split('\n')[0]}`,
        name === 'YAMLWarning' ? 'warning' : 'error',
      ),
    ),
  );
}

const CHECKS: Readonly<Record<ValueKind, (text: string) => ValueProblem[]>> = {
  json: checkJson,
  yaml: checkYaml,
  properties: checkProperties,
  text: () => [],
  binary: () => [],
};

/**
 * Whether a value can be read as what it is. Errors count only where the key's
 * name declares the kind; elsewhere it is a guess, and a value that fails it
 * is text.
 *
 * @public
 */
export function checkValue(
  key: string,
  text: string,
): { kind: ValueKind; problems: ValueProblem[] } {
  const kind = detectKind(key, text);
  const problems = CHECKS[kind](text);
  return {
    kind,
    problems: declaredKind(key)
      ? problems
      : problems.map(problem => ({ ...problem, severity: 'warning' })),
  };
}
