import type { SourceResponse } from '@orrery/backstage-plugin-delivery-common';

/** What a field of a revision can be filled with. */
export type Suggestion = { name: string; title: string };

const WANTS_TAG = /tag|version|release/i;
const WANTS_BRANCH = /branch/i;
const WANTS_REVISION = /ref|revision|commit/i;

/**
 * Tags or branches for a parameter whose name asks for one; none for others,
 * for a job does not say what its texts mean.
 */
export function suggestionsFor(
  parameter: string,
  { tags, branches }: Pick<SourceResponse, 'tags' | 'branches'>,
): Suggestion[] {
  const isAny = WANTS_REVISION.test(parameter);
  const references = [
    ...(isAny || WANTS_TAG.test(parameter) ? tags : []),
    ...(isAny || WANTS_BRANCH.test(parameter) ? branches : []),
  ];
  // A tag and a branch may have one name; the tag is what git takes.
  return [
    ...new Map(
      [...references]
        .reverse()
        .map(({ name, commit }) => [name, { name, title: commit.title }]),
    ).values(),
  ].reverse();
}
