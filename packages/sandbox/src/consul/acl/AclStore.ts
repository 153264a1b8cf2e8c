import { createHash, randomUUID } from 'node:crypto';
import { aclNotFound, ConsulError } from '../errors';
import { Authorizer } from './Authorizer';
import { parseRules } from './parseRules';

/** A policy as Consul writes it. */
export interface Policy {
  ID: string;
  Name: string;
  Description: string;
  Rules: string;
  Hash: string;
  CreateIndex: number;
  ModifyIndex: number;
}

/** A token as Consul writes it. */
export interface Token {
  AccessorID: string;
  SecretID: string;
  Description: string;
  Policies: { ID: string; Name: string }[];
  Local: boolean;
  CreateTime: string;
  Hash: string;
  CreateIndex: number;
  ModifyIndex: number;
}

const MANAGEMENT = '00000000-0000-0000-0000-000000000001';
const ANONYMOUS = '00000000-0000-0000-0000-000000000002';

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
const hashOf = (...parts: unknown[]) =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64');

/** Policies and tokens; who has none is anonymous and may nothing. */
export class AclStore {
  readonly #policies = new Map<string, Policy>();
  readonly #tokens = new Map<string, Token>();
  readonly #authorizers = new Map<string, Authorizer>();

  constructor(
    managementSecret: string,
    private readonly nextIndex: () => number,
    private readonly now: () => number,
  ) {
    this.#policies.set(MANAGEMENT, {
      ID: MANAGEMENT,
      Name: 'global-management',
      Description: 'Builtin Policy that grants unlimited access',
      Rules: 'acl = "write"\nkey_prefix "" {\n  policy = "write"\n}\n',
      Hash: hashOf('global-management'),
      CreateIndex: 8,
      ModifyIndex: 8,
    });
    this.#put({
      AccessorID: randomUUID(),
      SecretID: managementSecret,
      Description: 'Initial Management Token',
      Policies: [{ ID: MANAGEMENT, Name: 'global-management' }],
    });
    this.#put({
      AccessorID: ANONYMOUS,
      SecretID: 'anonymous',
      Description: 'Anonymous Token',
      Policies: [],
    });
  }

  policies(): Policy[] {
    return [...this.#policies.values()];
  }

  policy(id: string): Policy | undefined {
    return this.#policies.get(id);
  }

  policyNamed(name: string): Policy | undefined {
    return this.policies().find(policy => policy.Name === name);
  }

  tokens(): Token[] {
    return [...this.#tokens.values()];
  }

  token(accessor: string): Token | undefined {
    return this.#tokens.get(accessor);
  }

  /**
   * The token of a secret; the anonymous one of an empty secret.
   * @throws ConsulError 403 `ACL not found`
   */
  tokenOf(secret: string): Token {
    const wanted = secret === '' ? 'anonymous' : secret;
    const found = this.tokens().find(token => token.SecretID === wanted);
    if (!found) throw aclNotFound();
    return found;
  }

  authorizerOf(token: Token): Authorizer {
    let found = this.#authorizers.get(token.AccessorID);
    if (!found) {
      const isManagement = token.Policies.some(({ ID }) => ID === MANAGEMENT);
      const rules = token.Policies.flatMap(({ ID }) =>
        parseRules(this.#policies.get(ID)?.Rules ?? ''),
      );
      found = new Authorizer(rules, isManagement);
      this.#authorizers.set(token.AccessorID, found);
    }
    return found;
  }

  /** Creates a policy, or replaces the one of an id. */
  writePolicy(input: Record<string, unknown>, id?: string): Policy {
    const name = textOf(input.Name);
    if (!/^[A-Za-z0-9\-_]{1,128}$/.test(name)) {
      throw new ConsulError(
        500,
        "Invalid Policy: invalid Name. Only alphanumeric characters, '-' and '_' are allowed",
      );
    }
    const named = this.policyNamed(name);
    if (named && named.ID !== id) {
      throw new ConsulError(
        500,
        `Invalid Policy: A Policy with Name "${name}" already exists`,
      );
    }
    if (id === MANAGEMENT) {
      throw new ConsulError(
        500,
        'Changing the Rules for the builtin global-management policy is not permitted',
      );
    }
    const rules = textOf(input.Rules);
    parseRules(rules);
    const index = this.nextIndex();
    const policy: Policy = {
      ID: id ?? randomUUID(),
      Name: name,
      Description: textOf(input.Description),
      Rules: rules,
      Hash: hashOf(name, rules),
      CreateIndex: (id && this.#policies.get(id)?.CreateIndex) || index,
      ModifyIndex: index,
    };
    this.#policies.set(policy.ID, policy);
    this.#authorizers.clear();
    return policy;
  }

  deletePolicy(id: string): void {
    if (id === MANAGEMENT) {
      throw new ConsulError(
        500,
        'Delete operation not permitted on the builtin global-management policy',
      );
    }
    this.#policies.delete(id);
    for (const token of this.#tokens.values()) {
      token.Policies = token.Policies.filter(({ ID }) => ID !== id);
    }
    this.#authorizers.clear();
  }

  /** Creates a token, or replaces the one of an accessor. */
  writeToken(input: Record<string, unknown>, accessor?: string): Token {
    const present = accessor ? this.#tokens.get(accessor) : undefined;
    const links = Array.isArray(input.Policies) ? input.Policies : [];
    const policies = links.map((link: { ID?: unknown; Name?: unknown }) => {
      const policy =
        this.policy(textOf(link.ID)) ?? this.policyNamed(textOf(link.Name));
      if (!policy) {
        throw new ConsulError(
          500,
          `No such ACL policy with name "${textOf(link.Name)}"`,
        );
      }
      return { ID: policy.ID, Name: policy.Name };
    });
    const secret = textOf(input.SecretID) || present?.SecretID;
    const taken = this.tokens().some(
      token => token.SecretID === secret && token !== present,
    );
    if (secret && taken) {
      throw new ConsulError(500, 'Invalid Token: SecretID is already in use');
    }
    return this.#put({
      AccessorID:
        present?.AccessorID ?? (textOf(input.AccessorID) || randomUUID()),
      SecretID: secret ?? randomUUID(),
      Description: textOf(input.Description),
      Policies: policies,
    });
  }

  deleteToken(accessor: string): void {
    if (accessor === ANONYMOUS) {
      throw new ConsulError(
        500,
        'Delete operation not permitted on the anonymous token',
      );
    }
    this.#tokens.delete(accessor);
    this.#authorizers.delete(accessor);
  }

  #put(
    draft: Pick<Token, 'AccessorID' | 'SecretID' | 'Description' | 'Policies'>,
  ): Token {
    const index = this.nextIndex();
    const present = this.#tokens.get(draft.AccessorID);
    const token: Token = {
      ...draft,
      Local: false,
      CreateTime: present?.CreateTime ?? new Date(this.now()).toISOString(),
      Hash: hashOf(draft.Policies, draft.Description),
      CreateIndex: present?.CreateIndex ?? index,
      ModifyIndex: index,
    };
    this.#tokens.set(token.AccessorID, token);
    this.#authorizers.delete(token.AccessorID);
    return token;
  }
}
