import { createHash } from 'node:crypto';
import { maskSecrets } from '@orrery/backstage-plugin-delivery-common';
import { parse } from 'yaml';
import { differencesBetween } from './differences';
import { editManifest, manifestIn, type ManifestKey } from './editManifest';

/** GitLab takes no longer ones. */
const LONGEST_TITLE = 255;

/** Beginning of the names of all branches that propose something to a workload. */
export function branchPrefix({ kind, name }: ManifestKey): string {
  return `orrery/${kind.toLocaleLowerCase('en-US')}-${name}-`;
}

const digest = (text: string) =>
  createHash('sha256').update(text).digest('hex').slice(0, 12);

/** The same change has the same branch, whoever proposes it and how often. */
export function branchOf(key: ManifestKey, text: string): string {
  return `${branchPrefix(key)}${digest(text)}`;
}

/** Changes when the file does, or what would be made of it. */
export function versionOf(lastCommit: string, text: string): string {
  return `${lastCommit.slice(0, 12)}-${digest(text)}`;
}

/** The part of a file that is the object, without the values of secrets. */
export function shownManifest(text: string, key: ManifestKey): string {
  const manifest = manifestIn(text, key);
  const object: unknown = parse(manifest);
  const masks = differencesBetween(object, maskSecrets(object));
  return masks.length === 0 ? manifest : editManifest(manifest, key, masks);
}

/** Who asks for a change, and why. */
export type Asker = {
  actor: string;
  displayName: string | undefined;
  reason: string;
};

/**
 * Text of people as a quotation: a line that begins with a slash would be a
 * command to GitLab, carried out with our rights.
 */
function quoted(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map(line => `> ${line}`)
    .join('\n');
}

function nameOf({ actor, displayName }: Asker): string {
  return displayName ? `${displayName} (${actor})` : actor;
}

/** Title and description of a merge request, and the message of its commit. */
export function describeProposal(
  asker: Asker,
  facts: { summary: string; keeper: string; file: string; ref: string },
): { title: string; description: string; message: string } {
  const { summary, keeper, file, ref } = facts;
  const title =
    summary.length > LONGEST_TITLE
      ? `${summary.slice(0, LONGEST_TITLE - 1)}…`
      : summary;
  return {
    title,
    description: [
      `**Who:** ${nameOf(asker)}, in Orrery`,
      `**Why:**\n\n${quoted(asker.reason)}`,
      `**What:**\n\n${quoted(summary)}`,
      `Workload \`${ref}\`, kept as \`${file}\` says by ${keeper}. It changes when this is merged; Orrery has it in its activity log.`,
    ].join('\n\n'),
    message: `${title}\n\n${asker.reason}\n\nAsked for by ${nameOf(
      asker,
    )} in Orrery.\n`,
  };
}
