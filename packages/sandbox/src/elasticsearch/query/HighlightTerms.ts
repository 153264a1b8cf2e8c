/** What to mark in a field: words, phrases of words, or patterns that words or whole values fit. */
export type HighlightTerm =
  | { kind: 'phrase'; words: readonly string[] }
  | { kind: 'pattern'; expression: RegExp }
  | { kind: 'value' };

/** What a query looks for, by field. */
export class HighlightTerms {
  readonly #terms = new Map<string, HighlightTerm[]>();

  add(field: string, term: HighlightTerm): void {
    const known = this.#terms.get(field);
    if (known) known.push(term);
    else this.#terms.set(field, [term]);
  }

  of(field: string): readonly HighlightTerm[] {
    return this.#terms.get(field) ?? [];
  }

  /** Terms of all fields, for highlighters that do not mind which field was asked. */
  all(): HighlightTerm[] {
    return [...this.#terms.values()].flat();
  }
}
