import {
  gitLabCommitSchema,
  gitLabMergeRequestSchema,
  gitLabReferenceSchema,
  type GitLabMergeRequest,
} from '@orrery/backstage-plugin-delivery-common';
import {
  HttpUpstream,
  UpstreamError,
} from '@orrery/backstage-plugin-orrery-node';
import { z } from 'zod';
import type { GitLabConfig } from './readGitLab';

const projectSchema = z.object({
  id: z.number().int(),
  path_with_namespace: z.string(),
  web_url: z.string(),
  http_url_to_repo: z.string(),
  default_branch: z.string().nullish(),
  created_at: z.string(),
  archived: z.boolean().optional(),
});

/** A project of GitLab. */
export type GitLabProject = z.infer<typeof projectSchema>;

const compareSchema = z.object({
  commits: z.array(gitLabCommitSchema),
  diffs: z.array(
    z.object({
      old_path: z.string(),
      new_path: z.string(),
      new_file: z.boolean().optional(),
      renamed_file: z.boolean().optional(),
      deleted_file: z.boolean().optional(),
    }),
  ),
  web_url: z.string().optional(),
});

const treeSchema = z.array(z.object({ path: z.string(), type: z.string() }));

const fileSchema = z.object({
  content: z.string(),
  last_commit_id: z.string(),
});

/** A file of a branch, and the commit that changed it last. */
export type GitLabFile = { text: string; lastCommit: string };

/** One file that is changed on a branch of its own. */
export type GitLabCommitDraft = {
  branch: string;
  /** The branch that it starts from. */
  from: string;
  message: string;
  /** The token's own user where absent. */
  author?: { name: string; email: string };
  file: string;
  text: string;
  /** The commit that changed the file last; GitLab refuses when another one did since. */
  lastCommit: string;
};

const TREE_PAGE = 100;
const MOST_TREE_PAGES = 10;

const groupsSchema = z.array(
  z.object({ full_path: z.string(), name: z.string() }),
);

/** What came between two revisions. */
export type GitLabComparison = z.infer<typeof compareSchema>;

type Query = Readonly<Record<string, string>>;

/** Speaks GitLab's API v4 (https://docs.gitlab.com/api/rest/). */
export class GitLabClient {
  readonly #upstream: HttpUpstream;

  constructor(config: GitLabConfig) {
    this.#upstream = new HttpUpstream({
      name: 'GitLab',
      url: `${config.url}/api/v4`,
      headers: { 'PRIVATE-TOKEN': config.token },
      timeoutSeconds: config.timeoutSeconds,
      maxConcurrency: 8,
    });
  }

  /** A project by its path; undefined where there is none that we may see. */
  async project(path: string): Promise<GitLabProject | undefined> {
    try {
      return await this.#get(projectSchema, path, '');
    } catch (error) {
      if (error instanceof UpstreamError && error.status === 404) {
        return undefined;
      }
      throw error;
    }
  }

  /** Groups that the token may make projects in. */
  async groups(): Promise<z.infer<typeof groupsSchema>> {
    // 30 is the access level of a developer.
    const answer = await this.#upstream.json(
      '/groups?per_page=100&min_access_level=30&order_by=path',
    );
    return groupsSchema.parse(answer);
  }

  tags(path: string): Promise<z.infer<typeof gitLabReferenceSchema>[]> {
    return this.#get(z.array(gitLabReferenceSchema), path, '/repository/tags', {
      order_by: 'updated',
      sort: 'desc',
      per_page: '100',
    });
  }

  branches(path: string): Promise<z.infer<typeof gitLabReferenceSchema>[]> {
    return this.#get(
      z.array(gitLabReferenceSchema),
      path,
      '/repository/branches',
      { per_page: '100' },
    );
  }

  mergeRequests(path: string, query: Query): Promise<GitLabMergeRequest[]> {
    return this.#get(
      z.array(gitLabMergeRequestSchema),
      path,
      '/merge_requests',
      { per_page: '100', ...query },
    );
  }

  /** What `to` has that `from` has not. */
  compare(path: string, from: string, to: string): Promise<GitLabComparison> {
    return this.#get(compareSchema, path, '/repository/compare', { from, to });
  }

  /** One merge request; undefined where there is none of the number. */
  async mergeRequest(
    path: string,
    number: number,
  ): Promise<GitLabMergeRequest | undefined> {
    try {
      return await this.#get(
        gitLabMergeRequestSchema,
        path,
        `/merge_requests/${number}`,
      );
    } catch (error) {
      if (error instanceof UpstreamError && error.status === 404) {
        return undefined;
      }
      throw error;
    }
  }

  /**
   * Paths of all files below a folder; an empty one is the whole repository.
   *
   * @throws UpstreamError with 404 where there is no such branch or folder
   */
  async files(path: string, folder: string, ref: string): Promise<string[]> {
    const found: string[] = [];
    for (let page = 1; page <= MOST_TREE_PAGES; page += 1) {
      const entries = await this.#get(treeSchema, path, '/repository/tree', {
        ref,
        recursive: 'true',
        per_page: String(TREE_PAGE),
        page: String(page),
        ...(folder && { path: folder }),
      });
      found.push(
        ...entries.filter(({ type }) => type === 'blob').map(each => each.path),
      );
      if (entries.length < TREE_PAGE) {
        break;
      }
    }
    return found;
  }

  /** @throws UpstreamError with 404 where there is no such file */
  async file(path: string, file: string, ref: string): Promise<GitLabFile> {
    const answer = await this.#get(
      fileSchema,
      path,
      `/repository/files/${encodeURIComponent(file)}`,
      { ref },
    );
    return {
      text: Buffer.from(answer.content, 'base64').toString('utf8'),
      lastCommit: answer.last_commit_id,
    };
  }

  /** Commits one changed file to a new branch. */
  async commit(path: string, draft: GitLabCommitDraft): Promise<void> {
    await this.#write('POST', path, '/repository/commits', {
      branch: draft.branch,
      start_branch: draft.from,
      commit_message: draft.message,
      ...(draft.author && {
        author_name: draft.author.name,
        author_email: draft.author.email,
      }),
      actions: [
        {
          action: 'update',
          file_path: draft.file,
          content: draft.text,
          last_commit_id: draft.lastCommit,
        },
      ],
    });
  }

  async openMergeRequest(
    path: string,
    draft: { from: string; to: string; title: string; description: string },
  ): Promise<GitLabMergeRequest> {
    const answer = await this.#write('POST', path, '/merge_requests', {
      source_branch: draft.from,
      target_branch: draft.to,
      title: draft.title,
      description: draft.description,
      remove_source_branch: true,
    });
    return gitLabMergeRequestSchema.parse(JSON.parse(answer));
  }

  async closeMergeRequest(path: string, number: number): Promise<void> {
    await this.#write('PUT', path, `/merge_requests/${number}`, {
      state_event: 'close',
    });
  }

  /** Takes a branch away; one that is gone already is no failure. */
  async deleteBranch(path: string, branch: string): Promise<void> {
    const end = `/repository/branches/${encodeURIComponent(branch)}`;
    await this.#write('DELETE', path, end).catch(error => {
      if (!(error instanceof UpstreamError && error.status === 404)) {
        throw error;
      }
    });
  }

  async archive(path: string): Promise<void> {
    await this.#write('POST', path, '/archive');
  }

  async delete(path: string): Promise<void> {
    await this.#write('DELETE', path, '');
  }

  async #get<T>(
    schema: z.ZodType<T>,
    path: string,
    end: string,
    query: Query = {},
  ): Promise<T> {
    const search = new URLSearchParams(query).toString();
    const answer = await this.#upstream.json(
      `/projects/${encodeURIComponent(path)}${end}${search && `?${search}`}`,
    );
    const result = schema.safeParse(answer);
    if (!result.success) {
      throw new UpstreamError('GitLab answered something that is not its API');
    }
    return result.data;
  }

  async #write(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    end: string,
    body?: object,
  ): Promise<string> {
    const answer = await this.#upstream.send(
      `/projects/${encodeURIComponent(path)}${end}`,
      {
        method,
        ...(body && {
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
        }),
      },
    );
    if (answer.status >= 300) {
      throw this.#upstream.refusal(answer);
    }
    return answer.text;
  }
}
