/** Collects what passed, failed and was skipped over all kinds of tests. */
export function createResults() {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  const skips = new Map();
  const failures = [];
  return {
    totals,
    failures,
    add(counts) {
      totals.passed += counts.passed ?? 0;
      totals.failed += counts.failed ?? 0;
      totals.skipped += counts.skipped ?? 0;
    },
    /** A check that is one test by itself. */
    check(name, ok) {
      totals[ok ? 'passed' : 'failed'] += 1;
      if (!ok) {
        failures.push(name);
      }
    },
    fail(name) {
      failures.push(name);
    },
    skip(name, howToGetIt) {
      skips.set(name, howToGetIt);
    },
    /** The closing lines; the very last one is the sum. */
    report() {
      const lines = ['', '---'];
      for (const name of failures) {
        lines.push(`FAILED   ${name}`);
      }
      for (const [name, how] of skips) {
        lines.push(`skipped  ${name}: ${how}`);
      }
      lines.push(
        `${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`,
      );
      return lines.join('\n');
    },
  };
}
