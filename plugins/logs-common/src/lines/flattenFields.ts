/** Deeper objects are shown as their JSON. */
const DEEPEST = 12;
/** More fields than this are a document gone wild. */
const MOST_FIELDS = 500;
/** Longer values are cut. */
const LONGEST_VALUE = 4096;

/** Values by dotted names, as a person would read them. @public */
export type FlatFields = Record<string, string | string[]>;

function write(value: unknown): string {
  const text =
    typeof value === 'object' && value !== null
      ? JSON.stringify(value)
      : String(value);
  return text.length > LONGEST_VALUE
    ? `${text.slice(0, LONGEST_VALUE)}…`
    : text;
}

/**
 * Fields of a document by dotted names. Arrays of plain values are lists,
 * arrays with objects are JSON; what is null is left out.
 *
 * @public
 */
export function flattenFields(document: object): FlatFields {
  const fields: FlatFields = {};
  let count = 0;
  const put = (name: string, value: string | string[]) => {
    count += 1;
    if (name === '__proto__') {
      // A field may have any name, and this one would be no field.
      Object.defineProperty(fields, name, {
        value,
        configurable: true,
        enumerable: true,
        writable: true,
      });
    } else {
      fields[name] = value;
    }
  };
  const visit = (value: unknown, name: string, depth: number) => {
    if (value === null || value === undefined || count >= MOST_FIELDS) {
      return;
    }
    if (Array.isArray(value)) {
      put(
        name,
        value.some(item => typeof item === 'object')
          ? write(value)
          : value.slice(0, 100).map(write),
      );
    } else if (typeof value === 'object' && depth < DEEPEST) {
      for (const [key, child] of Object.entries(value)) {
        visit(child, name === '' ? key : `${name}.${key}`, depth + 1);
      }
    } else {
      put(name, write(value));
    }
  };
  visit(document, '', 0);
  return fields;
}
