/** Prints what is being done. */
export function say(text) {
  process.stdout.write(`${text}\n`);
}

/** Prints one sentence about what went wrong, and ends. */
export function fail(sentence) {
  process.stderr.write(`\n${sentence}\n`);
  process.exit(1);
}
