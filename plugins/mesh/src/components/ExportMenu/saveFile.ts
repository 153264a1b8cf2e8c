/** Long enough for a browser to begin reading. */
const KEPT_MILLISECONDS = 60_000;

/** Gives a file to the reader, as a download. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MILLISECONDS);
}
