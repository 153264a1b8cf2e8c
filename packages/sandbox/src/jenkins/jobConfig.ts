import type { ParameterDefinition } from './pipeline/readPipeline';
import type { JobConfig } from './model';

/** A configuration that Jenkins could not read. */
export class ConfigError extends Error {}

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};

const plain = (text: string) =>
  text
    .replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, (_, inner: string) =>
      inner.replace(
        /[&<>]/g,
        each => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' }[each] ?? each),
      ),
    )
    .replace(
      /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
      (whole, hex, decimal, name) => {
        if (hex) return String.fromCodePoint(parseInt(hex, 16));
        if (decimal) return String.fromCodePoint(Number(decimal));
        return entities[name] ?? whole;
      },
    );

/** Text of the first element of a name. */
function element(xml: string, name: string): string | undefined {
  const found = new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`).exec(
    xml,
  );
  return found ? plain(found[1]).trim() : undefined;
}

/** Name of the outermost element. @throws ConfigError of what is no XML */
export function rootOf(xml: string): string {
  const body = xml.replace(
    /^\uFEFF?\s*(<\?xml[^>]*\?>)?\s*(<!--[\s\S]*?-->\s*)*/,
    '',
  );
  const root = /^<([\w.-]+)/.exec(body)?.[1];
  const isClosed =
    root && new RegExp(`(</${root}>|^<${root}[^>]*/>)\\s*$`).test(body);
  if (!root || !isClosed)
    throw new ConfigError('the content is no well-formed XML');
  return root;
}

function parametersIn(xml: string): ParameterDefinition[] {
  const pattern =
    /<hudson\.model\.(String|Boolean|Choice|Password|Text)ParameterDefinition(?:\s[^>]*)?>([\s\S]*?)<\/hudson\.model\.\1ParameterDefinition>/g;
  return [...xml.matchAll(pattern)].map(([, kind, body]) => {
    const choices = [...body.matchAll(/<string>([\s\S]*?)<\/string>/g)].map(
      ([, text]) => plain(text),
    );
    const given = element(body, 'defaultValue') ?? '';
    const types: Readonly<Record<string, ParameterDefinition['type']>> = {
      Boolean: 'BooleanParameterDefinition',
      Choice: 'ChoiceParameterDefinition',
      Password: 'PasswordParameterDefinition',
      Text: 'TextParameterDefinition',
    };
    return {
      name: element(body, 'name') ?? '',
      type: types[kind] ?? 'StringParameterDefinition',
      description: element(body, 'description') ?? '',
      ...(kind === 'Choice'
        ? { choices, defaultValue: choices[0] ?? '' }
        : { defaultValue: kind === 'Boolean' ? given === 'true' : given }),
    };
  });
}

/** Addresses that the Notification plugin calls; those of before 1.11 have no urlInfo. */
function endpointsIn(xml: string): string[] {
  const endpoint = 'com.tikal.hudson.plugins.notification.Endpoint';
  const pattern = new RegExp(`<${endpoint}>([\\s\\S]*?)</${endpoint}>`, 'g');
  return [...xml.matchAll(pattern)].flatMap(
    ([, body]) => element(body, 'urlOrId') ?? element(body, 'url') ?? [],
  );
}

/**
 * Reads the `config.xml` of a job.
 *
 * @throws ConfigError of other items, and of what cannot be read
 */
export function readJobConfig(xml: string): JobConfig {
  const root = rootOf(xml);
  if (root !== 'flow-definition' && root !== 'project') {
    throw new ConfigError(`${root} is no kind of job that is known here`);
  }
  const scm = /<scm\b[\s\S]*?<\/scm>/.exec(xml)?.[0] ?? '';
  const branch =
    /<hudson\.plugins\.git\.BranchSpec>([\s\S]*?)<\/hudson\.plugins\.git\.BranchSpec>/.exec(
      scm,
    )?.[1] ?? '';
  const outside = xml.replace(scm, '');
  const url = element(scm, 'url');
  const script =
    root === 'project' ? element(xml, 'command') : element(outside, 'script');
  const hookToken = element(outside, 'secretToken');
  return {
    kind: root === 'project' ? 'freestyle' : 'pipeline',
    description: element(outside, 'description') ?? '',
    isDisabled: element(outside, 'disabled') === 'true',
    ...(url ? { repositoryUrl: url } : {}),
    branch: element(branch, 'name') ?? '*/main',
    scriptPath: element(outside, 'scriptPath') ?? 'Jenkinsfile',
    ...(script === undefined ? {} : { script }),
    parameters: parametersIn(xml),
    ...(hookToken ? { hookToken } : {}),
    endpoints: endpointsIn(xml),
  };
}

/** What a multibranch project looks at. */
export function readBranchSource(xml: string): {
  repositoryUrl?: string;
  scriptPath: string;
  description: string;
} {
  const url = element(xml, 'remote');
  return {
    ...(url ? { repositoryUrl: url } : {}),
    scriptPath: element(xml, 'scriptPath') ?? 'Jenkinsfile',
    description: element(xml, 'description') ?? '',
  };
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
};
const escape = (text: string) => text.replace(/[&<>]/g, each => escapes[each]);

/** The configuration of a job that runs the Jenkinsfile of a branch. */
export function pipelineXml(
  description: string,
  url: string,
  branch: string,
): string {
  return `<?xml version='1.1' encoding='UTF-8'?>
<flow-definition plugin="workflow-job">
  <description>${escape(description)}</description>
  <keepDependencies>false</keepDependencies>
  <properties/>
  <definition class="org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition" plugin="workflow-cps">
    <scm class="hudson.plugins.git.GitSCM" plugin="git">
      <configVersion>2</configVersion>
      <userRemoteConfigs>
        <hudson.plugins.git.UserRemoteConfig>
          <url>${escape(url)}</url>
        </hudson.plugins.git.UserRemoteConfig>
      </userRemoteConfigs>
      <branches>
        <hudson.plugins.git.BranchSpec>
          <name>${escape(branch)}</name>
        </hudson.plugins.git.BranchSpec>
      </branches>
    </scm>
    <scriptPath>Jenkinsfile</scriptPath>
    <lightweight>true</lightweight>
  </definition>
  <disabled>false</disabled>
</flow-definition>
`;
}
