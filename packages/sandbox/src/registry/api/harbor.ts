import type { Clock } from '../../clock';
import type { ImageStore } from '../ImageStore';
import {
  json,
  readBody,
  Refusal,
  type Answer,
  type Exchange,
} from './Exchange';
import { Artifacts, LONG_AGO } from './artifacts';
import { basicUser } from './tokens';

interface HarborProject {
  project_id: number;
  name: string;
  isPublic: boolean;
  createdAt: number;
}

const notFound = (message: string) => new Refusal(404, 'NOT_FOUND', message);

/** What Harbor adds to the protocol: projects, and artifacts with what a scanner found in them. */
export class Harbor {
  readonly #projects: HarborProject[] = [];
  readonly #artifacts: Artifacts;

  constructor(
    private readonly images: ImageStore,
    private readonly clock: Clock,
    seed: number,
  ) {
    this.#artifacts = new Artifacts(images, clock, seed);
  }

  /** Projects that were created, and those that have repositories. */
  #all(): HarborProject[] {
    const names = new Set(
      this.images.repositories().map(repository => repository.split('/')[0]),
    );
    for (const name of [...names].sort()) this.#add(name, LONG_AGO);
    return this.#projects;
  }

  #add(name: string, createdAt: number, isPublic = true): void {
    if (this.#projects.some(project => project.name === name)) return;
    const project_id = this.#projects.length + 1;
    this.#projects.push({ project_id, name, isPublic, createdAt });
  }

  #repositories(project: string): string[] {
    return this.images
      .repositories()
      .filter(repository => repository.startsWith(`${project}/`));
  }

  #shape(project: HarborProject) {
    const { project_id, name, isPublic, createdAt } = project;
    const at = new Date(createdAt).toISOString();
    return {
      project_id,
      name,
      owner_id: 1,
      owner_name: 'orrery',
      creation_time: at,
      update_time: at,
      repo_count: this.#repositories(name).length,
      metadata: { public: String(isPublic), auto_scan: 'true' },
    };
  }

  #find(idOrName: string): HarborProject {
    const found = this.#all().find(
      ({ name, project_id }) =>
        name === idOrName || String(project_id) === idOrName,
    );
    if (!found) throw notFound(`project ${idOrName} not found`);
    return found;
  }

  async handle(exchange: Exchange, path: string): Promise<Answer> {
    const { method, query, request } = exchange;
    const reads = method === 'GET' || method === 'HEAD';
    if (!reads && !basicUser(exchange)) {
      request.resume();
      throw new Refusal(401, 'UNAUTHORIZED', 'unauthorized');
    }
    if (!reads && !basicUser(exchange)?.mayPush) {
      request.resume();
      throw new Refusal(403, 'FORBIDDEN', 'forbidden');
    }
    if (path === '/projects' && method === 'POST')
      return this.#create(exchange);
    request.resume();
    if (path === '/health') return json({ status: 'healthy', components: [] });
    if (path === '/systeminfo')
      return json({ harbor_version: 'v2.14.0', auth_mode: 'db_auth' });
    if (path === '/projects' && method === 'HEAD') {
      this.#find(query.get('project_name') ?? '');
      return { status: 200 };
    }
    if (path === '/projects') {
      const wanted = query.get('name') ?? '';
      const found = this.#all().filter(({ name }) => name.includes(wanted));
      return this.#page(
        query,
        found.map(project => this.#shape(project)),
      );
    }
    const parts = path.split('/').slice(1);
    const project = this.#find(decodeURIComponent(parts[1] ?? ''));
    if (parts.length === 2 && method === 'DELETE') return this.#delete(project);
    if (parts.length === 2) return json(this.#shape(project));
    if (parts[2] !== 'repositories') throw notFound('path not found');
    const repositories = this.#repositories(project.name);
    if (parts.length === 3) {
      return this.#page(
        query,
        repositories.map((name, index) => ({
          id: index + 1,
          name,
          project_id: project.project_id,
          artifact_count: this.#artifacts.of(name).length,
          pull_count: 0,
        })),
      );
    }
    // Slashes within a name are encoded twice.
    const name = `${project.name}/${decodeURIComponent(
      decodeURIComponent(parts[3]),
    )}`;
    if (!repositories.includes(name))
      throw notFound(`repository ${name} not found`);
    if (parts.length === 5) {
      const all = this.#artifacts.of(name);
      return this.#page(
        query,
        all.map((each, index) => this.#artifacts.shape(each, index, query)),
      );
    }
    const reference = decodeURIComponent(parts[5] ?? '');
    const found = this.#artifacts.find(name, reference);
    if (!found) throw notFound(`artifact ${name}:${reference} not found`);
    if (parts[6] === 'scan' && method === 'POST') {
      if (!this.#artifacts.scan(found))
        throw new Refusal(409, 'CONFLICT', 'a previous scan is running');
      return { status: 202 };
    }
    if (parts.length > 6) throw notFound('path not found');
    return json(this.#artifacts.shape(found, 0, query));
  }

  #page(query: URLSearchParams, entries: readonly unknown[]): Answer {
    const size = Math.min(
      Math.max(Number(query.get('page_size') ?? 10) || 10, 1),
      100,
    );
    const page = Math.max(Number(query.get('page') ?? 1) || 1, 1);
    return json(entries.slice((page - 1) * size, page * size), {
      'X-Total-Count': String(entries.length),
    });
  }

  async #create({ request, base }: Exchange): Promise<Answer> {
    let input: { project_name?: unknown; metadata?: { public?: unknown } } = {};
    try {
      input = JSON.parse((await readBody(request, 65_536)).toString());
    } catch (error) {
      if (error instanceof Refusal) throw error;
    }
    const { project_name: name, metadata } = input ?? {};
    if (
      typeof name !== 'string' ||
      !/^[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(name)
    ) {
      throw new Refusal(
        400,
        'BAD_REQUEST',
        `project name ${name} is not valid`,
      );
    }
    if (this.#all().some(project => project.name === name)) {
      throw new Refusal(
        409,
        'CONFLICT',
        `The project named ${name} already exists`,
      );
    }
    this.#add(name, this.clock.now(), String(metadata?.public) === 'true');
    return {
      status: 201,
      headers: {
        Location: `${base}/api/v2.0/projects/${this.#find(name).project_id}`,
      },
    };
  }

  #delete(project: HarborProject): Answer {
    if (this.#repositories(project.name).length > 0) {
      throw new Refusal(
        412,
        'PRECONDITION',
        'the project contains repositories, can not be deleted',
      );
    }
    this.#projects.splice(this.#projects.indexOf(project), 1);
    return { status: 200 };
  }
}
