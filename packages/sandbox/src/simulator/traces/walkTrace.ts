import type { Random } from '../../random';
import type { CallFlow } from '../flow/callFlow';
import type { Counted } from '../flow/attempts';
import type { Effects } from '../flow/effects';
import type { FlowEngine } from '../flow/engine';
import type { FlowNode, NodeCall } from '../flow/node';
import { isFailure } from '../flow/outcome';
import { behaviourOfTag } from '../flow/server';
import type { LivePod, LiveWorkload } from '../live/model';
import { about, duration, hex, weighted } from './draw';
import { failureMessage } from './failureMessage';
import type { SimulatedTrace, TracedCall } from './types';

/** Loops and storms end here: calls of one trace, and calls in each other. */
const MOST_CALLS = 60;
const DEEPEST = 12;
/** Calls of one request to one dependency that are told. */
const MOST_REPEATS = 3;
/** Time on the wire and in two proxies, in milliseconds. */
const WIRE = { mean: 0.4, variance: 0.02 };
/** Flags of answers that the caller's proxy gave without reaching anybody. */
const NEVER_ARRIVED = /UF|UO|UH|NR|NC|FI|DPE/;

/** What a request should come to, so that it fits its caller's fate. */
type Fate = 'fails' | 'passes' | undefined;

interface Step {
  flow: CallFlow;
  caller: LivePod | undefined;
  parentId: string | undefined;
  at: number;
  depth: number;
  fate: Fate;
}

function readyPod(workload: LiveWorkload, random: Random) {
  const ready = [...workload.pods].filter(pod => pod.ready);
  return ready.length === 0 ? undefined : random.pick(ready);
}

const meets = (counted: Counted, fate: Fate) =>
  fate === undefined || isFailure(counted) === (fate === 'fails');

/**
 * Follows one request through the world as it is at present: which version
 * answers, which pods, how long each takes and what fails, by the same
 * shares that the metrics count.
 */
class TraceWalk {
  readonly calls: TracedCall[] = [];

  constructor(
    private readonly engine: FlowEngine,
    private readonly effects: Effects,
    private readonly random: Random,
  ) {}

  /** @returns how long the caller waited, in milliseconds */
  call(step: Step): number {
    const { flow, caller, parentId, at, depth } = step;
    if (this.calls.length >= MOST_CALLS || depth > DEEPEST) return 0;
    const { random } = this;
    const part = weighted(random, flow.parts, ({ share }) => share);
    const operation = part && weighted(random, part.operations, o => o.share);
    if (!part || !operation) return 0;
    const call: TracedCall = {
      id: hex(random, 16),
      ...(parentId === undefined ? {} : { parentId }),
      ...(caller ? { caller } : {}),
      host: flow.options.host,
      protocol: flow.options.protocol,
      operation,
      startedAt: at,
      durationMilliseconds: 0.2,
      arrivedAt: at,
      servedMilliseconds: 0,
      outcome: { code: part.local?.code ?? 0, flags: '-', share: 1 },
      requestId: [8, 4, 4, 4, 12].map(digits => hex(random, digits)).join('-'),
    };
    this.calls.push(call);
    if (part.local) {
      call.outcome = { ...part.local, share: 1 };
      return call.durationMilliseconds;
    }
    const cluster = weighted(random, part.clusters, ({ share }) => share)?.flow;
    if (!cluster) return call.durationMilliseconds;
    const { client } = cluster.settled;
    const counted =
      weighted(
        random,
        client.filter(each => meets(each, step.fate)),
        ({ share }) => share,
      ) ?? weighted(random, client, ({ share }) => share);
    if (!counted) return call.durationMilliseconds;
    call.outcome = counted;
    const reached = cluster.destinations[counted.target]?.workload;
    const pod =
      reached && !NEVER_ARRIVED.test(counted.flags)
        ? readyPod(reached, random)
        : undefined;
    if (!reached || !pod) {
      call.durationMilliseconds = duration(random, {
        mean: counted.duration.mean,
        variance: (counted.duration.mean * 0.3) ** 2,
      });
      return call.durationMilliseconds;
    }
    const wire = duration(random, WIRE);
    call.callee = pod;
    call.arrivedAt = at + wire / 2;
    call.servedMilliseconds = this.#serve(call, counted, depth);
    // A caller that gave up waited for as long as it was ready to.
    call.durationMilliseconds = counted.flags.includes('UT')
      ? counted.duration.mean
      : call.servedMilliseconds + wire;
    return call.durationMilliseconds;
  }

  /** What the callee does until it answers. */
  #serve(call: TracedCall, counted: Counted, depth: number): number {
    const { random } = this;
    const pod = call.callee as LivePod;
    const node = this.engine.find(pod.workload);
    if (!node) return duration(random, { mean: 1, variance: 0.1 });
    const inside = node.calls.reduce(
      (sum, { flow, perRequest }) => sum + perRequest * flow.moments.mean,
      0,
    );
    const own = Math.max(node.response.moments.mean - inside, 0.3);
    const spent = duration(random, { mean: own, variance: (own * 0.4) ** 2 });
    const failing = isFailure(counted) && !counted.flags.includes('UT');
    const culprit = failing ? this.#culprit(node, pod, counted) : undefined;
    if (culprit) call.failedBy = culprit.flow.options.host;
    if (isFailure(counted)) {
      // Said now: later the app may behave differently.
      call.problem = failureMessage(pod, this.effects, call);
    }
    let now = call.arrivedAt + spent * 0.6;
    for (const dependency of node.calls) {
      now += this.#callDependency(call, dependency, now, depth, {
        isCulprit: dependency === culprit,
        failing,
      });
    }
    return now - call.arrivedAt + spent * 0.4;
  }

  #callDependency(
    call: TracedCall,
    { flow, perRequest, failureShare }: NodeCall,
    at: number,
    depth: number,
    fate: { isCulprit: boolean; failing: boolean },
  ): number {
    const { random } = this;
    const wanted = Math.min(about(random, perRequest), MOST_REPEATS);
    const times = fate.isCulprit ? Math.max(wanted, 1) : wanted;
    let spent = 0;
    for (let index = 0; index < times; index++) {
      let must: Fate;
      if (fate.isCulprit && index === 0) must = 'fails';
      else if (!fate.failing && random.next() < failureShare) must = 'passes';
      spent += this.call({
        flow,
        caller: call.callee,
        parentId: call.id,
        at: at + spent,
        depth: depth + 1,
        fate: must,
      });
    }
    return spent;
  }

  /** The dependency whose failure explains an answer, or undefined for the app's own errors. */
  #culprit(
    node: FlowNode,
    pod: LivePod,
    counted: Counted,
  ): NodeCall | undefined {
    const { random } = this;
    const own = behaviourOfTag(pod.workload, pod.tag, this.effects)
      .errors.filter(
        ({ code }) => code === counted.code || counted.grpcStatus !== undefined,
      )
      .reduce((sum, { share }) => sum + share, 0);
    const blame = (call: NodeCall) =>
      Math.min(call.perRequest, 1) * call.failureShare * call.flow.failureShare;
    const others = node.calls.reduce((sum, call) => sum + blame(call), 0);
    return random.next() * (own + others) < own
      ? undefined
      : weighted(random, node.calls, blame);
  }
}

/** Follows one request of an entry through the world. */
export function walkTrace(
  engine: FlowEngine,
  entry: CallFlow,
  at: number,
  random: Random,
): SimulatedTrace {
  const walk = new TraceWalk(engine, engine.effects, random);
  const id = hex(random, 32);
  const { source } = entry.options;
  walk.call({
    flow: entry,
    caller: source && readyPod(source, random),
    parentId: undefined,
    at,
    depth: 0,
    fate: undefined,
  });
  return { id, startedAt: at, calls: walk.calls };
}
