/** What a push that GitLab tells of asks Jenkins to build. */
export interface PushHook {
  by: string;
  /** Tag that was pushed. */
  tag?: string;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Reads the body of a webhook of GitLab; undefined for what is no push, or deletes. */
export function hookOf(body: string): PushHook | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const { object_kind: kind, ref, after, user_username: by } = value;
  if ((kind !== 'push' && kind !== 'tag_push') || /^0*$/.test(String(after))) {
    return undefined;
  }
  const tag = /^refs\/tags\/(.+)$/.exec(String(ref))?.[1];
  return { by: String(by), ...(tag === undefined ? {} : { tag }) };
}
