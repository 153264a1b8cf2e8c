import { ManualClock } from '../clock';
import { Forge, SourceHistory } from '../gitlab';
import { ImageStore } from '../registry';
import { Effects } from '../simulator';
import { defaultWorld } from '../world/default';
import { Jenkins } from './Jenkins';
import { pipelineXml } from './jobConfig';
import type { Build, Job } from './model';

const pipelineOf = (steps: string) =>
  `<flow-definition><definition class="org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition"><script><![CDATA[pipeline { agent any
  stages { stage('Only') { steps { ${steps} } } } }]]></script></definition></flow-definition>`;

/** Builds read repositories with git, on machines that may be busy. */
jest.setTimeout(30_000);

describe('builds in trouble', () => {
  const clock = new ManualClock(Date.parse('2026-11-26T10:00:00Z'));
  const effects = new Effects();
  const world = defaultWorld;
  const source = new SourceHistory(world, 1);
  const images = new ImageStore({
    world,
    seed: 1,
    source,
    clock,
    limitBytes: 200,
  });
  const forge = new Forge({ world, source, clock });
  const origin = () => 'http://127.0.0.1:7100';
  const jenkins = new Jenkins({
    forge,
    source,
    images,
    effects,
    clock,
    seed: 1,
    origin,
  });

  afterAll(async () => {
    jenkins.close();
    await forge.close();
  });

  async function build(name: string, xml?: string): Promise<Build> {
    if (xml !== undefined) jenkins.jobs.put(name, xml);
    const job: Job | undefined = jenkins.jobs.job(name);
    if (!job) throw new Error(`there is no job ${name}`);
    const item = jenkins.schedule(job, new Map(), 'Started by a test', 0);
    while (item.build?.result === undefined) {
      clock.advance(500);
      jenkins.advance();
      // The repository is read meanwhile.
      await new Promise(resolve => {
        setTimeout(resolve, 2);
      });
    }
    return item.build;
  }

  it('fails when GitLab is down', async () => {
    effects.gitlab = 'down';
    const { result, log } = await build('quote.wealth');
    effects.gitlab = 'answering';
    expect([result, log]).toEqual([
      'FAILURE',
      expect.stringContaining('The requested URL returned error: 502'),
    ]);
  });

  it('fails when the registry is down, and tells it in the stage that pushes', async () => {
    effects.registry = 'down';
    const { result, log, stages } = await build('quote.wealth');
    effects.registry = 'answering';
    expect([result, log]).toEqual([
      'FAILURE',
      expect.stringContaining('503 Service Unavailable'),
    ]);
    expect(stages.filter(stage => stage.result === 'FAILURE')).toMatchObject([
      { name: 'Image' },
    ]);
  });

  it.each([
    [
      'a project that is not there',
      pipelineXml('', 'http://127.0.0.1:7100/gitlab/wealth/none.git', '*/main'),
      'could not be found',
    ],
    [
      'a branch that is not there',
      pipelineXml('', 'http://elsewhere/wealth/quote.git', '*/none'),
      "Couldn't find any revision to build",
    ],
    [
      'a registry that is full',
      pipelineOf(
        `sh 'docker build -t registry.kepler.example/a/b:1 .\\ndocker push registry.kepler.example/a/b:1'`,
      ),
      'denied: the registry keeps at most',
    ],
    [
      'another registry',
      pipelineOf(
        `sh 'docker build -t other.example/a/b:1 .\\ndocker push other.example/a/b:1'`,
      ),
      'no such host',
    ],
    [
      'a step that is not there',
      pipelineOf('launchRocket()'),
      "No such DSL method 'launchRocket'",
    ],
    ['a script', pipelineOf(`error 'on purpose'`), 'ERROR: on purpose'],
    [
      'an expression that no engine takes',
      pipelineOf(`script { x = 'a'.replaceAll('[', 'b') }`),
      'Invalid regular expression',
    ],
    ['a property', pipelineOf('echo nothing'), 'MissingPropertyException'],
    ['no source', pipelineOf('checkout scm'), "'checkout scm' is only"],
  ])('fails of %s', async (name, xml, message) => {
    const { result, log } = await build(name, xml);
    expect([result, log]).toEqual([
      'FAILURE',
      expect.stringContaining(message),
    ]);
    expect(log).toMatch(/Finished: FAILURE\n$/);
  });

  it('runs no more than two at a time, and equal requests once', async () => {
    const job = (name: string): Job => {
      jenkins.jobs.put(name, pipelineOf('sleep 5'));
      const found = jenkins.jobs.job(name);
      if (!found) throw new Error('no job');
      return found;
    };
    const items = ['one', 'two', 'three'].map(name =>
      jenkins.schedule(job(name), new Map(), 'x', 0),
    );
    const [, , last] = items;
    jenkins.advance();
    expect(jenkins.running()).toHaveLength(2);
    expect(jenkins.why(last)).toBe('Waiting for next available executor');
    expect(jenkins.schedule(last.job, new Map(), 'x', 0)).toBe(last);
    expect(jenkins.cancel(last.id)).toBe(true);
    expect(jenkins.cancel(last.id)).toBe(false);
  });

  it('keeps variables of withEnv within it', async () => {
    const { log } = await build(
      'environment',
      pipelineOf(`withEnv(['A=1']) { sh 'echo in \${A:-none}' }
      sh 'echo out \${A:-none}'
      script { if (sh(script: 'false', returnStatus: true) == 1) { echo 'failed' } }`),
    );
    expect(log).toContain('in 1\n');
    expect(log).toContain('out none\n');
    expect(log).toContain('\nfailed\n');
  });
});
