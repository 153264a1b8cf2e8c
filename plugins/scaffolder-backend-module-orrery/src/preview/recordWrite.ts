import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import type { TemplateWrite } from '@orrery/backstage-plugin-orrery-common';

/**
 * Where dry runs leave what their steps would write. The workspace is all that
 * a dry run gives back beside lines of a log, and is never published by one.
 */
export const RECORDS = '.orrery-preview';

/** Leaves a write for whoever shows the dry run. */
export async function recordWrite(
  workspacePath: string,
  stepId: string,
  write: TemplateWrite,
): Promise<void> {
  const folder = resolveSafeChildPath(workspacePath, join(RECORDS, stepId));
  await mkdir(folder, { recursive: true });
  // Names that sort as the writes came, also within one millisecond.
  const name = `${process.hrtime.bigint().toString().padStart(20, '0')}.json`;
  await writeFile(join(folder, name), JSON.stringify(write));
}
