import { createRandom } from '../../random';
import type { Clock } from '../../clock';
import type { ImageStore } from '../ImageStore';
import {
  json,
  readBody,
  Refusal,
  type Answer,
  type Exchange,
} from './Exchange';
import { basicUser } from './tokens';

interface HarborProject {
  project_id: number;
  name: string;
  isPublic: boolean;
  createdAt: number;
}

/** How long a scanner takes for an image that was just pushed, in milliseconds. */
const SCANNING = 15_000;
const REPORT = 'application/vnd.security.vulnerability.report; version=1.1';
const SINCE = Date.parse('2025-10-01T00:00:00Z');

const notFound = (message: string) => new Refusal(404, 'NOT_FOUND', message);

/** What Harbor adds to the protocol: projects, and artifacts with what a scanner found in them. */
export class Harbor {
  readonly #projects: HarborProject[];

  constructor(
    private readonly images: ImageStore,
    private readonly clock: Clock,
    private readonly seed: number,
  ) {
    this.#projects = [];
  }

  /** Projects that were created, and those that have repositories. */
  #all(): HarborProject[] {
    const names = new Set(
      this.images.repositories().map(repository => repository.split('/')[0]),
    );
    for (const name of [...names].sort()) this.#add(name, SINCE);
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

  #scan(digest: string, pushedAt: number) {
    const random = createRandom(this.seed).fork(`scan ${digest}`);
    const isDone = this.clock.now() - pushedAt > SCANNING;
    const counts = {
      Critical: random.next() < 0.15 ? 1 : 0,
      High: random.integer(4),
      Medium: random.integer(9),
      Low: random.integer(20),
    };
    const worst = (['Critical', 'High', 'Medium', 'Low'] as const).find(
      name => counts[name] > 0,
    );
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const scanner = {
      name: 'Trivy',
      vendor: 'Aqua Security',
      version: 'v0.66.0',
    };
    return {
      [REPORT]: isDone
        ? {
            report_id: digest.slice(7, 43),
            scan_status: 'Success',
            severity: worst ?? 'None',
            duration: 9,
            summary: { total, fixable: Math.floor(total / 2), summary: counts },
            complete_percent: 100,
            scanner,
          }
        : {
            scan_status: 'Running',
            severity: 'Unknown',
            complete_percent: 40,
            scanner,
          },
    };
  }

  #artifacts(repository: string) {
    const byDigest = new Map<
      string,
      { tags: string[]; size: number; type: string; pushedAt: number }
    >();
    for (const tag of this.images.tags(repository) ?? []) {
      const manifest = this.images.manifest(repository, tag);
      if (manifest) {
        const content: {
          layers?: { size?: number }[];
          annotations?: Record<string, string>;
        } = JSON.parse(manifest.bytes.toString());
        const created = Date.parse(
          content.annotations?.['org.opencontainers.image.created'] ?? '',
        );
        const pushed = this.images.pushed.manifest(repository, tag)?.pushedAt;
        const known = byDigest.get(manifest.digest) ?? {
          tags: [],
          size: (content.layers ?? []).reduce(
            (sum, { size = 0 }) => sum + size,
            0,
          ),
          type: manifest.type,
          pushedAt: pushed ?? (Number.isNaN(created) ? SINCE : created),
        };
        known.tags.push(tag);
        byDigest.set(manifest.digest, known);
      }
    }
    return [...byDigest].sort(
      ([, left], [, right]) => right.pushedAt - left.pushedAt,
    );
  }

  #artifactShapes(repository: string, query: URLSearchParams) {
    const wants = (name: string) => query.get(name) === 'true';
    return this.#artifacts(repository).map(
      ([digest, { tags, size, type, pushedAt }], index) => {
        const push_time = new Date(pushedAt).toISOString();
        return {
          id: index + 1,
          type: 'IMAGE',
          digest,
          size,
          manifest_media_type: type,
          push_time,
          pull_time: push_time,
          tags:
            query.get('with_tag') === 'false'
              ? null
              : tags.map((name, id) => ({
                  id: id + 1,
                  name,
                  push_time,
                  immutable: false,
                })),
          labels: wants('with_label') ? this.#labels(tags) : null,
          ...(wants('with_scan_overview')
            ? { scan_overview: this.#scan(digest, pushedAt) }
            : {}),
        };
      },
    );
  }

  /** Versions whose number says so are labelled as releases. */
  #labels(tags: readonly string[]) {
    return tags.some(tag => /^\d+\.\d+\.\d+$/.test(tag))
      ? [{ id: 1, name: 'release', color: '#48960C', scope: 'g' }]
      : [];
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
          artifact_count: this.#artifacts(name).length,
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
    const shapes = this.#artifactShapes(name, query);
    if (parts.length === 5) return this.#page(query, shapes);
    const reference = decodeURIComponent(parts[5] ?? '');
    const found = shapes.find(
      ({ digest, tags }) =>
        digest === reference || tags?.some(tag => tag.name === reference),
    );
    if (!found) throw notFound(`artifact ${name}:${reference} not found`);
    return json(found);
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
