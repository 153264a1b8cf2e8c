import { isObject, type JsonObject } from '../values';

/**
 * A set of field paths as a tree. Steps are named as in `FieldsV1`: `f:name`
 * for a field, `k:{...}` for an element of a keyed list, `v:value` for one of
 * a set.
 */
export class FieldSet {
  /** Whether the path that leads here is in the set itself. */
  member = false;
  readonly children = new Map<string, FieldSet>();

  get isEmpty(): boolean {
    return !this.member && this.children.size === 0;
  }

  /** The set below a step, made when absent. */
  child(step: string): FieldSet {
    let child = this.children.get(step);
    if (!child) {
      child = new FieldSet();
      this.children.set(step, child);
    }
    return child;
  }

  static leaf(): FieldSet {
    const set = new FieldSet();
    set.member = true;
    return set;
  }

  /** Reads the `fieldsV1` form. */
  static parse(fields: unknown): FieldSet {
    const set = new FieldSet();
    for (const [step, below] of Object.entries(
      isObject(fields) ? fields : {},
    )) {
      if (step === '.') {
        set.member = true;
      } else {
        const child = FieldSet.parse(below);
        if (isObject(below) && Object.keys(below).length === 0) {
          child.member = true;
        }
        set.children.set(step, child);
      }
    }
    return set;
  }

  /** The `fieldsV1` form. */
  toJSON(): JsonObject {
    const fields: JsonObject = {};
    if (this.member && this.children.size > 0) {
      fields['.'] = {};
    }
    for (const step of [...this.children.keys()].sort()) {
      fields[step] = this.children.get(step)?.toJSON();
    }
    return fields;
  }

  union(other: FieldSet): FieldSet {
    const result = new FieldSet();
    result.member = this.member || other.member;
    for (const [step, child] of this.children) {
      const same = other.children.get(step);
      result.children.set(step, same ? child.union(same) : child);
    }
    for (const [step, child] of other.children) {
      if (!this.children.has(step)) {
        result.children.set(step, child);
      }
    }
    return result;
  }

  intersect(other: FieldSet): FieldSet {
    const result = new FieldSet();
    result.member = this.member && other.member;
    for (const [step, child] of this.children) {
      const same = other.children.get(step);
      const both = same && child.intersect(same);
      if (both && !both.isEmpty) {
        result.children.set(step, both);
      }
    }
    return result;
  }

  /** What is in this set and not in the other. */
  without(other: FieldSet): FieldSet {
    const result = new FieldSet();
    result.member = this.member && !other.member;
    for (const [step, child] of this.children) {
      const same = other.children.get(step);
      const left = same ? child.without(same) : child;
      if (!left.isEmpty) {
        result.children.set(step, left);
      }
    }
    return result;
  }

  /** Every path of the set, written as in conflict messages. */
  paths(prefix = ''): string[] {
    const paths = this.member && prefix ? [prefix] : [];
    for (const [step, child] of this.children) {
      paths.push(...child.paths(`${prefix}${writeStep(step)}`));
    }
    return paths;
  }
}

function writeStep(step: string): string {
  const content = step.slice(2);
  if (step.startsWith('f:')) {
    return `.${content}`;
  }
  if (step.startsWith('v:')) {
    return `[=${content}]`;
  }
  const key: unknown = JSON.parse(content);
  const parts = Object.entries(isObject(key) ? key : {}).map(
    ([name, value]) => `${name}=${JSON.stringify(value)}`,
  );
  return `[${parts.join(',')}]`;
}
