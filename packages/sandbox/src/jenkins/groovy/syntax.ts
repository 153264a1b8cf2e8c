/** Where something stands in a script; starts at 1. */
export interface Place {
  line: number;
  column: number;
}

/** Something that has a value. */
export type Expression =
  | { kind: 'value'; value: string | number | boolean | null }
  /** A text between double quotes; values are put in when it is used. */
  | { kind: 'template'; parts: (string | Expression)[] }
  | { kind: 'name'; name: string }
  | { kind: 'member'; of: Expression; name: string }
  | { kind: 'call'; of?: Expression; call: CallSyntax }
  | { kind: 'list'; items: Expression[] }
  | { kind: 'not'; of: Expression }
  | { kind: 'binary'; operator: string; left: Expression; right: Expression }
  | {
      kind: 'choice';
      condition: Expression;
      then?: Expression;
      other: Expression;
    };

/** A call of a step or section: `name(arguments) { body }`. */
export interface CallSyntax extends Place {
  name: string;
  positional: Expression[];
  named: Readonly<Record<string, Expression>>;
  body?: Statement[];
}

/** Something that is done. */
export type Statement =
  | { kind: 'call'; call: CallSyntax }
  | ({ kind: 'assign'; target: string; value: Expression } & Place)
  | { kind: 'if'; condition: Expression; then: Statement[]; other: Statement[] }
  | { kind: 'expression'; value: Expression };
