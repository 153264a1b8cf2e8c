import { hashOf } from '../hash';
import type { LivePod } from '../live/model';
import type { TracedCall } from '../traces';

/** One line in so many has something about it that a viewer must cope with. */
const ONE_IN = { html: 2500, chinese: 150 };

const CHINESE = ['请求处理完成', '缓存未命中，已回源', '账户余额校验通过'];

const HTML =
  'rejected field note: <script>alert("kepler")</script><img src=x onerror=alert(1)>';

/** Names for packages and classes of an app, as its team would write them. */
function className(appName: string): string {
  return appName.replace(/(^|[-_])(\w)/g, (_, _dash, letter: string) =>
    letter.toUpperCase(),
  );
}

/** The stack of an exception, as a JVM prints it. */
function javaStack(pod: LivePod, call: TracedCall): string {
  const { appName, namespace } = pod.workload;
  const name = className(appName);
  const home = `example.kepler.${namespace.replace(
    /-/g,
    '.',
  )}.${appName.replace(/-/g, '')}`;
  const frames = [
    `${home}.${name}Service.handle(${name}Service.java:${
      80 + (hashOf(appName) % 90)
    })`,
    `${home}.${name}Controller.${call.operation.method.toLowerCase()}(${name}Controller.java:41)`,
    'org.springframework.web.servlet.FrameworkServlet.service(FrameworkServlet.java:885)',
    'org.apache.catalina.core.ApplicationFilterChain.doFilter(ApplicationFilterChain.java:205)',
    'java.base/java.lang.Thread.run(Thread.java:1583)',
  ];
  const cause =
    call.failedBy === undefined
      ? `${home}.${name}Exception: no answer within the budget`
      : `java.net.SocketTimeoutException: ${call.failedBy} did not answer`;
  return [
    ...frames.map(frame => `\tat ${frame}`),
    `Caused by: ${cause}`,
    `\tat ${home}.client.Gateway.exchange(Gateway.java:117)`,
    '\t... 4 more',
  ].join('\n');
}

/**
 * What an app really writes instead of a plain message: stacks of several
 * lines in half of the failures of JVMs, colours from Python's loggers, now
 * and then Chinese, and once in a long while somebody's HTML.
 */
export function flavoured(
  pod: LivePod,
  call: TracedCall,
  message: string,
  failed: boolean,
): string {
  const language = pod.workload.app?.language;
  const chance = hashOf(call.id);
  if (failed) {
    const hasStack =
      (language === 'Java' || language === 'Kotlin') && chance % 2 === 0;
    return hasStack ? `${message}\n${javaStack(pod, call)}` : message;
  }
  if (chance % ONE_IN.html === 0) return HTML;
  if (chance % ONE_IN.chinese === 0) return CHINESE[chance % CHINESE.length];
  if (language === 'Python' && chance % 10 === 0) {
    return `\u001b[32m${message}\u001b[0m`;
  }
  return message;
}
