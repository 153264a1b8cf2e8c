import type { Files } from '../git/GitObjects';

/** What an app's files are made from. */
export interface FilesInput {
  /** `<system>/<app>`. */
  path: string;
  title: string;
  description: string;
  language: string;
  owner: string;
  port: number;
  /** Image without tag, with its registry. */
  image: string;
  version: string;
}

interface Toolchain {
  base: string;
  build: string;
  test: string;
  files(input: FilesInput): Files;
}

const nameOf = ({ path }: FilesInput) => path.split('/').at(-1) ?? path;

const go: Toolchain = {
  base: 'golang:1.25',
  build: 'go build ./...',
  test: 'go test ./...',
  files: input => ({
    'go.mod': `module git.kepler.example/${input.path}\n\ngo 1.25\n`,
    'src/main.go': `package main

import (
	"log"
	"net/http"
)

const version = "${input.version}"

func main() {
	http.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusOK)
	})
	http.HandleFunc("/", handle)
	log.Fatal(http.ListenAndServe(":${input.port}", nil))
}
`,
    'src/handle.go': `package main

import "net/http"

func handle(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("X-Version", version)
	_, _ = w.Write([]byte("${nameOf(input)}"))
}
`,
  }),
};

const java: Toolchain = {
  base: 'maven:3.9-eclipse-temurin-21',
  build: 'mvn -B package -DskipTests',
  test: 'mvn -B test',
  files: input => ({
    'pom.xml': `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>example.kepler</groupId>
  <artifactId>${nameOf(input)}</artifactId>
  <version>${input.version}</version>
</project>
`,
    'src/main/java/example/kepler/Application.java': `package example.kepler;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class Application {
  public static void main(String[] arguments) {
    SpringApplication.run(Application.class, arguments);
  }
}
`,
    'src/main/resources/application.yaml': `server:\n  port: ${input.port}\n`,
  }),
};

const node: Toolchain = {
  base: 'node:24',
  build: 'npm run build',
  test: 'npm test',
  files: input => ({
    'package.json': `${JSON.stringify(
      {
        name: nameOf(input),
        version: input.version,
        scripts: { build: 'tsc', test: 'node --test', start: 'node dist' },
      },
      undefined,
      2,
    )}\n`,
    'src/index.ts': `import { createServer } from 'node:http';

createServer((request, response) => {
  response.end(request.url === '/healthz' ? 'ok' : '${nameOf(input)}');
}).listen(${input.port});
`,
  }),
};

const python: Toolchain = {
  base: 'python:3.13',
  build: 'pip install -r requirements.txt',
  test: 'python -m pytest',
  files: input => ({
    'requirements.txt': 'fastapi==0.118.0\nuvicorn==0.37.0\n',
    'src/app.py': `from fastapi import FastAPI

app = FastAPI(title="${input.title}", version="${input.version}")


@app.get("/healthz")
def healthz() -> dict[str, str]:
    return {"status": "ok"}
`,
  }),
};

const toolchains: Readonly<Record<string, Toolchain>> = {
  Go: go,
  Java: java,
  Kotlin: java,
  TypeScript: node,
  JavaScript: node,
  Python: python,
};

const other: Toolchain = {
  base: 'debian:13',
  build: 'make',
  test: 'make test',
  files: input => ({
    Makefile: `all:\n\t./src/build.sh\n\ntest:\n\t./src/test.sh\n`,
    'src/build.sh': `#!/bin/sh\necho "${nameOf(input)} ${input.version}"\n`,
    'src/test.sh': '#!/bin/sh\nexit 0\n',
  }),
};

function jenkinsfile(input: FilesInput, { build, test }: Toolchain): string {
  return `pipeline {
  agent any

  options {
    disableConcurrentBuilds()
  }

  parameters {
    string(name: 'TAG', defaultValue: '', description: 'Tag of the repository to build. Without one the branch is built, and its image is named by the commit.')
  }

  environment {
    IMAGE = '${input.image}'
  }

  stages {
    stage('Checkout') {
      steps {
        sh '''
          if [ -n "$TAG" ]; then
            git checkout --quiet "refs/tags/$TAG"
          fi
        '''
        script {
          env.IMAGE_TAG = params.TAG ?: sh(script: 'git rev-parse --short=12 HEAD', returnStdout: true).trim()
        }
      }
    }
    stage('Build') {
      steps {
        sh '${build}'
      }
    }
    stage('Unit tests') {
      steps {
        sh '${test}'
      }
    }
    stage('Image') {
      steps {
        sh '''
          docker build --tag "$IMAGE:$IMAGE_TAG" .
          docker push "$IMAGE:$IMAGE_TAG"
        '''
      }
    }
  }

  post {
    failure {
      echo 'The build failed'
    }
  }
}
`;
}

function catalogInfo(input: FilesInput): string {
  const name = nameOf(input);
  const [system] = input.path.split('/');
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
  title: ${input.title}
  description: ${JSON.stringify(input.description)}
  annotations:
    gitlab.com/project-slug: ${input.path}
    jenkins.io/job-full-name: ${name}.${system}
spec:
  type: service
  lifecycle: production
  owner: group:default/${input.owner}
  system: ${system}
`;
}

/** The files of an app's repository at one of its versions. */
export function filesOf(input: FilesInput): Files {
  const toolchain = toolchains[input.language] ?? other;
  return {
    ...toolchain.files(input),
    'README.md': `# ${input.title}\n\n${input.description}\n\nOwned by ${input.owner}; listens on port ${input.port}.\n`,
    'catalog-info.yaml': catalogInfo(input),
    Dockerfile: `FROM ${toolchain.base} AS build
WORKDIR /work
COPY . .
RUN ${toolchain.build}

FROM gcr.example/distroless/base:nonroot
COPY --from=build /work /app
EXPOSE ${input.port}
USER nonroot
ENTRYPOINT ["/app/${nameOf(input)}"]
`,
    Jenkinsfile: jenkinsfile(input, toolchain),
  };
}
