import type { ConfigValue } from '@orrery/backstage-plugin-config-center-common';

/** What somebody writes and has not sent yet. */
export type Draft = {
  text: string;
  /** Index of the value that it began from; 0 for a new key. */
  baseIndex: number;
};

/** Drafts by key. */
export type Drafts = Readonly<Record<string, Draft>>;

/** Drafts with one of them changed; undefined discards it. */
export function withDraft(
  drafts: Drafts,
  key: string,
  draft: Draft | undefined,
): Drafts {
  if (draft) {
    return { ...drafts, [key]: draft };
  }
  const { [key]: _, ...others } = drafts;
  return others;
}

/**
 * Whether somebody else wrote the key since the draft began. A value that is
 * the draft's is none: it has just been written.
 */
export function isConflict(
  draft: Draft | undefined,
  present: { modifyIndex: number; value: ConfigValue | undefined } | undefined,
): boolean {
  if (!draft) {
    return false;
  }
  const index = present?.modifyIndex ?? 0;
  return draft.baseIndex !== index && present?.value?.text !== draft.text;
}
