/**
 * How often the judge is wrong on canaries whose effect is known, at the
 * documented minimum of requests: a table, and the two worst rates.
 */
import { note, report } from './support.mjs';
import simulation from '../../plugins/delivery-common/src/judge/__testUtils__/simulate.ts';

const { scenarios, simulate } = simulation;
const CANARIES = Number(process.env.CANARIES ?? 2000);
const LOOKS = 20;
const LIMIT_PERCENT = 1;

let falseAborts = 0;
let missed = 0;
let hasty = 0;
note(
  `${CANARIES} canaries of each kind, ${LOOKS} looks in a step; limits: +1 point of errors, +30 % of p95`,
);
note('weight  errors  effect on       minimum   aborted  promoted  held');
note('     %       %  errors     p95  requests        %         %     %');
for (const [index, scenario] of scenarios().entries()) {
  const outcome = simulate(scenario, {
    canaries: CANARIES,
    seed: index + 1,
    looks: LOOKS,
  });
  const percent = count => (100 * count) / CANARIES;
  const cells = [
    [scenario.weightPercent, 6],
    [100 * scenario.baselineErrorShare, 8],
    [scenario.errorEffect === 0 ? 'none' : '+2 pt', 8],
    [scenario.latencyEffect === 0 ? 'none' : '+60 %', 8],
    [outcome.minimumRequests, 10],
    [percent(outcome.aborted).toFixed(2), 9],
    [percent(outcome.went).toFixed(2), 10],
    [percent(outcome.held).toFixed(2), 6],
  ];
  note(cells.map(([text, width]) => String(text).padStart(width)).join(''));
  if (scenario.errorEffect + scenario.latencyEffect === 0) {
    falseAborts = Math.max(falseAborts, percent(outcome.aborted));
    const { aborted } = simulate(scenario, {
      canaries: CANARIES,
      seed: index + 1,
      looks: LOOKS,
      isHasty: true,
    });
    hasty = Math.max(hasty, percent(aborted));
  } else {
    // A regression that is only held back counts as missed, too.
    missed = Math.max(missed, 100 - percent(outcome.aborted));
  }
}
report('delivery.judge.falseAborts', falseAborts, '%', {
  limit: LIMIT_PERCENT,
});
report('delivery.judge.missedRegressions', missed, '%', {
  limit: LIMIT_PERCENT,
});
// Whoever asks for a tenth of the requests only waits longer for a verdict.
report('delivery.judge.falseAborts.tenth', hasty, '%', {
  limit: LIMIT_PERCENT,
});
