import { setTimeout } from 'node:timers/promises';
import { tokenOf } from '../../packages/app/e2e/signIn.ts';

/** What the portal and the sandbox answer to one person. */
export function portalOf({ backendUrl, sandboxUrl }, person) {
  let token;
  const headers = async () => {
    token ??= await tokenOf(backendUrl, person);
    return {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
    };
  };

  /** Undefined where it is not there. */
  async function read(url, init = {}) {
    const response = await fetch(url, init);
    if (response.status === 404) {
      return undefined;
    }
    if (!response.ok) {
      throw new Error(
        `${url}: ${response.status} ${(await response.text()).slice(0, 500)}`,
      );
    }
    return response.json();
  }

  const ask = async (path, body, method = body ? 'POST' : 'GET') =>
    read(`${backendUrl}/api${path}`, {
      method,
      headers: await headers(),
      ...(body && { body: JSON.stringify(body) }),
    });

  const gitlab = path =>
    read(`${sandboxUrl}/gitlab/api/v4${path}`, {
      headers: { 'PRIVATE-TOKEN': 'glpat-sandbox' },
    });

  const jenkins = path =>
    read(`${sandboxUrl}/jenkins${path}`, {
      headers: {
        Authorization: `Basic ${btoa('orrery:sandbox-jenkins')}`,
      },
    });

  const cluster = path =>
    read(`${sandboxUrl}/kubernetes${path}`, {
      headers: { Authorization: 'Bearer editor-token' },
    });

  return {
    ask,
    gitlab,

    async incident(name, how) {
      const { status } = await fetch(`${sandboxUrl}/incidents/${name}/${how}`, {
        method: 'POST',
      });
      if (status >= 400) {
        throw new Error(`The incident ${name} did not ${how}: ${status}`);
      }
    },

    /** Waits until the backend does. */
    async answers() {
      while (!(await ask('/scaffolder/v2/tasks').catch(() => false))) {
        await setTimeout(300);
      }
    },

    async run(template, values) {
      const { id } = await ask('/scaffolder/v2/tasks', {
        templateRef: `template:default/${template}`,
        values,
      });
      return id;
    },

    /** Events of a task since the last recovery; none while nobody answers. */
    async events(id) {
      return ask(`/scaffolder/v2/tasks/${id}/events`).catch(() => []);
    },

    /** How a task ended. */
    async end(id, seconds) {
      const deadline = Date.now() + seconds * 1000;
      while (Date.now() < deadline) {
        const task = await ask(`/scaffolder/v2/tasks/${id}`).catch(
          () => undefined,
        );
        if (task && !['open', 'processing'].includes(task.status)) {
          return task.status;
        }
        await setTimeout(500);
      }
      return `still running after ${seconds} s`;
    },

    /** All that a service has anywhere: numbers, so that two are seen as two. */
    async traces({ app, namespace, system, cluster: clusterName }) {
      const place = { cluster: clusterName, namespace, app };
      const projects = await gitlab(`/groups/${system}/projects?search=${app}`);
      const job = await jenkins(
        `/job/${app}.${system}/api/json?tree=builds[number,result]`,
      );
      const in_ = (group, plural) =>
        cluster(`/${group}/namespaces/${namespace}/${plural}`);
      const kinds = {
        Deployment: ['apis/apps/v1', 'deployments'],
        Service: ['api/v1', 'services'],
        ServiceAccount: ['api/v1', 'serviceaccounts'],
        VirtualService: ['apis/networking.istio.io/v1', 'virtualservices'],
        DestinationRule: ['apis/networking.istio.io/v1', 'destinationrules'],
        PrometheusRule: ['apis/monitoring.coreos.com/v1', 'prometheusrules'],
      };
      const objects = {};
      for (const [kind, [group, plural]] of Object.entries(kinds)) {
        const { items } = (await in_(group, plural)) ?? { items: [] };
        objects[kind] = items.filter(
          ({ metadata: { name } }) =>
            name === app || name.startsWith(`${app}-`),
        ).length;
      }
      const locations = await ask('/catalog/locations');
      const prefix = await ask(
        `/config-center/prefixes/check?${new URLSearchParams(place)}`,
      );
      const dashboards = await read(
        `${sandboxUrl}/grafana/api/search?query=${encodeURIComponent(
          `${app} (${namespace})`,
        )}`,
        { headers: { Authorization: 'Bearer glsa_sandbox_editor' } },
      );
      return {
        projects: projects.filter(({ path }) => path === app).length,
        jobs: job ? 1 : 0,
        builds: job?.builds.length ?? 0,
        ...objects,
        keys: prefix.keys ?? 0,
        dashboards: dashboards.length,
        locations: locations.filter(({ data }) =>
          data.target.includes(`/${system}/${app}/`),
        ).length,
      };
    },
  };
}
