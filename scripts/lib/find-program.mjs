import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Path of the first of some programs that can be run, or undefined. */
export function findProgram(...names) {
  const directories = (process.env.PATH ?? '').split(delimiter);
  for (const name of names) {
    const candidates = name.includes('/')
      ? [name]
      : directories.map(directory => join(directory, name));
    for (const candidate of candidates) {
      try {
        accessSync(candidate, constants.X_OK);
        return candidate;
      } catch {
        // Not this one.
      }
    }
  }
  return undefined;
}

/** A Chromium to test with: `ORRERY_CHROMIUM`, or one on the path. */
export function findChromium() {
  const { ORRERY_CHROMIUM } = process.env;
  return findProgram(
    ...(ORRERY_CHROMIUM ? [ORRERY_CHROMIUM] : []),
    'chromium',
    'chromium-browser',
    'google-chrome',
  );
}
