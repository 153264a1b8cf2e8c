import type { Random } from '../../random';

/** What a program writes, and how long it takes. */
export interface ProgramOutput {
  lines: string[];
  seconds: number;
  /** Exit code; 0 unless it fails. */
  code?: number;
}

type Program = (
  random: Random,
  words: readonly string[],
  fails: boolean,
) => ProgramOutput;

const seconds = (random: Random, least: number, most: number) =>
  least + random.next() * (most - least);

const time = (random: Random) => (0.01 + random.next() * 0.6).toFixed(3);

const goTest: Program = (random, _, fails) => ({
  lines: fails
    ? [
        '--- FAIL: TestHandle (0.01s)',
        '    handle_test.go:21: status = 500, want 200',
        'FAIL',
        `FAIL\tservice/src\t${time(random)}s`,
        'FAIL',
      ]
    : [`ok  \tservice/src\t${time(random)}s`],
  seconds: seconds(random, 1, 2.5),
  code: fails ? 1 : 0,
});

const mavenTest: Program = (random, _, fails) => {
  const count = 12 + random.integer(60);
  return {
    lines: [
      '[INFO] Scanning for projects...',
      '[INFO] -------------------------------------------------------',
      '[INFO]  T E S T S',
      '[INFO] -------------------------------------------------------',
      '[INFO] Running example.kepler.ApplicationTest',
      ...(fails
        ? [
            '[ERROR]   ApplicationTest.answers:34 expected: <200> but was: <500>',
            `[ERROR] Tests run: ${count}, Failures: 1, Errors: 0, Skipped: 0`,
            '[INFO] BUILD FAILURE',
          ]
        : [
            `[INFO] Tests run: ${count}, Failures: 0, Errors: 0, Skipped: 0`,
            '[INFO] BUILD SUCCESS',
          ]),
    ],
    seconds: seconds(random, 1.5, 3),
    code: fails ? 1 : 0,
  };
};

const nodeTest: Program = (random, _, fails) => {
  const count = 8 + random.integer(50);
  return {
    lines: [
      ...(fails
        ? [
            'not ok 3 - answers',
            '  Expected values to be strictly equal: 500 !== 200',
          ]
        : []),
      `# tests ${count}`,
      `# pass ${fails ? count - 1 : count}`,
      `# fail ${fails ? 1 : 0}`,
    ],
    seconds: seconds(random, 1, 2.5),
    code: fails ? 1 : 0,
  };
};

const pythonTest: Program = (random, _, fails) => ({
  lines: fails
    ? [
        'FAILED tests/test_app.py::test_answers - assert 500 == 200',
        `1 failed, ${4 + random.integer(20)} passed in ${time(random)}s`,
      ]
    : [`${5 + random.integer(20)} passed in ${time(random)}s`],
  seconds: seconds(random, 1, 2),
  code: fails ? 1 : 0,
});

const imageBuild: Program = (random, words, fails) => {
  const target = words.includes('--target')
    ? words[words.indexOf('--target') + 1]
    : undefined;
  const isTest = fails && target !== undefined && /test/i.test(target);
  return {
    lines: [
      '#1 [internal] load build definition from Dockerfile',
      '#1 DONE 0.0s',
      '#2 [internal] load metadata for the base image',
      `#2 DONE ${time(random)}s`,
      `#3 [${target ?? 'build'} 1/4] FROM the base image`,
      '#3 CACHED',
      `#4 [${target ?? 'build'} 4/4] RUN the ${target ?? 'build'}`,
      ...(isTest
        ? [
            '#4 ERROR: process did not complete successfully: exit code: 1',
            'ERROR: failed to solve: process did not complete successfully: exit code: 1',
          ]
        : [
            `#4 DONE ${(1 + random.next() * 9).toFixed(1)}s`,
            '#5 exporting to image',
            '#5 DONE 0.3s',
          ]),
    ],
    seconds: seconds(random, 1.5, 3),
    code: isTest ? 1 : 0,
  };
};

const plain =
  (least: number, most: number, ...lines: string[]): Program =>
  random => ({ lines, seconds: seconds(random, least, most) });

const programs: readonly (readonly [RegExp, Program])[] = [
  [/^go (test|vet)\b/, goTest],
  [/^(\.\/)?(mvn|mvnw|gradle|gradlew)\b.*\b(test|verify|check)\b/, mavenTest],
  [/^(npm (run )?test|npx jest|yarn test|pnpm test|node --test)\b/, nodeTest],
  [/\bpytest\b/, pythonTest],
  [/^(make test|ctest|cargo test|dotnet test)\b/, nodeTest],
  [
    /^(docker|podman|nerdctl|buildah)\b.*\b(build|bud)\b|^buildctl|executor\b/,
    imageBuild,
  ],
  [/^go build\b/, plain(1, 2.5)],
  [
    /^(\.\/)?(mvn|mvnw|gradle|gradlew)\b/,
    plain(1.5, 3, '[INFO] Scanning for projects...', '[INFO] BUILD SUCCESS'),
  ],
  [/^npm (ci|install)\b/, plain(1, 2.5, 'added 312 packages in 9s')],
  [/^(npm|npx|yarn|pnpm)\b/, plain(0.8, 2)],
  [/^pip\b/, plain(1, 2, 'Successfully installed the requirements')],
  [/^docker login\b/, plain(0.3, 0.6, 'Login Succeeded')],
];

/** What the program of a command writes; nothing for those nobody knows. */
export function outputOf(
  command: string,
  words: readonly string[],
  random: Random,
  fails: boolean,
): ProgramOutput {
  const program = programs.find(([pattern]) => pattern.test(command))?.[1];
  return (
    program?.(random, words, fails) ?? {
      lines: [],
      seconds: seconds(random, 0.1, 0.5),
    }
  );
}
