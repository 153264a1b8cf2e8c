import { createRequire } from 'node:module';

const { parser } = createRequire(import.meta.url)(
  '@prometheus-io/lezer-promql',
);

/** Where Prometheus's own grammar does not understand an expression; undefined where it does. */
export function misread(expression) {
  let problem;
  parser.parse(expression).iterate({
    enter(node) {
      if (node.type.isError) {
        problem ??= `${expression.slice(0, node.from)}<here>${expression.slice(
          node.from,
        )}`;
      }
    },
  });
  return problem;
}
