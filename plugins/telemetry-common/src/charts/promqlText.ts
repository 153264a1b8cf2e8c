/** A value between double quotes, as PromQL reads it. @public */
export function quotePromql(text: string): string {
  return `"${text
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/\n/g, '\\n')}"`;
}

/** Text that stands for itself in a regular expression of PromQL (RE2). @public */
export function escapeRegex(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
