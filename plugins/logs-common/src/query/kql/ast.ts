/**
 * A value as it was written. `parts` are what stands between unescaped
 * asterisks: one part means that there is none. Quoted values are phrases
 * and have one part.
 *
 * @public
 */
export type KqlLiteral = {
  isPhrase: boolean;
  parts: readonly string[];
};

/** @public */
export type KqlRangeOperator = '>' | '>=' | '<' | '<=';

/**
 * A query as a tree. `field` is absent for words that stand alone, which are
 * looked for in the message; names of fields may have asterisks.
 *
 * @public
 */
export type KqlNode =
  | { type: 'all' }
  | { type: 'and' | 'or'; children: readonly KqlNode[] }
  | { type: 'not'; child: KqlNode }
  | { type: 'is'; field?: KqlField; value: KqlLiteral }
  | { type: 'exists'; field: KqlField }
  | {
      type: 'range';
      field: KqlField;
      operator: KqlRangeOperator;
      value: string;
      /** Where the value stands, for what is only known from the field's type. */
      at: KqlPlace;
    };

/** Where something stands in the text: UTF-16 units. @public */
export type KqlPlace = { position: number; length: number };

/** @public */
export type KqlField = { parts: readonly string[]; at: KqlPlace };

/** The name of a field as it was written, without escapes. @public */
export function fieldName(field: Pick<KqlField, 'parts'>): string {
  return field.parts.join('*');
}
