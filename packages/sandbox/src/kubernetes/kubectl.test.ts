import { execFile, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../clock';
import { sampleDeployment, serveTestCluster } from './testing/cluster';

/** The kubectl to use: KUBECTL, or the one on the PATH when it runs. */
function findKubectl(): string | undefined {
  const candidate = process.env.KUBECTL ?? 'kubectl';
  try {
    execFileSync(candidate, ['version', '--client'], { stdio: 'ignore' });
    return candidate;
  } catch {
    return undefined;
  }
}

const kubectl = findKubectl();

const virtualService = (weight: number) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: default}
spec:
  hosts: [cart]
  http:
  - route:
    - {destination: {host: cart, subset: v1}, weight: ${weight}}
    - {destination: {host: cart, subset: v2}, weight: ${100 - weight}}
`;

const deployment = (image: string) =>
  JSON.stringify(sampleDeployment('cart', {}, image));

(kubectl ? describe : describe.skip)(
  'kubectl on the sandbox (skipped without kubectl: install it, or set KUBECTL to its path)',
  () => {
    let cluster: Awaited<ReturnType<typeof serveTestCluster>>;
    let directory: string;
    let ticking: NodeJS.Timeout;

    beforeAll(async () => {
      directory = mkdtempSync(join(tmpdir(), 'orrery-kubectl-'));
      cluster = await serveTestCluster({
        clock: systemClock,
        logs: {
          read: (pod, container) => [
            `2026-11-01T12:00:00Z ${container} of ${pod.metadata.name} started`,
          ],
          follow: (_pod, _container, onLine) => {
            const timer = setInterval(
              () => onLine('2026-11-01T12:00:01Z still here'),
              100,
            );
            return () => clearInterval(timer);
          },
        },
      });
      ticking = setInterval(() => cluster.controllers.tick(), 200);
    });

    afterAll(async () => {
      clearInterval(ticking);
      await cluster.close();
      rmSync(directory, { recursive: true });
    });

    const options = () => [
      `--server=${cluster.url}`,
      '--kubeconfig=/dev/null',
      `--cache-dir=${join(directory, 'cache')}`,
    ];

    /** Runs kubectl; answers all it printed and whether it was content. */
    function run(command: string, input?: string) {
      return new Promise<{ ok: boolean; output: string }>(resolve => {
        const child = execFile(
          kubectl ?? '',
          [...options(), ...command.split(' ')],
          { timeout: 40_000 },
          (error, stdout, stderr) =>
            resolve({ ok: !error, output: `${stdout}${stderr}` }),
        );
        child.stdin?.end(input);
      });
    }

    async function good(command: string, input?: string): Promise<string> {
      const { ok, output } = await run(command, input);
      expect({ command, ok, output }).toMatchObject({ ok: true });
      return output;
    }

    async function bad(command: string, input?: string): Promise<string> {
      const { ok, output } = await run(command, input);
      expect({ command, ok, output }).toMatchObject({ ok: false });
      return output;
    }

    /** Runs a command that does not end, until it has printed something. */
    async function until(command: string, pattern: RegExp): Promise<void> {
      const child = spawn(kubectl ?? '', [...options(), ...command.split(' ')]);
      let output = '';
      const seen = new Promise<void>((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`${command} only printed: ${output}`)),
          20_000,
        );
        child.stdout.on('data', chunk => {
          output += chunk;
          if (pattern.test(output)) {
            clearTimeout(timer);
            resolve();
          }
        });
      });
      try {
        await seen;
      } finally {
        child.kill();
      }
    }

    it('applies, and says when nothing changes', async () => {
      const first = deployment('example.org/cart:1');
      expect(await good('apply -f -', first)).toContain('cart created');
      expect(await good('apply -f -', first)).toContain('cart unchanged');
      expect(await good('apply -f -', virtualService(90))).toContain('created');
      expect(await good('apply -f -', virtualService(80))).toContain(
        'configured',
      );
      expect(
        await good('diff --server-side=false -f -', virtualService(80)),
      ).toBe('');
    }, 60_000);

    it('gets everything, wide, as JSON, by label, and watches', async () => {
      await good('rollout status deployment/cart --timeout=30s');
      const all = await good('get all -A');
      expect(all).toMatch(/deployment.apps\/cart +3\/3 +3 +3/);
      expect(all).toMatch(/pod\/cart-\S+ +1\/1 +Running/);
      expect(await good('get pods -o wide -l app=cart')).toMatch(/node-\d/);
      expect(await good('get vs -A')).toMatch(/cart +\["cart"\]/);
      const json = JSON.parse(await good('get deployment cart -o json'));
      expect(json.kind).toBe('Deployment');
      const watching = until('get configmaps -w', /watched/);
      await good('create configmap watched --from-literal=a=b');
      await watching;
    }, 60_000);

    it('applies on the server, with conflicts between managers', async () => {
      const file = join(directory, 'vs.yaml');
      writeFileSync(file, virtualService(70));
      const refused = await bad(
        `apply --server-side --field-manager=tool -f ${file}`,
      );
      expect(refused).toMatch(/Apply failed with 1 conflict/);
      expect(refused).toContain('.spec.http');
      const apply = 'apply --server-side --field-manager=tool';
      expect(
        await good(`${apply} --force-conflicts --dry-run=server -f ${file}`),
      ).toContain('serverside-applied (server dry run)');
      expect(await good(`${apply} --force-conflicts -f ${file}`)).toContain(
        'serverside-applied',
      );
      const weight = 'jsonpath={.spec.http[0].route[0].weight}';
      expect(await good(`get vs cart -o ${weight}`)).toBe('70');
    }, 60_000);

    it('patches in three formats', async () => {
      await good(
        'patch vs cart --type=json -p [{"op":"replace","path":"/spec/http/0/route/0/weight","value":50}]',
      );
      await good(
        'patch deployment cart --type=merge -p {"metadata":{"labels":{"team":"a"}}}',
      );
      await good(
        'patch deployment cart -p {"spec":{"template":{"spec":{"containers":[{"name":"app","env":[{"name":"A","value":"b"}]}]}}}}',
      );
      const image =
        'jsonpath={.metadata.labels.team}{.spec.template.spec.containers[0].image}{.spec.template.spec.containers[0].env[0].value}';
      expect(await good(`get deployment cart -o ${image}`)).toBe(
        'aexample.org/cart:1b',
      );
    }, 60_000);

    it('says what is wrong with an object', async () => {
      const wrong = virtualService(90).replace('hosts:', 'hostz:');
      expect(await bad('apply -f -', wrong)).toContain(
        'unknown field "spec.hostz"',
      );
      const negative = deployment('x:1').replace(
        '"replicas":3',
        '"replicas":-3',
      );
      expect(await bad('apply -f -', negative)).toContain(
        'spec.replicas: Invalid value: -3',
      );
    }, 60_000);

    it('scales, restarts, undoes and tells the history', async () => {
      await good('scale deployment cart --replicas=2');
      await good('rollout status deployment/cart --timeout=30s');
      await good('set image deployment/cart app=example.org/cart:2');
      await good('rollout status deployment/cart --timeout=30s');
      await good('rollout restart deployment/cart');
      await good('rollout status deployment/cart --timeout=30s');
      expect(await good('rollout history deployment/cart')).toMatch(
        /REVISION[\s\S]*\n1 .*\n2 .*\n3 /,
      );
      await good('rollout undo deployment/cart --to-revision=1');
      await good('rollout status deployment/cart --timeout=30s');
      const image = 'jsonpath={.spec.template.spec.containers[0].image}';
      expect(await good(`get deployment cart -o ${image}`)).toBe(
        'example.org/cart:1',
      );
      expect(await good('events --for deployment/cart')).toContain(
        'ScalingReplicaSet',
      );
    }, 120_000);

    it('reads and follows logs', async () => {
      expect(await good('logs deployment/cart')).toContain('app of cart-');
      expect(await bad('logs deployment/cart -c other')).toContain('other');
      await until('logs -f deployment/cart', /still here/);
    }, 60_000);

    it('answers what one may do', async () => {
      expect(await good('auth can-i delete pods')).toContain('yes');
      expect(await bad('auth can-i delete pods --as=guest')).toContain('no');
      expect(await bad('get secrets --as=guest')).toContain(
        'User "guest" cannot list resource "secrets"',
      );
      expect(await good('auth whoami')).toContain('sandbox:admin');
    }, 60_000);

    it('explains, describes, evicts and deletes', async () => {
      expect(await good('explain vs.spec.http.route.weight')).toContain(
        '<integer>',
      );
      expect(await good('describe deployment cart')).toContain('NewReplicaSet');
      expect(
        await good('drain node-1 --ignore-daemonsets --timeout=30s'),
      ).toContain('node/node-1 drained');
      await good('uncordon node-1');
      await good('delete vs cart');
      await good('delete deployment cart --cascade=foreground --timeout=30s');
      expect(await good('get all')).toContain('No resources found');
      await good('create namespace brief');
      await good('delete namespace brief --timeout=30s');
    }, 120_000);
  },
);
