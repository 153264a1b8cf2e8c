/** What happened to one file between two commits. */
export interface FileDiff {
  oldPath: string;
  newPath: string;
  oldMode: string;
  newMode: string;
  isNew: boolean;
  isDeleted: boolean;
  isRenamed: boolean;
  /** From the first `@@` on; empty where only names or modes changed. */
  patch: string;
}

/**
 * Reads what `git diff-tree` says of the same two trees with `--raw -z` and
 * with `-p`: paths are exact in the one, the text is in the other.
 */
export function parseDiff(raw: string, patch: string): FileDiff[] {
  const patches = patch.split(/^(?=diff --git )/m).filter(Boolean);
  const words = raw.split('\0');
  const files: FileDiff[] = [];
  for (let index = 0; index < words.length && words[index].startsWith(':'); ) {
    const [oldMode, newMode, , , status] = words[index].slice(1).split(' ');
    const isRenamed = status.startsWith('R');
    const oldPath = words[index + 1];
    const newPath = isRenamed ? words[index + 2] : oldPath;
    index += isRenamed ? 3 : 2;
    const text = patches[files.length] ?? '';
    const start = text.search(/^(@@ |Binary files )/m);
    files.push({
      oldPath,
      newPath,
      oldMode,
      newMode,
      isNew: status === 'A',
      isDeleted: status === 'D',
      isRenamed,
      patch: start < 0 ? '' : text.slice(start),
    });
  }
  return files;
}
