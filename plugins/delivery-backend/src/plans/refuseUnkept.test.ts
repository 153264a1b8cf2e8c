import {
  canaryPlanSchema,
  type PlanStep,
} from '@orrery/backstage-plugin-delivery-common';
import { KubernetesError } from '@orrery/backstage-plugin-orrery-node';
import { PLAN } from '../__testUtils__/planBench';
import { PlanWorld } from '../__testUtils__/planWorld';
import { preparePlan } from './preparePlan';
import { previewRoutes } from './previewRoutes';

const TARGET = {
  cluster: 'kepler',
  namespace: 'wealth',
  kind: 'Deployment',
  name: 'quote',
};
const plan = canaryPlanSchema.parse(PLAN);
const prepare = ({ cluster }: PlanWorld) => preparePlan(cluster, plan, TARGET);

describe('the preview of steps that an HTTPRoute cannot have', () => {
  const withStep = (step: PlanStep) => ({ ...plan, steps: [step] });
  const header: PlanStep = {
    kind: 'header',
    headers: { 'x-user': { regex: '^a.*' } },
  };
  const mirror: PlanStep = { kind: 'mirror', percent: 100 };

  it.each<[string, PlanStep, string]>([
    ['a header by pattern', header, 'headers[0].type: Unsupported value'],
    ['a mirror', mirror, 'filters: RequestMirror is not known here'],
  ])('names the step, and what the server says: %s', async (_, step, says) => {
    const world = new PlanWorld('httpRoute');
    const prepared = await prepare(world);
    const { replace } = world.cluster;
    jest
      .spyOn(world.cluster, 'replace')
      .mockImplementation(async (cluster, type, object, options) => {
        if (/RegularExpression|RequestMirror/.test(JSON.stringify(object))) {
          throw new KubernetesError('kepler', 422, 'Invalid', says);
        }
        return replace.call(world.cluster, cluster, type, object, options);
      });
    await expect(
      previewRoutes(world.cluster, withStep(step), TARGET, prepared),
    ).rejects.toThrow(
      `steps[0]: expected a step that the HTTPRoute of this cluster can have (${says})`,
    );
  });

  it('is no refusal of the step where nobody answers', async () => {
    const world = new PlanWorld('httpRoute');
    const prepared = await prepare(world);
    jest.spyOn(world.cluster, 'replace').mockImplementation(async () => {
      throw new KubernetesError('kepler', 503, 'Unreachable', 'Nobody answers');
    });
    await expect(
      previewRoutes(world.cluster, withStep(mirror), TARGET, prepared),
    ).rejects.toThrow(/^Nobody answers$/);
  });

  it('names a header whose match the server does not keep', async () => {
    const world = new PlanWorld('httpRoute');
    const prepared = await prepare(world);
    const { replace } = world.cluster;
    jest
      .spyOn(world.cluster, 'replace')
      .mockImplementation(async (cluster, type, object, options) =>
        JSON.parse(
          JSON.stringify(
            await replace.call(world.cluster, cluster, type, object, options),
          ).replace('RegularExpression', 'Exact'),
        ),
      );
    await expect(
      previewRoutes(world.cluster, withStep(header), TARGET, prepared),
    ).rejects.toThrow(/^steps\[0\]: expected a step .* keeps as it is written/);
  });
});
