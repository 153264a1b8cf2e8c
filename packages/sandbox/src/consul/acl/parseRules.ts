import { ConsulError } from '../errors';

/** What may be done; a longer word holds the shorter ones: write, list, read. */
export type Access = 'deny' | 'read' | 'list' | 'write';

/** One line of a policy: a kind such as `key_prefix`, what it is about, and what may be done. */
export interface Rule {
  kind: string;
  name: string;
  access: Access;
}

const KINDS = [
  'key',
  'key_prefix',
  'session',
  'session_prefix',
  'node',
  'node_prefix',
  'service',
  'service_prefix',
  'agent',
  'agent_prefix',
  'event',
  'event_prefix',
  'query',
  'query_prefix',
];
const WHOLE = ['acl', 'operator', 'keyring', 'mesh', 'peering'];

function refuse(detail: string): never {
  throw new ConsulError(
    500,
    `Invalid Policy: Failed to parse ACL rules: ${detail}`,
  );
}

function access(value: unknown, where: string): Access {
  if (
    value === 'deny' ||
    value === 'read' ||
    value === 'list' ||
    value === 'write'
  ) {
    return value;
  }
  return refuse(`Invalid ${where} policy: ${JSON.stringify(value)}`);
}

function fromJson(text: string): Rule[] {
  const document: unknown = JSON.parse(text);
  if (typeof document !== 'object' || document === null) {
    refuse('expected an object');
  }
  return Object.entries(document).flatMap(([kind, value]) => {
    if (WHOLE.includes(kind)) {
      return [{ kind, name: '', access: access(value, kind) }];
    }
    if (!KINDS.includes(kind)) refuse(`unknown rule ${kind}`);
    if (typeof value !== 'object' || value === null) {
      refuse(`expected an object at ${kind}`);
    }
    return Object.entries(value as Record<string, unknown>).map(
      ([name, inner]) => ({
        kind,
        name,
        access: access((inner as { policy?: unknown } | null)?.policy, kind),
      }),
    );
  });
}

const TOKEN =
  /\s+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/|"((?:[^"\\]|\\.)*)"|([A-Za-z_][\w-]*)|([{}=])/y;

/** The words of a policy in HCL; strings are marked, as they may read like words. */
function words(text: string): { text: string; quoted: boolean }[] {
  const found: { text: string; quoted: boolean }[] = [];
  let at = 0;
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match) refuse(`illegal character at ${at}`);
    at = TOKEN.lastIndex;
    if (match[1] !== undefined) {
      found.push({ text: JSON.parse(`"${match[1]}"`), quoted: true });
    } else if (match[2] ?? match[3]) {
      found.push({ text: match[2] ?? match[3], quoted: false });
    }
  }
  return found;
}

function fromHcl(text: string): Rule[] {
  const tokens = words(text);
  const rules: Rule[] = [];
  let at = 0;
  const take = (expected?: string): string => {
    const token = tokens[at++];
    if (!token) refuse('unexpected end of the policy');
    if (expected !== undefined && token.text !== expected) {
      refuse(`expected ${expected}, got ${token.text}`);
    }
    return token.text;
  };
  while (at < tokens.length) {
    const kind = take();
    if (WHOLE.includes(kind)) {
      take('=');
      rules.push({ kind, name: '', access: access(take(), kind) });
    } else {
      if (!KINDS.includes(kind)) refuse(`unknown rule ${kind}`);
      const name = take();
      take('{');
      take('policy');
      take('=');
      rules.push({ kind, name, access: access(take(), kind) });
      take('}');
    }
  }
  return rules;
}

/**
 * The rules of a policy, in HCL or JSON.
 * @throws ConsulError 500, as Consul says it, when they are neither
 */
export function parseRules(text: string): Rule[] {
  if (!text.trimStart().startsWith('{')) return fromHcl(text);
  try {
    return fromJson(text);
  } catch (error) {
    if (error instanceof ConsulError) throw error;
    return refuse(String(error));
  }
}
