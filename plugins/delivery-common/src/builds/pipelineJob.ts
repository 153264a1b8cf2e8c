/** What a pipeline job is made of. @public */
export type PipelineJob = {
  description: string;
  /** Where Jenkins fetches the repository from. */
  repositoryUrl: string;
  branch: string;
  /** Path of the script in the repository. */
  jenkinsfile: string;
  /** Id of credentials that Jenkins keeps; public repositories need none. */
  credentialsId?: string;
  /** Where Jenkins tells that a build began or ended. */
  notify?: string;
};

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, character => ESCAPES[character]);
}

/**
 * Has Jenkins tell of builds, as its plugin Notification reads it
 * (https://plugins.jenkins.io/notification/). A Jenkins without the plugin
 * leaves it out.
 */
function notification(url: string): string[] {
  const plugin = 'com.tikal.hudson.plugins.notification';
  return [
    '  <properties>',
    `    <${plugin}.HudsonNotificationProperty>`,
    '      <endpoints>',
    `        <${plugin}.Endpoint>`,
    '          <protocol>HTTP</protocol>',
    '          <format>JSON</format>',
    '          <urlInfo>',
    `            <urlOrId>${escape(url)}</urlOrId>`,
    '            <urlType>PUBLIC</urlType>',
    '          </urlInfo>',
    '          <event>all</event>',
    '          <timeout>5000</timeout>',
    '          <loglines>0</loglines>',
    '          <retries>1</retries>',
    `        </${plugin}.Endpoint>`,
    '      </endpoints>',
    `    </${plugin}.HudsonNotificationProperty>`,
    '  </properties>',
  ];
}

/**
 * The `config.xml` of a job that runs the pipeline in a repository, as the
 * plugins Pipeline and Git read it
 * (https://www.jenkins.io/doc/book/pipeline/pipeline-as-code/).
 *
 * @public
 */
export function pipelineJobXml(job: PipelineJob): string {
  const credentials = job.credentialsId
    ? `<credentialsId>${escape(job.credentialsId)}</credentialsId>`
    : '';
  return [
    `<?xml version='1.1' encoding='UTF-8'?>`,
    '<flow-definition>',
    `  <description>${escape(job.description)}</description>`,
    '  <keepDependencies>false</keepDependencies>',
    ...(job.notify ? notification(job.notify) : []),
    '  <definition class="org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition">',
    '    <scm class="hudson.plugins.git.GitSCM">',
    '      <configVersion>2</configVersion>',
    '      <userRemoteConfigs>',
    '        <hudson.plugins.git.UserRemoteConfig>',
    `          <url>${escape(job.repositoryUrl)}</url>`,
    ...(credentials ? [`          ${credentials}`] : []),
    '        </hudson.plugins.git.UserRemoteConfig>',
    '      </userRemoteConfigs>',
    '      <branches>',
    '        <hudson.plugins.git.BranchSpec>',
    `          <name>*/${escape(job.branch)}</name>`,
    '        </hudson.plugins.git.BranchSpec>',
    '      </branches>',
    '    </scm>',
    `    <scriptPath>${escape(job.jenkinsfile)}</scriptPath>`,
    '    <lightweight>true</lightweight>',
    '  </definition>',
    '  <disabled>false</disabled>',
    '</flow-definition>',
    '',
  ].join('\n');
}
